"""The rows of the access matrix that are about what was learned: everything signed in reads, each what they may see.

Whether an answer holds only what its reader sees is asked of its text, in ``tests/learning/test_private.py``.
"""

TABLE = """
GET   /learning                                       -         signed-in
GET   /learning/tried.json                            -         signed-in
GET   /teams/<slug>/history                           -         signed-in
GET   /teams/<slug>/history                           hushed    signed-in
GET   /teams/<slug>/history.csv                       -         signed-in
"""

#: What an address is asked, where it answers nothing to nothing.
ASKED = {
    "/learning": "?q=approvers+noon",
    "/learning/tried.json": "?q=ask+two+approvers+to+look+again",
}
