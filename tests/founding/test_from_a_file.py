"""Areas, teams and people from a file: seen first, made all at once, never twice."""

from __future__ import annotations

import html
import io
import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from kata.extensions import db
from kata.identity.models import Person, SignInLink
from kata.outbox import sending
from kata.outbox.models import Mail
from kata.tables.export import xlsx_file
from kata.teams.models import Area, AreaLeader, Membership, Team
from tests.cast import Cast
from tests.conftest import SignIn, browser
from tests.founding.conftest import ROWS, Bringing
from tests.mailbox import Mailbox

pytestmark = pytest.mark.database


def count(app: Flask) -> list[int]:
    with app.app_context():
        tables = (Area, Team, Person, Membership, AreaLeader, SignInLink)
        return [db.session.scalar(select(func.count()).select_from(table)) or 0 for table in tables]


def addresses(page: str) -> list[str]:
    return re.findall(r'href="http://localhost(/link/[^"]+)"', page)


def test_everything_in_the_file_is_seen_first_and_then_made(app: Flask, cast: Cast, bringing: Bringing) -> None:
    before = count(app)
    page = bringing.look().text
    assert "This is what would be made" in page
    assert "Monday to Thursday · Europe, Paris · French" in page
    assert count(app) == before
    answer = bringing.again()
    assert answer.status_code == 200
    assert [now - then for now, then in zip(count(app), before, strict=True)] == [2, 1, 4, 3, 1, 4]
    with app.app_context():
        team = db.session.scalars(select(Team).where(Team.name == "Night watch")).one()
        assert (team.time_zone, team.practice_days, team.language) == ("Europe/Paris", 0b0001111, "fr")
        area = db.session.get_one(Area, team.area_id)
        above = db.session.get_one(Area, area.parent_id)
        assert (above.name, area.name) == ("Harbour", "Pilots")
        kim = select(Person.name).join(AreaLeader).where(AreaLeader.area_id == above.id)
        assert db.session.scalars(kim).all() == ["Kim Ray"]
        roles = select(Person.name, Membership.role).join(Person, Person.id == Membership.person_id)
        found = db.session.execute(roles.where(Membership.team_id == team.id).order_by(Person.name)).all()
        assert list(map(tuple, found)) == [("Hal Moss", "member"), ("Ida Bell", "coach"), ("Jo Lund", "member")]


def test_everybody_new_gets_a_link_that_signs_them_in(app: Flask, bringing: Bringing) -> None:
    page = bringing.make().text
    links = addresses(page)
    assert len(links) == 4
    with app.app_context():  # only what cannot be turned back is kept
        assert not set(links) & {row.token_hash for row in db.session.scalars(select(SignInLink))}
    newcomer = browser(app)
    assert newcomer.fill_in(links[2]).location == "/welcome"
    assert "Jo" in newcomer.get("/").text
    assert addresses(bringing.again().text) == [links[0], links[1], links[3]]


def test_the_same_file_again_makes_nothing(app: Flask, bringing: Bringing) -> None:
    bringing.make()
    before = count(app)
    page = bringing.look().text
    assert "All of this is there already" in page
    assert "/admin/import/making" not in page
    bringing.again()
    assert count(app) == before


def test_more_rows_add_only_what_is_new(app: Flask, bringing: Bringing) -> None:
    bringing.make()
    before = count(app)
    more = f"{ROWS}harbour › PILOTS\tnight watch\t\t\t\tHal Moss\tcoach\t\n\t\t\t\t\tLea Sand\tmember\t\n"
    bringing.make(more)
    assert [now - then for now, then in zip(count(app), before, strict=True)] == [0, 0, 1, 2, 0, 1]


def test_people_of_the_installation_are_recognised(app: Flask, cast: Cast, bringing: Bringing) -> None:
    rows = "Area,Team,Person,E-mail\nHouse,Desk,Ana Novák,\n,,Somebody,GUS@demo.example\n"
    before = count(app)
    page = bringing.look(rows).text
    assert "Gus Hale" in page
    bringing.again()
    assert [now - then for now, then in zip(count(app), before, strict=True)][2:4] == [0, 2]


def test_a_plan_that_changed_meanwhile_is_shown_anew(app: Flask, bringing: Bringing) -> None:
    bringing.look()
    form = bringing.form
    bringing.make("Area,Team\nHarbour,Ferries\n")
    before = count(app)
    bringing.form = form
    answer = bringing.again()
    assert answer.status_code == 422
    assert "Something changed since you looked" in answer.text
    assert count(app) == before
    for changed in ({"seen": "another"}, {"rows": f"{form['rows']}Sea,,,,,Al,boss,\n"}):
        bringing.form = {**form, **changed}
        assert bringing.again().status_code == 422
    assert count(app) == before


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("Sea > Bay,Crew,Mars,,,,,", "Row 3, column “Time zone”: “Mars” is no time zone"),
        ("Sea,Crew,,Mon-Foo,,,,", "Row 3, column “Practice days”: “Mon-Foo” is not understood"),
        ("Sea,Crew,,,Klingon,,,", "Row 3, column “Language”: “Klingon” is none of the languages"),
        ("Sea,Crew,,,,Al,boss,", "Row 3, column “Role”: “boss” is none of the roles"),
        ("Sea,Crew,,,,Al,,al at home", "Row 3, column “E-mail”: “al at home” is no e-mail address"),
        ("Sea,Crew,,,,,coach,", "Row 3, column “Person”: there is no name"),
        ("Sea,,,,,Al,coach,", "Row 3, column “Team”: somebody who is no leader belongs to a team"),
        (f"{'x' * 121},Crew,,,,,,", "Row 3, column “Area”: a name has at most 120 characters"),
        (",Night,Rome,,,,,", "Row 3, column “Time zone”: another row says something else of this team"),
        (",Night,,,,Bo,,a@b.example", "Row 3, column “Person”: this address is Al’s in another row"),
    ],
)
def test_what_is_unclear_is_named_by_row_and_column(row: str, sentence: str, app: Flask, bringing: Bringing) -> None:
    before = count(app)
    head = "Area,Team,Time zone,Practice days,Language,Person,Role,E-mail"
    answer = bringing.look(f"{head}\nHarbour,Night,London,,,Al,,a@b.example\n{row}\n")
    assert answer.status_code == 422
    assert sentence in answer.text
    assert not bringing.form
    assert row in html.unescape(answer.text)  # what was pasted waits to be mended
    assert count(app) == before


def test_a_file_that_is_no_table_of_teams_says_what_it_lacks(cast: Cast, bringing: Bringing) -> None:
    assert "The first row must name the columns" in bringing.look("Name,Age\nAl,7\n").text
    assert "Choose a file, or paste some rows." in bringing.look("").text
    many = "Area,Team\n" + "".join(f"Sea,Crew {n}\n" for n in range(501))
    assert "A file may have 500 rows." in bringing.look(many).text
    sheet = (io.BytesIO(b"PK\x03\x04 and nothing else"), "teams.xlsx")
    assert bringing.client.post("/admin/import", {"file": sheet}).status_code == 422
    assert bringing.client.post("/admin/import/making", {"rows": "", "seen": ""}).status_code == 422


def test_closed_accounts_and_namesakes_are_asked_about(app: Flask, cast: Cast, bringing: Bringing) -> None:
    with app.app_context():
        db.session.get_one(Person, cast["gus"].id).disabled_at = db.session.get_one(Person, 1).created_at
        db.session.add(Person(name="Fay Quist"))
        db.session.commit()
    rows = "Area,Team,Person,E-mail\nHouse,Desk,Gus,gus@demo.example\n,,Fay Quist,\n"
    page = bringing.look(rows).text
    assert "Row 2, column “E-mail”: this account is closed" in page
    assert "Row 3, column “E-mail”: several people here are called so" in page


def test_the_templates_are_files_that_are_understood(cast: Cast, bringing: Bringing) -> None:
    for name in ("template.csv", "template.xlsx"):
        data = bringing.client.get(f"/admin/import/{name}").data
        answer = bringing.client.post("/admin/import", {"file": (io.BytesIO(data), name)})
        assert "This is what would be made" in answer.text
        assert "2 new areas" in answer.text


def test_days_zones_and_columns_are_read_as_people_write_them(app: Flask, bringing: Bringing) -> None:
    rows = "name;TEAM;Shoe size;area;Days;timezone\nAl;Crew;44;Sea;sat – mon, Wednesday;america/new_york\n"
    page = bringing.make(rows)
    with app.app_context():
        team = db.session.scalars(select(Team).where(Team.name == "Crew")).one()
        assert (team.practice_days, team.time_zone) == (0b1100101, "America/New_York")
    assert "Al" in page.text
    assert "Not used: Shoe size." in bringing.look(rows).text


def test_who_has_an_address_is_written_to_where_mails_are_sent(
    app: Flask, cast: Cast, bringing: Bringing, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Mailbox() as mailbox:
        for name, value in mailbox.settings.items():
            monkeypatch.setitem(app.config, name, value)
        page = bringing.make().text
        assert len(addresses(page)) == 1  # Jo has no address
        assert "Links are on their way to 3 people by mail." in page
        with app.app_context():
            assert {mail.kind for mail in db.session.scalars(select(Mail))} == {"welcome"}
            sending.send_waiting()
    first = next(message for message in mailbox.messages if message["To"] == "hal@example.org")
    words = str(first.get_body(("plain",)).get_content())  # type: ignore[union-attr]  # it has one
    assert "invites you to practise with Night watch" in words
    link = re.search(r"http://localhost(/link/\S+)", words)
    assert link is not None
    assert browser(app).fill_in(link[1]).location == "/welcome"


def test_a_mail_whose_link_was_replaced_is_not_sent(
    app: Flask, cast: Cast, bringing: Bringing, as_: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Mailbox() as mailbox:
        for name, value in mailbox.settings.items():
            monkeypatch.setitem(app.config, name, value)
        bringing.make("Area,Team,Person,E-mail\nSea,Crew,Al,al@example.org\n")
        with app.app_context():
            person = db.session.scalars(select(Person).where(Person.email == "al@example.org")).one()
        root: Any = as_("root")
        root.fill_in(f"/admin/people/{person.id}", f"/admin/people/{person.id}/link")
        with app.app_context():
            sending.send_waiting()
        assert mailbox.messages == []


def test_a_workbook_of_several_sheets_is_asked_to_be_one(cast: Cast, bringing: Bringing) -> None:
    import xlsxwriter

    page = io.BytesIO()
    with xlsxwriter.Workbook(page, {"in_memory": True}) as book:
        for name in ("Teams", "More"):
            book.add_worksheet(name).write_row(0, 0, ["Area", "Team"])
    answer = bringing.client.post("/admin/import", {"file": (io.BytesIO(page.getvalue()), "two.xlsx")})
    assert "This file has several sheets." in answer.text
    one = xlsx_file(["Area", "Team"], [["Sea", "Crew"]])
    assert bringing.client.post("/admin/import", {"file": (io.BytesIO(one), "one.xlsx")}).status_code == 200
