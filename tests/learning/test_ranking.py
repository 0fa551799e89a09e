"""What fits better stands higher, and which words of a text are meant."""

from __future__ import annotations

import pytest

from kata.learning.excerpts import excerpt, marked
from kata.learning.ranking import Sought, root


@pytest.mark.parametrize(
    "forms",
    [
        "approver approvers approval approvals approve approved approves approving",
        "wait waits waited waiting",
        "request requests requested requesting",
        "decide decides decided deciding",
        "reply replies",
    ],
)
def test_forms_of_a_word_have_one_root(forms: str) -> None:
    assert len({root(word) for word in forms.split()}) == 1


@pytest.mark.parametrize("word", ["day", "is", "need", "noon", "élan", "ß", ""])
def test_a_root_is_never_shorter_than_three_letters_nor_longer_than_its_word(word: str) -> None:
    assert len(word) >= len(root(word)) >= min(3, len(word))


def test_the_last_word_is_a_beginning() -> None:
    assert Sought(("ask", "appr")).is_hit("Approvers")
    assert not Sought(("appr", "ask")).is_hit("Approvers")


def test_more_words_and_nearer_words_fit_better() -> None:
    sought = Sought(("noon", "wait"))
    order = ["wait noon", "wait until noon", "wait " + "and " * 30 + "noon", "noon noon noon", "nothing", ""]
    assert sorted(order, key=lambda text: -sought.fit(text)) == order


def test_an_excerpt_is_cut_around_the_first_hit_between_words() -> None:
    pieces = excerpt("begin " * 100 + "the needle lies here " + "end " * 100, Sought(("needle",)))
    text = "".join(piece.text for piece in pieces)
    assert text.startswith("… begin")
    assert text.endswith("end …")
    assert len(text) < 260
    assert [piece.text for piece in pieces if piece.hit] == ["needle"]


def test_pieces_are_the_text_again() -> None:
    text = "Élodie’s <b>ﬁles</b> wait\nat noon 🦓"
    assert "".join(piece.text for piece in marked(text, Sought(("elodie", "files")))) == text
