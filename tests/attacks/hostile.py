"""Text that tries to become something else, and how to tell that it did."""

from __future__ import annotations

from tests import markup

#: It leaves every place in which a text can stand in HTML: a tag, an attribute in either quotes, a text area, a title,
#: a comment, a script, a style and a drawing; and it would be run by a template that took it for one of its own.
HOSTILE = (
    "=evil\"'`> data-evil=1 onx-evil=1 </textarea></title></option></select></script></style></svg>-->"
    '<x-evil data-evil=1 onload=evil()>{{7*191}}${7*191}%(evil)s</x-evil> javascript:evil() https://evil.example/"x-evil'
)
#: What a template would have made of it.
COUNTED = str(7 * 191)


def became_markup(html: str) -> list[str]:
    """What of a page is ours no more: elements, attributes and addresses that only the hostile text can have made."""
    found = []
    for element in markup.tree(html).iter():
        if "evil" in str(element.tag):
            found.append(f"<{element.tag}>")
        for name, value in element.attrib.items():
            runs = name in {"href", "src", "action", "formaction"} and value.strip().lower().startswith("javascript:")
            if "evil" in name or name.startswith("on") or runs or name == "srcdoc":
                found.append(f"{element.tag} {name}={value[:40]}")
    if COUNTED in html:
        found.append("a template ran it")
    return found
