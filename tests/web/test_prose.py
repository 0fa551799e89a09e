"""What people typed is stored clean and shown only as text, whatever it is made of."""

import json
import unicodedata
from pathlib import Path
from time import perf_counter

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kata.web.prose import _PLAIN, clean, prose

NAUGHTY = json.loads((Path(__file__).parents[1] / "data" / "naughty_strings.json").read_text())["strings"]
LINK_PIECES = st.sampled_from(
    ["http://", "HTTPS://a.test/", "x", "(", ")", ".", "@", "&", '"', "'", "<b>", "\n", " ", "é", "\u202e"]
)
anything = st.text(st.characters()) | st.lists(LINK_PIECES).map("".join)

ALLOWED = {
    "span": {"dir": "auto"},
    "br": {},
    "a": {"rel": "noopener nofollow ugc", "dir": "ltr"},
}


def read(markup: str) -> str:
    """The text that a browser would show; fails where there is more in it than text, line breaks and links."""
    shown = []
    for token in html5lib.getTreeWalker("etree")(html5lib.parseFragment(markup)):
        if token["type"] in ("StartTag", "EmptyTag"):
            given_attributes = {name: value for (_, name), value in token["data"].items()}
            address = given_attributes.pop("href", None)
            assert given_attributes == ALLOWED[token["name"]]
            assert (token["name"] == "a") == (address is not None)
            assert address is None or address.lower().startswith(("http://", "https://"))
            shown.append("\n" if token["name"] == "br" else "")
        elif token["type"] in ("Characters", "SpaceCharacters"):
            shown.append(token["data"])
        else:
            assert token["type"] == "EndTag"
    return "".join(shown)


def harmless(text: str) -> bool:
    controls = {character for character in text if unicodedata.category(character) in ("Cs", "Cc")}
    return controls <= set("\n\t") and not set("\u202d\u202e\ufeff") & set(text)


@pytest.mark.parametrize("text", NAUGHTY, ids=lambda text: ascii(text)[:30])
def test_naughty_strings_are_shown_as_the_text_they_are(text: str) -> None:
    assert read(prose(text)) == clean(text)


@given(anything)
def test_any_text_is_shown_as_text_and_nothing_else(text: str) -> None:
    assert read(prose(text)) == clean(text)


@given(anything)
def test_cleaning_leaves_nothing_harmful_and_is_done_once(text: str) -> None:
    cleaned = clean(text)
    assert harmless(cleaned)
    assert clean(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    cleaned.encode("utf-8")


def test_what_is_plain_at_a_glance_needs_nothing_done() -> None:
    plain = [chr(code) for code in range(0x110000) if _PLAIN.fullmatch(chr(code))]
    assert not any(unicodedata.combining(character) for character in plain)
    assert unicodedata.is_normalized("NFC", "".join(plain))
    assert harmless("".join(plain))


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("nul\x00 bell\x07 escape\x1b[31m", "nul bell escape[31m"),
        ("\ufeffCafe\u0301", "Café"),
        ("half \ud83d and whole \ud83d\ude00", "half \ufffd and whole \U0001f600"),
        ("invoice\u202egnp.exe", "invoicegnp.exe"),
        ("\u200fשלום\u200f (\u2067a\u2069)", "\u200fשלום\u200f (\u2067a\u2069)"),
        ("👩\u200d👩\u200d👦 می\u200cخواهم", "👩\u200d👩\u200d👦 می\u200cخواهم"),
        ("\ttab kept  ", "\ttab kept  "),
        ("", ""),
    ],
)
def test_text_is_stored_as_people_mean_it(typed: str, stored: str) -> None:
    assert clean(typed) == stored


def test_heaps_of_marks_are_cut_and_cost_no_time() -> None:
    before = perf_counter()
    assert len(clean("o" + "\u0301" * 200_000 + "\u0316" * 200_000 + "k")) < 40
    assert len(prose("https://a.test/" + ")" * 500_000 + " https://b.test/))" * 5_000)) < 2_000_000
    assert perf_counter() - before < 3


def test_lines_are_kept_and_each_text_finds_its_own_direction() -> None:
    assert prose("9 of 10 <b>\n\nשלום") == '<span dir="auto">9 of 10 &lt;b&gt;<br><br>שלום</span>'
    assert prose("") == prose(None) == ""


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("see https://kata.test/a?b=1&c=2.", "https://kata.test/a?b=1&amp;c=2"),
        ("(at http://kata.test/x)", "http://kata.test/x"),
        ("HTTP://kata.test/kata_(practice), today", "HTTP://kata.test/kata_(practice)"),
        ("“https://kata.test”", "https://kata.test"),
        ("https://kata.test/\u202etset", "https://kata.test/tset"),
    ],
)
def test_a_web_address_becomes_a_link_without_the_punctuation_around_it(text: str, address: str) -> None:
    assert f'<a href="{address}" rel="noopener nofollow ugc" dir="ltr">{address}</a>' in prose(text)


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "ftp://a.test",
        "//a.test",
        "www.a.test",
        "https://",
        "http://.",
        "https://bank.test@evil.test/x",
        "xhttps://a.test",
        "https:/a.test",
    ],
)
def test_nothing_else_becomes_a_link(text: str) -> None:
    assert "<a" not in prose(text)
