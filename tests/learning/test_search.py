"""The search finds what was learned by its words, in any of its forms, and says what it is and where it stands."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import update

from kata.extensions import db
from kata.learning import actions
from kata.learning.queries.search import BLOCK
from kata.storyboards.models import Experiment, Obstacle
from tests.cast import Cast
from tests.conftest import Counting, SignIn
from tests.growth import experiments
from tests.learning.conftest import Find, marked, results

pytestmark = pytest.mark.database


def test_an_experiment_is_found_by_what_it_taught(cast: Cast, find: Find) -> None:
    page = find("fay", "asked once enough")
    assert f"/experiments/{cast.board.concluded}" in results(page)
    assert "Experiment 2" in page
    assert "Granting access" in page
    assert "Access requests" in page


@pytest.mark.parametrize(
    "words", ["approvers look", "APPROVER looks", "approved look", "approvers loo", "noon áppròvers"]
)
def test_other_forms_of_a_word_are_found_too(cast: Cast, find: Find, words: str) -> None:
    assert f"/experiments/{cast.board.concluded}" in results(find("fay", words))


def test_every_kind_of_thing_is_found(cast: Cast, find: Find) -> None:
    board = cast.board.path
    assert results(find("fay", "newcomer first day")) == [f"{board}#challenge"]
    assert results(find("fay", "aimed wrong step")) == [f"{board}/conditions#target-1"]
    assert results(find("fay", "deputy decides")) == [f"{board}/conditions#target-1"]
    assert results(find("fay", "lack system’s name")) == [f"{board}#obstacles"]
    assert results(find("fay", "request waits approver 2")) == [f"{board}/conditions#condition-2"]
    assert results(find("fay", "whoever needs something")) == ["/teams?area=northfield"]


def test_the_words_are_marked_in_the_text_as_it_was_written(cast: Cast, find: Find, app: Flask) -> None:
    _reword(app, cast, "Élodie’s Approvers <b>wait</b> at noon")
    page = find("fay", "elodie approver wait")
    assert marked(page) == ["Élodie", "Approvers", "wait"]
    assert "&lt;b&gt;<mark>wait</mark>&lt;/b&gt;" in page


def test_a_change_is_found_at_once_and_the_old_words_no_more(cast: Cast, find: Find, app: Flask) -> None:
    _reword(app, cast, "Zebras cross here")
    assert results(find("fay", "zebra")) == [f"{cast.board.path}#obstacles"]
    assert results(find("fay", "lack system’s name")) == []


def test_a_write_that_is_taken_back_leaves_nothing_in_the_index(cast: Cast, find: Find, app: Flask) -> None:
    with app.app_context():
        db.session.get_one(Obstacle, cast.board.waiting).reword("Zebras cross here")
        db.session.flush()
        db.session.rollback()
    assert results(find("fay", "zebra")) == []


def test_what_has_the_words_closer_together_comes_first(cast: Cast, find: Find, app: Flask) -> None:
    far = "Somebody waits " + "while another thing goes on and on " * 20 + "until noon"
    with app.app_context():
        ids = experiments(cast.board, cast, 2)
        for id_, words in zip(ids, (far, "Waits noon"), strict=True):
            db.session.execute(
                update(Experiment.__table__).where(Experiment.id == id_).values(learned=words, step=words)
            )
        actions.fill_missing()
        db.session.commit()
    assert results(find("fay", "waits noon", kind="experiment"))[0] == f"/experiments/{ids[1]}"


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"kind": "experiment"}, True),
        ({"kind": "obstacle"}, False),
        ({"kind": "nonsense"}, True),
        ({"area": "northfield"}, True),
        ({"area": "service-desk"}, True),
        ({"area": "finance"}, False),
        ({"area": "no-such-area"}, False),
        ({"team": "access-requests"}, True),
        ({"team": "no-such-team"}, False),
        ({"since": "2026-05-20", "until": "2026-05-30"}, True),
        ({"since": "2026-05-26"}, False),
        ({"until": "2026-05-20"}, False),
        ({"since": "soon", "until": "9999-12-31"}, True),
        ({"since": "0001-01-01"}, True),
    ],
)
def test_filters_narrow_it(cast: Cast, find: Find, filters: dict[str, str], found: bool) -> None:
    assert (f"/experiments/{cast.board.concluded}" in results(find("fay", "asked once", **filters))) is found


def test_a_measure_and_a_moment_of_truth_narrow_it_by_what_the_board_aims_at(cast: Cast, find: Find) -> None:
    there = f"/experiments/{cast.board.concluded}"
    for measure, found in (("outcome", True), ("process", True), ("other", False)):
        page = find("fay", "asked once", measure=cast.measures[measure])
        assert (there in results(page)) is found, measure
    assert there in results(find("fay", "asked once", moment=cast.moment))
    assert results(find("fay", "asked once", moment=999)) == []


def test_a_measure_and_a_moment_lead_to_what_was_learned_with_them(cast: Cast, as_: SignIn) -> None:
    there = f"/experiments/{cast.board.concluded}"
    ana, measure = as_("ana"), cast.measures["outcome"]
    for page, way in (
        (f"/measures/{measure}", f"/learning?measure={measure}"),
        (f"/moments/{cast.moment}", f"/learning?moment={cast.moment}"),
    ):
        assert f'href="{way}"' in ana.get(page).text
        assert there in results(ana.get(way).text)


@pytest.mark.parametrize(
    "words",
    [
        '"', "'", "*", "NEAR", "NEAR(a b)", "a AND", "NOT", "-noon", "noon*", "words:noon", "^noon", "{", "(", ")",
        "\\", "%", "_", ":*", "&", "|", "!", "<->", "🦓", "noon 🦓", "\x00", "\ud800", "²", "½ ¼", "٣", "你好", "เวลา",
        "ﬁ", "İ", "x" * 5000, "noon " * 5000, "'; drop table learned; --", "\u202e", "a\u0301" * 400, "--", "\n\t",
    ],
)  # fmt: skip
def test_odd_words_are_answered_in_words(cast: Cast, as_: SignIn, words: str) -> None:
    for path in ("/learning", "/learning/tried.json"):
        answer = as_("fay").get(path, query_string={"q": words.encode("utf-8", "surrogatepass")})
        assert answer.status_code in {200, 204}


def test_a_megabyte_of_words_is_answered_in_words(cast: Cast, as_: SignIn) -> None:
    answer = as_("fay").get("/learning", query_string={"q": "noon zebra " * 100_000})
    assert answer.status_code == 200
    assert len(answer.data) < 100_000


def test_words_that_stand_everywhere_are_told_so(cast: Cast, find: Find) -> None:
    page = find("fay", "the of and")
    assert results(page) == []
    assert "These words stand everywhere" in page


def test_without_words_the_newest_stands_first(cast: Cast, find: Find) -> None:
    newest = results(find("fay", kind="experiment"))
    assert newest[0] == f"/experiments/{cast.other.running}"
    assert newest.index(f"/experiments/{cast.board.running}") < newest.index(f"/experiments/{cast.board.concluded}")
    assert results(find("fay", kind="challenge")) == [f"{cast.board.path}#challenge", "/teams?area=northfield"]


def test_pages_go_on_until_everything_was_shown(cast: Cast, as_: SignIn, app: Flask) -> None:
    _grow(app, cast, BLOCK + 30)
    browser, seen, address = as_("fay"), list[str](), "/learning?q=noon+eat&kind=experiment"
    while address:
        page = browser.get(address).text
        seen += results(page)
        further = page.partition('rel="next" href="')[2].partition('"')[0]
        address = further.replace("&amp;", "&")
    assert len(seen) == len(set(seen)) == BLOCK + 30


def test_it_asks_little_and_the_same_of_few_and_of_many(
    cast: Cast, as_: SignIn, statements: Counting, app: Flask
) -> None:
    address = "/learning?q=noon&area=northfield&team=access-requests&measure=1&moment=1"
    browser = as_("root")
    browser.get(address)
    with statements() as few:
        browser.get(address)
    _grow(app, cast, 200)
    with statements() as many:
        browser.get(address)
    assert len(few) == len(many) <= 12


def _reword(app: Flask, cast: Cast, words: str) -> None:
    with app.app_context():
        db.session.get_one(Obstacle, cast.board.waiting).reword(words)
        db.session.commit()


def _grow(app: Flask, cast: Cast, count: int) -> None:
    with app.app_context():
        experiments(cast.board, cast, count)
        actions.fill_missing()
        db.session.commit()
