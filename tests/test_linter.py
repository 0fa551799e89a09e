"""The page linter finds what it should find, and has nothing against a page that is right."""

from __future__ import annotations

import pytest

from tests import linter
from tests.linter import problems

FIELD = '<label for="name">Name</label><input id="name" name="name">'
TOKEN = '<input type="hidden" name="csrf_token" value="x">'
FORM = f'<form method="post" action="/names" hx-post="/names">{TOKEN}{FIELD}<button>Save</button></form>'
SLOTS = '<p id="saved"></p><div id="toast"></div><div id="problem"></div>'


def page(inside: str = "", *, title: str = "<title>Boards · Kata</title>", top: str = "<h1>Boards</h1>") -> str:
    return (
        f'<!doctype html><html lang="en-GB"><head><meta charset="utf-8">{title}</head>'
        f"<body><main>{top}{inside}</main>{SLOTS}</body></html>"
    )


def piece(inside: str, name: str = "sheet") -> str:
    return f'<hx-partial id="{name}" hx-swap="outerMorph">{inside}</hx-partial>'


def put_first(inside: str) -> str:
    return f'<hx-partial id="sheet" hx-swap="afterbegin">{inside}</hx-partial>'


RIGHT = [
    piece('<tr id="sheet"><td>x</td></tr>'),
    put_first('<tr id="line"><td>x</td></tr>'),
    page(FORM),
    page('<h2>More</h2><a href="/boards">All</a><img src="/a" alt="" width="3" height="2">'),
    page("<textarea aria-label='Text'>None of {{ this }} is ours</textarea>"),
    page("<p>None of the requests came back.</p>"),
    page('<label><input type="radio" name="kind"> Go and see</label>'),
    piece(f'<section id="sheet">{FORM}</section>') + piece("<p>Kept</p>".replace("<p", '<p id="saved"'), "saved"),
    page().replace("<body>", '<body class="outside">').replace(SLOTS, ""),
    "",
]

WRONG = [
    ("the_page_is_html", "<html><title>No doctype</title></html>"),
    ("the_page_is_html", page("<p><div></p>")),
    ("it_has_a_language", page().replace('lang="en-GB"', 'lang="en_GB"')),
    ("it_has_a_name", page(title="")),
    ("it_has_a_name", page(title="<title> · Kata</title>")),
    ("it_has_one_heading_at_the_top", page(top="")),
    ("it_has_one_heading_at_the_top", page("<h1>Again</h1>")),
    ("headings_leave_no_level_out", page("<h3>Deep</h3>")),
    ("it_has_one_main_part", page().replace("main>", "div>")),
    ("what_it_refers_to_is_there", page('<p aria-describedby="nowhere">x</p>')),
    ("what_it_refers_to_is_there", page('<a href="#nowhere">x</a>')),
    ("the_page_can_answer", page().replace('id="saved"', "")),
    ("the_page_can_answer", page(FORM).replace("<body>", '<body class="outside">')),
    ("the_pieces_are_html", piece('<p id="sheet">x</div></p>')),
    ("every_piece_is_one_element", piece('<p id="sheet">x</p><p>y</p>')),
    ("every_piece_is_one_element", piece('<p id="other">x</p>')),
    ("every_piece_is_one_element", piece('x<p id="sheet">x</p>')),
    ("every_piece_is_one_element", piece('<tr id="other"><td>x</td></tr>')),
    ("every_piece_is_one_element", piece('<tr id="sheet"><td>x</td></tr><tr><td>y</td></tr>')),
    ("the_pieces_are_html", piece('<td id="sheet">x</td>')),
    ("every_piece_is_one_element", put_first('<p id="sheet">x</p>')),
    ("every_piece_is_one_element", piece('<p id="sheet">x</p>') + "<p>y</p>"),
    ("ids_are_unique", page('<p id="a">x</p><p id="a">y</p>')),
    ("ids_are_unique", piece('<p id="sheet"><i id="a">x</i><i id="a">y</i></p>')),
    ("every_field_is_labelled", page('<input id="name" name="name">')),
    ("every_field_is_labelled", page('<label for="name"></label><input id="name" name="name">')),
    ("everything_to_press_has_a_name", page('<button type="button"></button>')),
    ("everything_to_press_has_a_name", page('<a href="/x"><svg aria-hidden="true"></svg></a>')),
    ("every_form_can_be_sent", page(FORM.replace(TOKEN, ""))),
    ("every_form_can_be_sent", page(FORM.replace(' method="post"', ""))),
    ("every_form_can_be_sent", page(FORM.replace(' action="/names"', ""))),
    ("every_form_can_be_sent", page(FORM.replace("hx-post='/names'", "").replace('hx-post="/names"', 'hx-post="/x"'))),
    ("every_form_can_be_sent", page(FORM.replace('method="post"', 'method="get"'))),
    ("links_lead_somewhere", page("<a>x</a>")),
    ("links_lead_somewhere", page('<a href="javascript:void(0)">x</a>')),
    ("links_lead_somewhere", page('<a href="/a" hx-get="b">x</a>')),
    ("nothing_is_written_inline", page('<p style="color: red">x</p>')),
    ("nothing_is_written_inline", page("<script>1</script>")),
    ("nothing_is_written_inline", page('<p onclick="x()">x</p>')),
    ("nothing_is_written_inline", page('<p hx-on:click="x()">x</p>')),
    ("nothing_is_written_inline", page("<p hx-trigger=\"keyup[key=='a']\">x</p>")),
    ("nothing_is_nested_that_cannot_be", page('<button type="button">x<a href="/x">y</a></button>')),
    ("nothing_is_nested_that_cannot_be", page('<summary>x<button type="button">y</button></summary>')),
    ("every_image_says_what_it_shows", page('<img src="/a" width="3" height="2">')),
    ("every_image_says_what_it_shows", page("<svg></svg>")),
    ("values_are_what_they_should_be", page("<p>{{ board.name }}</p>")),
    ("values_are_what_they_should_be", page("<p>None</p>")),
    ("values_are_what_they_should_be", page('<a href="/boards/None">x</a>')),
]


@pytest.mark.parametrize("html", RIGHT)
def test_what_is_right_is_let_through(html: str) -> None:
    assert problems(html) == []


@pytest.mark.parametrize(("rule", "html"), WRONG)
def test_what_is_wrong_is_found(rule: str, html: str) -> None:
    assert rule in {problem.partition(":")[0] for problem in problems(html)}


def test_every_rule_is_shown_to_be_able_to_fail() -> None:
    rules = {rule.__name__ for rule in (*linter.EVERYWHERE, *linter.PAGE, *linter.PIECES)}
    assert rules - {rule for rule, _html in WRONG} == set()
