"""The rows of the access matrix that are about the help: everybody who is signed in reads all of it."""

from typing import Any

from kata.help.catalogue import PAGES, PICTURES

TABLE = """
GET   /help                                           -         signed-in
GET   /help/<slug>                                    -         signed-in
GET   /help/pictures/<picture>                        -         signed-in
"""


def values(rule: str) -> dict[str, Any]:
    """A page and a picture that there are; elsewhere ``slug`` is a team's."""
    pictures = sorted(picture.name for picture in PICTURES.iterdir())
    named = {"slug": PAGES[0].slug} if rule.startswith("/help/") else {}
    return {**named, "picture": pictures[0]}
