"""In which encoding a text file is written. What cannot be told apart is called by its commonest name, and told."""

from __future__ import annotations

import codecs
import re

from kata.tables.problems import Code, refused

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HEAD = 4096
_CHUNK = 1 << 20
# What a text never holds, but for NUL: two-byte encodings are full of it, and elsewhere it is named by its row.
_CONTROL = bytes({*range(1, 32)} - set(b"\t\n\v\f\r\x1a\x1b"))
_MARKUP = re.compile(rb"\s*(?:<[a-z!?]|%pdf|\{\\rtf)", re.IGNORECASE)


def detect(data: bytes) -> str:
    """The codec: by its mark, else UTF-16 by its zero bytes, else UTF-8 where that fits, else Windows-1252 or Latin-1.

    Refused: what is no text at all.
    """
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return codec
    head = data[:_HEAD]
    if codec := _two_bytes(head):
        return codec
    if _MARKUP.match(head) or len(head.translate(None, _CONTROL)) < 0.98 * len(head):
        raise refused(Code.NOT_A_TABLE)
    return next(codec for codec in ("utf-8", "cp1252", "latin-1") if _fits(data, codec))


def _two_bytes(head: bytes) -> str:
    """UTF-16 without its mark: mostly Western text has a zero in every second byte."""
    even, odd, half = head[::2].count(0), head[1::2].count(0), len(head) // 2
    if half and odd > half / 2 and even < half / 10:
        return "utf-16-le"
    return "utf-16-be" if half and even > half / 2 and odd < half / 10 else ""


def _fits(data: bytes, codec: str) -> bool:
    decoder = codecs.getincrementaldecoder(codec)()
    try:
        for start in range(0, len(data), _CHUNK):  # a copy of the whole is not needed
            decoder.decode(data[start : start + _CHUNK])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
