"""What fits better stands higher, and which words of a text are meant."""

from __future__ import annotations

import pytest

from kata.learning.excerpts import excerpt, marked
from kata.learning.ranking import Sought
from kata.learning.stems import ALGORITHMS, stem
from kata.learning.wording import as_kept, meant
from kata.teams.languages import CODES, OTHER

FORMS = {
    "en": (
        "approver approvers approval approvals approve approved approves approving",
        "wait waits waited waiting",
        "request requests requested requesting",
        "reply replies",
    ),
    "de": ("antrag antrage", "wartet warten warte", "zuhause zuhauses"),
    "fr": ("demande demandes demander", "approuver approuve"),
    "es": ("pedido pedidos", "esperar espera esperan"),
    "xx": ("teburu",),
}


@pytest.mark.parametrize(("language", "forms"), [(name, each) for name, all_ in FORMS.items() for each in all_])
def test_forms_of_a_word_have_one_stem(language: str, forms: str) -> None:
    assert len({stem(language, word) for word in forms.split()}) == 1


def test_every_language_that_a_team_can_choose_has_its_stems() -> None:
    assert set(ALGORITHMS) == set(CODES)
    assert {stem(code, "x")[:2] for code in (*CODES, OTHER)} == {*CODES, OTHER}


def test_a_stem_is_its_languages_own() -> None:
    """*part* in French is a form of *parties*; in an English text it is another word."""
    sought = Sought(meant(("parties",), ("en", "fr"), whole=True))
    assert sought.is_hit("partie", "fr")
    assert not sought.is_hit("part", "en")
    assert sought.is_hit("party", "en")


def _sought(*words: str) -> Sought:
    return Sought(meant(words, ("en",)))


def _fit(sought: Sought, text: str) -> float:
    return sought.fit(as_kept([text], "en"))


def test_the_last_word_is_a_beginning() -> None:
    assert _sought("ask", "appr").is_hit("Approvers", "en")
    assert not _sought("appr", "ask").is_hit("Approvers", "en")


def test_more_words_and_nearer_words_fit_better() -> None:
    sought = _sought("noon", "wait")
    order = ["wait noon", "wait around noon", "wait " + "longer " * 30 + "noon", "noon noon noon", "nothing", ""]
    assert sorted(order, key=lambda text: -_fit(sought, text)) == order


def test_an_excerpt_is_cut_around_the_first_hit_between_words() -> None:
    pieces = excerpt("begin " * 100 + "the needle lies here " + "end " * 100, _sought("needle"))
    text = "".join(piece.text for piece in pieces)
    assert text.startswith("… begin")
    assert text.endswith("end …")
    assert len(text) < 260
    assert [piece.text for piece in pieces if piece.hit] == ["needle"]


def test_pieces_are_the_text_again() -> None:
    text = "Élodie’s <b>ﬁles</b> wait\nat noon 🦓"
    assert "".join(piece.text for piece in marked(text, _sought("elodie", "files"))) == text
