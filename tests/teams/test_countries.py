"""The country of a team: what can be chosen, that a region belongs to it, and which holidays follow."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date

import pytest
import sqlalchemy as sa
from babel import Locale
from flask import Flask

from kata.activity.models import Activity
from kata.extensions import db
from kata.rules import DomainError
from kata.teams import countries
from kata.teams.models import Team
from tests.cast import Cast
from tests.client import csv_rows, form_fields
from tests.conftest import SignIn

EDIT = "/teams/access-requests/edit"
FRESH = """
import json, sys
from kata.teams import countries, models, pages, forms, routes
before = "holidays" in sys.modules
countries.holiday("", "", __import__("datetime").date(2026, 12, 25), "en_GB")
print(json.dumps([before, "holidays" in sys.modules]))
"""


def kept(app: Flask, slug: str = "access-requests") -> tuple[str, str]:
    with app.app_context():
        team = db.session.scalars(sa.select(Team).where(Team.slug == slug)).one()
        return team.country, team.region


def test_every_country_has_a_name_in_every_language_that_can_be_read() -> None:
    for locale in ("en_GB", "de", "ja"):
        names = countries.named(locale)
        assert set(names) == countries.known()
        assert all(len(code) == 2 and name != code for code, name in names.items())
    assert countries.named("de")["AT"] == Locale("de").territories["AT"] == "Österreich"


def test_names_are_sorted_as_they_are_read() -> None:
    names = list(countries.named("en_GB").values())
    assert names.index("Afghanistan") < names.index("Åland Islands") < names.index("Albania")


def test_every_country_answers_its_regions_and_its_holidays() -> None:
    for country in countries.known():
        for region in ("", *list(countries.regions(country))[:1]):
            assert countries.fits(country, region)
            days = countries.holidays(country, region, 2026, "en_GB")
            assert all(day.year == 2026 and name for day, name in days.items())


def test_regions_are_called_as_their_country_calls_them() -> None:
    assert countries.regions("GB") == {
        "ENG": "England",
        "NIR": "Northern Ireland",
        "SCT": "Scotland",
        "WLS": "Wales",
    }
    assert countries.regions("DE")["BY"] == "Bayern"
    assert countries.regions("IE") == countries.regions("") == countries.regions("ZZ") == {}
    longest = Team.__table__.c.region.type.length
    assert all(len(code) <= longest for country in countries.known() for code in countries.regions(country))


@pytest.mark.parametrize(
    ("country", "region"),
    [("AU", "NSW Western"), ("BR", "São Paulo Capital"), ("CH", "Stadt Zurich"), ("NZ", "South Canterbury")],
)
def test_a_part_of_a_region_with_holidays_of_its_own_can_be_chosen(
    app: Flask, as_: SignIn, country: str, region: str
) -> None:
    dev = as_("dev")
    dev.fill_in(EDIT, country=country)
    assert dev.fill_in(EDIT, region=region).location == "/teams/access-requests"
    assert kept(app) == (country, region)
    assert countries.holidays(country, region, 2026, "en_GB")


@pytest.mark.parametrize(
    ("region", "day", "locale", "name"),
    [
        ("BY", date(2026, 6, 4), "en_GB", "Corpus Christi"),
        ("BY", date(2026, 6, 4), "de", "Fronleichnam"),
        ("", date(2026, 6, 4), "en_GB", ""),
        ("BE", date(2026, 6, 4), "en_GB", ""),
        ("", date(2026, 10, 3), "ja", "Tag der Deutschen Einheit"),
        ("SCT", date(2026, 10, 3), "de", "Tag der Deutschen Einheit"),
        ("", date(2026, 10, 5), "de", ""),
    ],
)
def test_a_holiday_is_the_countrys_or_the_regions_by_its_name(region: str, day: date, locale: str, name: str) -> None:
    assert countries.holiday("DE", region, day, locale) == name


def test_what_falls_on_a_weekend_is_made_up_for() -> None:
    assert "Boxing Day" in countries.holiday("GB", "ENG", date(2026, 12, 28), "en_GB")


def test_names_do_not_follow_the_servers_own_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "th")
    countries.holidays.cache_clear()
    assert countries.holiday("GB", "", date(2026, 12, 25), "en_ZA") == "Christmas Day"


def test_the_library_is_loaded_only_by_what_needs_it() -> None:
    told = subprocess.run([sys.executable, "-c", FRESH], capture_output=True, text=True, check=True)
    assert json.loads(told.stdout) == [False, False]


def test_a_country_is_chosen_by_its_name_and_told_where_the_team_is(app: Flask, as_: SignIn) -> None:
    dev = as_("dev")
    page = dev.get(EDIT).text
    assert '<option value="GB">United Kingdom</option>' in page
    assert "the whole country" not in page
    assert dev.fill_in(EDIT, country="IE").location == "/teams/access-requests"
    assert kept(app) == ("IE", "")
    assert "Ireland" in as_("fay").get("/teams/access-requests").text


def test_a_country_with_regions_asks_for_the_region_next(app: Flask, as_: SignIn) -> None:
    dev = as_("dev")
    assert dev.fill_in(EDIT, country="GB").location == f"{EDIT}#where"
    assert kept(app) == ("GB", "")
    page = dev.get(EDIT).text
    assert '<option value="SCT">Scotland</option>' in page
    assert dev.fill_in(EDIT, region="SCT").location == "/teams/access-requests"
    assert kept(app) == ("GB", "SCT")
    assert "United Kingdom, Scotland" in as_("fay").get("/teams/access-requests").text
    assert dev.fill_in(EDIT, region="").location == "/teams/access-requests", "it is asked for once"


def test_a_region_belongs_to_its_country(app: Flask, as_: SignIn) -> None:
    dev = as_("dev")
    dev.fill_in(EDIT, country="GB")
    dev.fill_in(EDIT, region="WLS")
    answer = dev.fill_in(EDIT, country="DE")
    assert answer.status_code == 422
    assert "Pick one of the regions of this country." in answer.text
    assert '<option value="BY">Bayern</option>' in answer.text
    assert '<option selected value="DE">' in answer.text
    assert kept(app) == ("GB", "WLS")
    fields = form_fields(answer.text, EDIT)
    assert dev.post(EDIT, {**fields, "region": "BY"}).status_code == 303
    assert kept(app) == ("DE", "BY")


def test_the_rule_holds_without_the_form_too(in_app: Flask, cast: Cast) -> None:
    team = db.session.get_one(Team, cast.teams["access"])
    for country, region in (("DE", "ENG"), ("IE", "ENG"), ("", "ENG")):
        with pytest.raises(DomainError):
            team.work_in(country, region)
    assert (team.country, team.region) == ("", "")


@pytest.mark.parametrize("country", ["EU", "ZZ", "GBR", "gb"])
def test_a_country_that_is_not_in_the_list_is_refused(app: Flask, as_: SignIn, country: str) -> None:
    answer = as_("dev").fill_in(EDIT, country=country)
    assert answer.status_code == 422
    assert "Pick one of the countries in the list." in answer.text


def test_a_new_team_says_its_country_and_then_its_region(app: Flask, as_: SignIn, cast: Cast) -> None:
    root, address = as_("root"), f"/areas/{cast.areas['desk']}/teams/new"
    assert root.fill_in(address, name="Night shift", country="GB").location == "/teams/night-shift/edit#where"
    assert kept(app, "night-shift") == ("GB", "")
    assert root.fill_in(address, name="Day shift").location == "/teams/day-shift"
    assert kept(app, "day-shift") == ("", "")


def test_where_a_team_works_is_recorded_and_stands_in_the_file(app: Flask, as_: SignIn, cast: Cast) -> None:
    dev = as_("dev")
    dev.fill_in(EDIT, country="GB")
    dev.fill_in(EDIT, region="NIR")
    with app.app_context():
        newest = sa.select(Activity).where(Activity.subject_type == "team").order_by(Activity.id.desc()).limit(1)
        event = db.session.scalars(newest).one()
        assert (event.verb, event.person_id) == ("rewrote", cast["dev"].id)
        assert (event.snapshot["country"], event.snapshot["region"]) == ("GB", "NIR")
    rows = {row["Team"]: row["Country"] for row in csv_rows(as_("fay").get("/teams.csv"))}
    assert rows["Access requests"] == "United Kingdom, Northern Ireland"
    assert rows["Invoices"] == ""


def test_two_who_say_different_countries_see_both_by_their_names(app: Flask, as_: SignIn) -> None:
    dev = as_("dev")
    fields = form_fields(dev.get(EDIT).text, EDIT)
    dev.post(EDIT, {**fields, "country": "IE", "practice_days": ["0"]})
    answer = dev.post(EDIT, {**fields, "country": "IN"})
    assert answer.status_code == 409
    assert '<span dir="auto">Ireland</span>' in answer.text
    assert '<span dir="auto">India</span>' in answer.text
    assert '<span dir="auto">Monday</span>' in answer.text
    assert '<span dir="auto">Monday to Friday</span>' in answer.text
