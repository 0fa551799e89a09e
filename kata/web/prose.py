"""Text that people typed: cleaned once when it comes in, and shown only ever as text."""

import re
import unicodedata
from typing import overload

from markupsafe import Markup, escape

# What no text needs: control characters but tab and line feed, byte order marks, characters that are none, and the
# two overrides that make a text read differently from what it says. The marks, embeddings and isolates that Arabic
# and Hebrew writers use stay.
_NEEDLESS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202d\u202e\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff]")
_NEWLINE = re.compile(r"\r\n|[\r\v\f\x85\u2028\u2029]")
_MARKS_IN_A_ROW = 30  # as many as any writing needs (Unicode's stream-safe text)

# A link ends at a space, a quote, an angle bracket or an invisible mark of direction, and gives back the
# punctuation of the sentence around it.
_ENDS_LINK = r"\s<>\"'`“”‘’«»\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f"
_LINK = re.compile(rf"\bhttps?://[^{_ENDS_LINK}]+", re.IGNORECASE)
_SENTENCE = ".,;:!?…"
_LINKED = Markup('<a href="{0}" rel="noopener nofollow ugc" dir="ltr">{0}</a>')
_BREAK = Markup("<br>")


@overload
def clean(text: str) -> str: ...
@overload
def clean(text: None) -> None: ...
def clean(text: str | None) -> str | None:
    """The text as it is stored, whoever typed or pasted it: NFC, lines ended by a line feed. Cleaning twice
    changes nothing more. A field that was not sent (None) stays so: this is the filter of every text field."""
    if not text or (text.isascii() and text.isprintable()):
        return text
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    text = _NEWLINE.sub("\n", _NEEDLESS.sub("", text))
    return unicodedata.normalize("NFC", text if text.isascii() else _without_heaps_of_marks(text))


def _without_heaps_of_marks(text: str) -> str:
    # Normalising sorts the marks on one letter in quadratic time: a page of them would hold a worker for minutes.
    kept, marks = [], 0
    for character in text:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= _MARKS_IN_A_ROW:
            kept.append(character)
    return "".join(kept)


def prose(text: str | None) -> Markup:
    """The text for a page: escaped, its lines kept, its web addresses made links. Its direction stays its own."""
    if not text:
        return Markup("")
    text = clean(text)
    pieces, end = [], 0
    for match in _LINK.finditer(text):
        address = _address(match.group())
        pieces += [escape(text[end : match.start()]), _LINKED.format(address) if address else ""]
        end = match.start() + len(address)
    inner = Markup("").join([*pieces, escape(text[end:])]).replace("\n", _BREAK)
    return Markup('<span dir="auto">{}</span>').format(inner)


def _address(found: str) -> str:
    """The address without the punctuation after it; empty where nothing, or a name made to mislead, is left."""
    address = found.rstrip(_SENTENCE)
    while address.endswith((")", "]")) and address.count(")") + address.count("]") > _opened(address):
        address = address[:-1].rstrip(_SENTENCE)
    authority = re.split(r"[/?#\\]", address.partition("://")[2], maxsplit=1)[0]
    return address if authority and "@" not in authority else ""


def _opened(address: str) -> int:
    return address.count("(") + address.count("[")
