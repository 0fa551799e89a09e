"""Text that people typed: cleaned once when it comes in, and shown only ever as text."""

import re
import unicodedata
from functools import lru_cache

from markupsafe import Markup, escape

# What no text needs: control characters but tab and line feed, byte order marks, characters that are none, and the
# two overrides that make a text read differently from what it says. The marks, embeddings and isolates that Arabic
# and Hebrew writers use stay.
_NEEDLESS = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202d\u202e\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff]"
)
_NEWLINE = re.compile(r"\r\n|[\r\v\f\x85\u2028\u2029]")
# Most text is of signs that need nothing done, and is known at a glance.
_PLAIN = re.compile(
    r"[\t\n -~\xa0-\u02ff\u0400-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2190-\u21ff"
    r"\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff\uac00-\ud7a3\U0001f300-\U0001faff]*"
)
_MARKS_IN_A_ROW = 30  # as many as any writing needs (Unicode's stream-safe text)

# A link ends at a space, a quote, an angle bracket or an invisible mark of direction, and gives back the
# punctuation of the sentence around it.
_ENDS_LINK = r"\s<>\"'`“”‘’«»\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f"
_LINK = re.compile(rf"\bhttps?://[^{_ENDS_LINK}]{{1,2000}}", re.IGNORECASE)
_SENTENCE = ".,;:!?…"
_LINKED = Markup('<a href="{0}" rel="noopener nofollow ugc" dir="ltr">{0}</a>')
_BREAK = Markup("<br>")


def clean(text: str) -> str:
    """The text as it is stored, whoever typed or pasted it: composed (NFC), its lines ended by a line feed.

    Every text field filters through this. Cleaning twice changes nothing more.
    """
    if _PLAIN.fullmatch(text):
        return text
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    text = _NEWLINE.sub("\n", _NEEDLESS.sub("", text))
    # Normalising sorts the marks on one letter in quadratic time: a page of them would hold a worker for minutes.
    # It also takes some marks apart, so they are counted again.
    return _without_heaps_of_marks(unicodedata.normalize("NFC", _without_heaps_of_marks(text)))


def _without_heaps_of_marks(text: str) -> str:
    if text.isascii():
        return text
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
    return _short_prose(text) if len(text) < SHORT else _prose(text)


SHORT = 1500


@lru_cache(maxsize=4096)
def _short_prose(text: str) -> Markup:
    """The same few texts are shown again and again."""
    return _prose(text)


def _prose(text: str) -> Markup:
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
    address, unopened = found.rstrip(_SENTENCE), found.count(")") - found.count("(")
    while unopened > 0 and address.endswith(")"):
        address, unopened = address[:-1].rstrip(_SENTENCE), unopened - 1
    host = re.split(r"[/?#\\]", address.partition("://")[2], maxsplit=1)[0]
    return address if host and "@" not in host else ""
