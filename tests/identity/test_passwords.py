"""Passwords are kept so that a stolen table is of little use, and the ones that everybody tries first are refused."""

from collections.abc import Iterator
from time import thread_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kata.identity import passwords
from kata.identity.passwords import hash_password, needs_rehash, verify, verify_nobody, weakness

ANA = ("Ana Ruíz", "ana.ruiz@demo.example", "Harbour Services")


@pytest.fixture(autouse=True)
def light() -> Iterator[None]:
    passwords.configure(light=True)
    weakness("its list is read once")  # not while an example of a property is timed
    yield
    passwords.configure(light=True)


@given(st.text(st.characters(), max_size=40))
def test_a_password_opens_what_it_closed(text: str) -> None:
    hashed = hash_password(text)
    assert hashed.startswith("$argon2id$")
    assert verify(hashed, text)
    assert not verify(hashed, text + "x")
    assert not needs_rehash(hashed)


def test_two_people_with_one_password_have_two_hashes() -> None:
    assert hash_password("practice-every-day") != hash_password("practice-every-day")


def test_the_same_word_from_another_keyboard_is_the_same_password() -> None:
    assert verify(hash_password("Caf\u00e9 \ufb01ne ２０２６"), "Cafe\u0301 fine 2026")


def test_what_follows_a_nul_or_stands_alone_counts() -> None:
    assert not verify(hash_password("one\x00two three"), "one\x00two four")
    assert verify(hash_password("\ud83d lonely half"), "\ud83d lonely half")


@pytest.mark.parametrize("damaged", ["", "x", "$argon2id$", "pbkdf2:sha256:1$a$b", "$argon2id$v=19$m=8,t=1,p=1$YQ$YQ"])
def test_a_damaged_hash_opens_to_nobody(damaged: str) -> None:
    assert not verify(damaged, "practice-every-day")


def test_a_damaged_or_lighter_hash_is_made_again() -> None:
    weak = hash_password("practice-every-day")
    passwords.configure(light=False)
    assert needs_rehash(weak)
    assert needs_rehash("x")
    assert verify(weak, "practice-every-day")


def test_the_settings_are_at_least_what_owasp_asks_for() -> None:
    passwords.configure(light=False)
    assert "$m=19456,t=2,p=1$" in hash_password("practice-every-day")


def test_an_unknown_address_takes_as_long_as_a_wrong_password() -> None:
    passwords.configure(light=False)
    hashed = hash_password("practice-every-day")

    def fastest(attempt: object) -> float:
        assert callable(attempt)
        spans = []
        for _ in range(5):
            before = thread_time()
            assert not attempt()
            spans.append(thread_time() - before)
        return min(spans)

    known, unknown = fastest(lambda: verify(hashed, "wrong password")), fastest(lambda: verify_nobody("wrong password"))
    assert 0.5 < known / unknown < 2


def test_a_flood_of_marks_does_not_hold_a_worker() -> None:
    before = thread_time()
    assert not verify(hash_password("practice-every-day"), "\u0301" * 200_000 + "\u0316" * 200_000)
    assert thread_time() - before < 1


@pytest.mark.parametrize(
    "text",
    [
        "practice-every-day",
        "correct horse battery staple",
        "wheelbarrow orange tuesday",
        "q8#Vt2!mZ0pL",
        "839201748392",
        "the cat password sat here",
        "ana likes green tea at four",
        "ひらがなのぱすふれーずです",
        "x" * 999 + "y",
    ],
)
def test_a_password_that_nobody_tries_first_is_taken(text: str) -> None:
    assert weakness(text, hints=ANA) is None


@pytest.mark.parametrize("text", ["", "short", "elevenchars", "x" * 1001])
def test_its_length_is_12_to_1000_characters(text: str) -> None:
    assert "characters" in str(weakness(text))


@pytest.mark.parametrize(
    "text",
    [
        "Finalfantasy",
        "1QAZ2WSX3EDC",
        "password1234",
        "P@ssw0rd2026!",
        "$unshine2026",
        "!!Football!!",
        "password123456789",
        "__dragon__1999",
        "ｐａｓｓｗｏｒｄ１２３４",
    ],
)
def test_a_common_password_is_refused_however_it_is_dressed(text: str) -> None:
    assert "Many people" in str(weakness(text))


@pytest.mark.parametrize("text", ["aaaaaaaaaaaa", "abcabcabcabc", "Zebra7Zebra7", "123456789012", "ponmlkjihgfe"])
def test_a_password_that_repeats_or_counts_on_is_refused(text: str) -> None:
    assert "repeats" in str(weakness(text))


@pytest.mark.parametrize("text", ["AnaRuíz2026!", "ruiz.ana.demo", "ana.ruiz@demo.example", "harbourservices9"])
def test_a_password_made_of_what_others_know_is_refused(text: str) -> None:
    assert "your own name" in str(weakness(text, hints=ANA))


@given(st.text(st.characters(), max_size=60), st.lists(st.text(max_size=20), max_size=3))
def test_any_text_gets_an_answer(text: str, hints: list[str]) -> None:
    assert weakness(text, hints=hints) is None or weakness(text, hints=hints)


@pytest.mark.parametrize("text", ["improvement-kata", "KataCoaching2026!", "northfield-kata-7"])
def test_words_of_the_place_alone_are_no_password(text: str) -> None:
    assert "words of this place" in (passwords.weakness(text, hints=["kata.northfield.example"]) or "")
    assert passwords.weakness("improvement of seven tall oaks", hints=["kata.northfield.example"]) is None
