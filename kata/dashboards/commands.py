"""What the command box finds: the few places and actions that match the words, from every room that has some."""

from __future__ import annotations

from typing import NamedTuple

from flask_babel import gettext as _

from kata.access.policy import Viewer
from kata.alignment.queries import lists as barriers
from kata.customers.queries.moments import find_anywhere
from kata.customers.queries.voices import find_voices
from kata.folding import folded
from kata.measures.queries import find_measures
from kata.storyboards.queries import lists
from kata.teams import finding

MOST = 6


class Found(NamedTuple):
    """A place to go: what it is called, where it is, and what tells it from others of the name."""

    label: str
    href: str
    detail: str = ""


def results(viewer: Viewer, words: str) -> list[tuple[str, list[Found]]]:
    """Groups of results, empty ones left out; without words only the actions."""
    groups = [(_("Do"), [each for each in _actions(viewer) if folded(words) in folded(each.label)])]
    if words:
        groups = [
            (_("Storyboards"), [Found(b.focus_process, f"/boards/{b.id}", b.team) for b in lists.find(viewer, words)]),
            (_("Teams"), [Found(*each) for each in finding.find_teams(words, MOST)]),
            (_("People"), [Found(*each) for each in finding.find_people(words, MOST)]),
            (_("Customers"), [Found(*each) for each in find_anywhere(words, MOST)]),
            (_("Voices"), [Found(*each) for each in find_voices(viewer, words, MOST)]),
            (_("Measures"), [Found(*each) for each in find_measures(words, MOST)]),
            (_("Barriers"), [Found(*each) for each in barriers.find(viewer, words, MOST)]),
            *groups,
        ]
    return [(title, found) for title, found in groups if found]


def _actions(viewer: Viewer) -> list[Found]:
    always = [
        Found(_("Today"), "/"),
        Found(_("Log what happened"), "/log"),
        Found(_("All storyboards"), "/boards"),
        Found(_("My storyboards"), "/boards?show=mine"),
        Found(_("Challenges"), "/challenges"),
        Found(_("Customers"), "/customers"),
        Found(_("Learning"), "/learning"),
        Found(_("Teams"), "/teams"),
        Found(_("Barriers"), "/barriers"),
        Found(_("What the leaders’ figures mean"), "/figures"),
        Found(_("Skills"), "/skills"),
        Found(_("Settings"), "/settings"),
        Found(_("What changed, by mail"), "/settings/mail"),
        Found(_("Help"), "/help"),
    ]
    if viewer.teams:
        always.insert(2, Found(_("New storyboard"), "/boards/new"))
        always.insert(3, Found(_("Write down what a customer said"), "/voices/new"))
    if viewer.areas_led:
        always.insert(2, Found(_("Leadership"), "/leadership"))
    if viewer.is_administrator:
        always += [Found(_("Manage people"), "/admin/people"), Found(_("Manage areas"), "/admin/areas")]
        always.append(Found(_("Mails"), "/admin/mail"))
    return always
