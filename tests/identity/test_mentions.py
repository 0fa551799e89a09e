"""Where texts name somebody: whole words, without case and accents, and nothing beside them."""

from __future__ import annotations

import pytest

from kata.identity.mentions import forms_of, mentions, rewritten, struck

ANA = forms_of(["Ána Novák", "Ana Berg"], ["ana.n@demo.example"])
WHOLE = [form for form in ANA if form.whole]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("ANA NOVAK asked twice.", "[name] asked twice."),
        ("We asked Ana\u00a0Novák’s team.", "We asked [name]’s team."),
        ("Novak, Ana: no.", "[name]: no."),
        ("Ask ana.n@demo.example, she knows.", "Ask [name], she knows."),
        ("As Ana  Berg she signed it.", "As [name] she signed it."),
        ("Ana-Novak and Ana Novak", "[name] and [name]"),
        ("Ana knows, and so does Novak.", "Ana knows, and so does Novak."),
        ("Anna Novak", "Anna Novak"),
        ("Ana Novakova", "Ana Novakova"),
        ("Ana or (later) Novak", "Ana or (later) Novak"),
        ("ana.n at demo.example", "ana.n at demo.example"),
        ("", ""),
    ],
)
def test_a_whole_name_leaves_in_either_order_and_an_address_as_it_is(text: str, left: str) -> None:
    assert struck(text, WHOLE, "[name]") == left


def test_single_words_of_a_name_are_ways_of_their_own() -> None:
    assert (
        struck("Ana rang; Banana. NOVÁK paid, A. did not.", ANA, "[name]")
        == "[name] rang; Banana. [name] paid, A. did not."
    )
    assert [form.spelt for form in ANA if not form.whole] == ["Ána", "Novák", "Berg"]
    assert [mention.form.key for mention in mentions("Ana Novak told Ana", ANA)] == ["ana novak", "ana"]


def test_the_place_of_a_mention_is_that_of_the_text_as_it_was_typed() -> None:
    text = "Straße: Ånä Novak ﬁne"
    (found,) = mentions(text, WHOLE)
    assert text[found.start : found.end] == "Ånä Novak"


def test_a_name_of_one_word_or_of_signs_alone_is_looked_for_too() -> None:
    assert [form.whole for form in forms_of(["Zoë"], [])] == [True]
    assert struck("Zoe was there.", forms_of(["Zoë"], []), "[name]") == "[name] was there."
    assert struck("王伟 rang, 王伟明 did not.", forms_of(["王伟"], []), "[name]") == "[name] rang, 王伟明 did not."
    assert mentions("nothing", forms_of(["★"], [])) == []


def test_of_a_json_value_the_texts_are_rewritten_and_not_the_names_of_its_fields() -> None:
    value = {"ana": [{"note": "Ana Novak, 3"}, 4, None, True]}
    assert rewritten(value, lambda text: struck(text, WHOLE, "[name]")) == {
        "ana": [{"note": "[name], 3"}, 4, None, True]
    }
