"""Fields are written as WTForms writes them."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup
from wtforms import Form, TextAreaField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import html_params

from kata.web.widgets import Area, attributes

VALUES = st.one_of(st.text(max_size=20), st.booleans(), st.integers(), st.just(Markup('<b title="x">&amp;</b>')))
NAMES = st.sampled_from(["id", "class_", "for_", "data_a_b", "aria_label", "value", "size", "checked", "rows"])


@given(st.dictionaries(NAMES, VALUES))
def test_attributes_are_those_of_wtforms(given_attributes: dict[str, Any]) -> None:
    assert attributes(**given_attributes) == html_params(**given_attributes)


@given(st.text(max_size=40), st.dictionaries(NAMES, VALUES))
def test_a_text_area_is_that_of_wtforms(words: str, given_attributes: dict[str, Any]) -> None:
    rules = [InputRequired(), Length(max=30)]

    class Both(Form):
        theirs = TextAreaField(name="words", id="words", validators=rules)
        ours = TextAreaField(name="words", id="words", validators=rules, widget=Area())

    form = Both(data={"theirs": words, "ours": words})
    assert form.ours(**given_attributes) == form.theirs(**given_attributes)
