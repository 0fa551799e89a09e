"""How each address is asked: what stands in the place of its variables, and a form that would be accepted."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import select
from werkzeug.routing import Map, MapAdapter, Rule

from kata.customers.models import Conversation, ConversationHeld, Customer, MomentOfTruth, Voice
from kata.extensions import db
from kata.identity.models import Person
from kata.measures.models import Measure, Phase, Reading
from kata.storyboards.models import (
    Challenge,
    CurrentCondition,
    Experiment,
    Obstacle,
    SignalAnswer,
    Storyboard,
    TargetCondition,
)
from kata.teams.models import Area, Team
from tests import cast_imports
from tests.access import alignment, coaching, founding, help, learning, notifications, states, stories
from tests.access.matrix import Row
from tests.cast import ADDRESS_TOKEN, INVITATION_TOKEN, LINK_TOKEN, PASSWORD, TODAY, Board, Cast, image
from tests.cast_coaching import FEED_TOKEN
from tests.cast_customers import Heard
from tests.cast_stories import STORY_TOKEN
from tests.conftest import SETTINGS
from tests.storyboards.shift import FIRST_OF_SHIFT

Body = dict[str, Any]
TOKENS = {"link": LINK_TOKEN, "join": INVITATION_TOKEN, "calendar": FEED_TOKEN, "stories": STORY_TOKEN}


def address(rule: Rule, row: Row, cast: Cast) -> str:
    """The row's address with real ids in it."""
    known = _values(row, cast) if rule.arguments else {}
    values = {name: known[name] for name in rule.arguments}
    return _map_of(rule).build(rule.endpoint, values, method=row.method) + learning.ASKED.get(row.rule, "")


def _map_of(rule: Rule) -> MapAdapter:
    """A map of this rule alone: another one may bear the name of its endpoint. Made once, since it is compiled."""
    name = f"{rule.endpoint} {rule.rule}"
    if name not in _maps:
        _maps[name] = Map([rule.empty()]).bind("localhost")
    return _maps[name]


_maps: dict[str, MapAdapter] = {}


def board_of(row: Row, cast: Cast) -> Board:
    """The storyboard that the row is about; ana's open one where it does not matter."""
    board: Board = getattr(cast, row.about if row.about not in {"-", "hushed", *coaching.ABOUT} else "board")
    return board


def heard_by(row: Row, cast: Cast) -> Heard:
    """What the team that the row is about heard; that of ana's team where it does not matter."""
    return cast.hushed if row.about == "hushed" else cast.heard


def _values(row: Row, cast: Cast) -> dict[str, Any]:
    board, heard = board_of(row, cast), heard_by(row, cast)
    return {
        "board_id": board.id,
        "target_id": board.target,
        "obstacle_id": _obstacle(row, board),
        "experiment_id": board.concluded if row.rule.endswith("/amendments") else board.running,
        "photo_id": board.photo,
        "answer_id": board.answer,
        "name": "obstacles",
        "measure_id": cast.measures["other" if row.about == "other" else "outcome"],
        "reading_id": cast.reading,
        "phase_id": cast.phase,
        "upload_id": cast.upload,
        "slug": heard.slug,
        "customer_id": heard.customer,
        "moment_id": heard.moment,
        "voice_id": heard.voice,
        "conversation_id": heard.conversation,
        "held_id": heard.held,
        "membership_id": cast.membership,
        "invitation_id": cast.invitation,
        "office_id": cast.office,
        "session_id": cast.session,
        "person_id": cast[coaching.ABOUT.get(row.about, "fay")].id,
        "area_id": cast.areas["desk"],
        "area": "service-desk",
        "what": "experiments",
        "challenge_id": cast.area_challenge,
        **coaching.values(cast),
        **alignment.values(row, cast),
        **stories.values(cast),
        **help.values(row.rule),
        "token": _token(row, cast),
    }


def _token(row: Row, cast: Cast) -> str | None:
    if row.rule.startswith("/mail/off/"):
        return notifications.token(cast, SETTINGS["SECRET_KEY"])
    if row.rule.startswith("/settings/email/"):
        return ADDRESS_TOKEN
    return TOKENS.get(row.rule.split("/")[1])


def _obstacle(row: Row, board: Board) -> int | None:
    if row.rule.endswith("/return"):
        return board.removed
    return board.in_focus if row.rule.endswith(("/waiting", "/barrier")) else board.waiting


def body(row: Row, cast: Cast) -> Body:
    """A form that the address accepts from somebody who may send it; needs an app context."""
    make = BODIES.get(row.rule, lambda _row, _cast: {})
    return {"once": str(uuid4()), **make(row, cast)}


def prepare(row: Row, cast: Cast) -> None:
    """Bring the board into the state in which the request makes sense; needs an app context."""
    board = board_of(row, cast)
    steps = states.PREPARE.get(f"{row.method} {row.rule}", ())
    for step in steps:
        step(board, cast)
    if steps:
        db.session.commit()


def _version(model: Any, row_id: int | None) -> int:
    version: int = db.session.get_one(model, row_id).version
    return version


def _challenge(row: Row, cast: Cast) -> Body:
    held = db.session.scalar(select(Challenge.version).where(Challenge.board_id == board_of(row, cast).id))
    return {"statement": "Nobody waits.", "version": held or ""}


def _condition(row: Row, cast: Cast) -> Body:
    numbers = select(CurrentCondition.number).where(CurrentCondition.board_id == board_of(row, cast).id)
    return {"version": max(db.session.scalars(numbers)), "as_of": TODAY.isoformat(), "facts": "Seen today."}


def _plan(row: Row, cast: Cast) -> Body:
    plan = {"kind": "go and see", "step": "Stand beside the desk", "expectation": "Nobody asks twice."}
    return plan if "board_id" in row.rule else {**plan, "version": _version(Experiment, board_of(row, cast).running)}


def _experiment(**fields: str) -> Callable[[Row, Cast], Body]:
    return lambda row, cast: {"version": _version(Experiment, board_of(row, cast).running), **fields}


def _team(row: Row, cast: Cast) -> Body:
    area, version = cast.areas["desk"], _version(Team, cast.teams["access"])
    return {"name": "Access", "area_id": area, "practice_days": [0, 1], "time_zone": "Europe/Paris", "version": version}


def _measure(row: Row, cast: Cast) -> Body:
    number = _values(row, cast)["measure_id"]
    return {"name": "Access", "kind": "outcome", "better": "up", "unit": "%", "version": _version(Measure, number)}


def _rules(row: Row, cast: Cast) -> Body:
    chosen = {"preset": "wheeler", "shift": "8", "trend": "0"}
    return {**chosen, "version": _version(Measure, _values(row, cast)["measure_id"])}


def _phase(_row: Row, cast: Cast) -> Body:
    return {"version": _version(Phase, cast.phase)}


def _reading(**fields: str) -> Callable[[Row, Cast], Body]:
    return lambda row, cast: {"version": _version(Reading, cast.reading), **fields}


def _known(model: Any, **fields: Any) -> Callable[[Row, Cast], Body]:
    """Fields with the version of what the row's address names."""
    name = {Customer: "customer", MomentOfTruth: "moment", Voice: "voice", Conversation: "conversation"}[model]
    return lambda row, cast: {"version": _version(model, getattr(heard_by(row, cast), name)), **fields}


VOICE = {"words": "It took all day.", "says": "needs to change", "source": "letter", "heard_on": TODAY.isoformat()}
TALK = {"partner": "The caretakers", "rhythm": "month", "next_on": (TODAY + timedelta(days=9)).isoformat()}


def _signs_in(_row: Row, cast: Cast) -> Body:
    return {"email": cast["gus"].email, "password": PASSWORD}


BODIES: dict[str, Callable[[Row, Cast], Body]] = {
    "/sign-in": _signs_in,
    "/join/<token>": lambda row, cast: {"name": "Hal Moss", "email": "hal@demo.example", "password": "seven tall oaks"},
    "/settings/profile": lambda row, cast: {
        "name": "Somebody",
        "language": "en_GB",
        "time_zone": "Europe/Paris",
        "version": 1,
    },
    "/settings/theme": lambda row, cast: {"theme": "dark"},
    "/settings/email": lambda row, cast: {"email": "new@demo.example", "email_password": PASSWORD},
    "/settings/password": lambda row, cast: {"current": PASSWORD, "password": "seven tall oaks"},
    "/boards": lambda row, cast: {},
    "/boards/<int:board_id>": lambda row, cast: {
        "focus_process": "Granting",
        "learner_id": cast["eve" if row.about == "other" else "ana"].id,
        "coach_id": cast["ben"].id,
        "version": _version(Storyboard, board_of(row, cast).id),
    },
    "/boards/<int:board_id>/closure": lambda row, cast: {"closed": "y"},
    "/boards/<int:board_id>/ending": lambda row, cast: {"reflection": "We know how they decide."},
    "/boards/<int:board_id>/opening": lambda row, cast: {"reason": "The team asked for help."},
    "/boards/<int:board_id>/challenge": _challenge,
    "/boards/<int:board_id>/conditions": _condition,
    "/boards/<int:board_id>/targets": lambda row, cast: {
        "pattern": "Each is decided at once.",
        "achieve_by": (TODAY + timedelta(days=20)).isoformat(),
    },
    "/boards/<int:board_id>/obstacles": lambda row, cast: {"text": "Two systems"},
    "/boards/<int:board_id>/experiments": _plan,
    "/boards/<int:board_id>/signals": lambda row, cast: {
        "measure_id": cast.measures["outcome"],
        "day": FIRST_OF_SHIFT.isoformat(),
    },
    "/signals/<int:answer_id>": lambda row, cast: {
        "words": "None did.",
        "version": _version(SignalAnswer, board_of(row, cast).answer),
    },
    "/targets/<int:target_id>": lambda row, cast: {
        "pattern": "Each is decided at noon.",
        "version": _version(TargetCondition, board_of(row, cast).target),
    },
    "/targets/<int:target_id>/ending": lambda row, cast: {
        "status": "left",
        "reflection": "The process was given up.",
        "version": _version(TargetCondition, board_of(row, cast).target),
    },
    "/obstacles/<int:obstacle_id>": lambda row, cast: {
        "text": "The form asks three times",
        "version": _version(Obstacle, board_of(row, cast).waiting),
    },
    "/obstacles/<int:obstacle_id>/ending": lambda row, cast: {"status": "removed", "note": "A new form"},
    "/obstacles/<int:obstacle_id>/position": lambda row, cast: {"to": 0},
    "/experiments/<int:experiment_id>": _plan,
    "/experiments/<int:experiment_id>/conclusion": _experiment(
        happened="Two of nine", happened_on=TODAY.isoformat(), learned="Noon is too late."
    ),
    "/experiments/<int:experiment_id>/setting-aside": _experiment(reason="The approver left."),
    "/experiments/<int:experiment_id>/amendments": lambda row, cast: {
        "field": "happened",
        "words": "Three of six",
        "version": _version(Experiment, board_of(row, cast).concluded),
    },
    "/experiments/<int:experiment_id>/photos": lambda row, cast: {"photos": (io.BytesIO(image()), "wall.jpg")},
    "/measures/<int:measure_id>": _measure,
    "/measures/<int:measure_id>/archive": _measure,
    "/measures/<int:measure_id>/restoration": _measure,
    "/measures/<int:measure_id>/readings": lambda row, cast: {"day": "2026-06-02", "value": "71"},
    "/measures/<int:measure_id>/readings/paste": lambda row, cast: {"text": "2026-06-01\t70\n2026-06-02\t72"},
    "/readings/<int:reading_id>": _reading(day="2026-05-26", value="20"),
    "/measures/<int:measure_id>/readings/edit": lambda row, cast: {
        "readings-0-day": "2026-06-02",
        "readings-0-value": "7",
    },
    "/measures/<int:measure_id>/rules": _rules,
    "/measures/<int:measure_id>/phases": lambda row, cast: {"starts_on": "2026-05-20", "reason": "A new form"},
    "/phases/<int:phase_id>/removal": _phase,
    "/phases/<int:phase_id>/restoration": _phase,
    "/readings/<int:reading_id>/note": _reading(note="Two of us were ill."),
    "/readings/<int:reading_id>/strike": _reading(reason="The clock was wrong."),
    "/readings/<int:reading_id>/restoration": _reading(),
    "/teams/<slug>/measures": lambda row, cast: {"name": "Calls", "kind": "process", "better": "down"},
    "/teams/<slug>/customers": lambda row, cast: {"name": "A caller", "inside": "False"},
    "/customers/<int:customer_id>": _known(Customer, name="A newcomer", inside="True"),
    "/customers/<int:customer_id>/archive": _known(Customer),
    "/customers/<int:customer_id>/restoration": _known(Customer),
    "/measures/import": lambda row, cast: {"pasted": "day,value\n2026-05-07,3\n"},
    "/imports/<int:upload_id>": lambda row, cast: cast_imports.form_of(cast.upload),
    "/imports/<int:upload_id>/table": lambda row, cast: {"header_row": "1"},
    "/imports/<int:upload_id>/saving": lambda row, cast: {"seen": cast_imports.seen(cast.upload)},
    "/teams/<slug>/moments": lambda row, cast: {"name": "Nobody answers"},
    "/moments/<int:moment_id>": _known(MomentOfTruth, name="The first hour"),
    "/moments/<int:moment_id>/archive": _known(MomentOfTruth),
    "/moments/<int:moment_id>/restoration": _known(MomentOfTruth),
    "/moments/<int:moment_id>/position": lambda row, cast: {"to": 0},
    "/moments/<int:moment_id>/measures": lambda row, cast: {"measure_id": heard_by(row, cast).measure},
    "/teams/<slug>/voices": lambda row, cast: VOICE,
    "/voices/<int:voice_id>": _known(Voice, **VOICE),
    "/voices/<int:voice_id>/archive": _known(Voice),
    "/voices/<int:voice_id>/restoration": _known(Voice),
    "/voices/<int:voice_id>/strike": _known(Voice, words="Two days.", reason="how long it took", sure="yes"),
    "/teams/<slug>/listening": lambda row, cast: {"closed": "y"},
    "/teams/<slug>/voices/opening": lambda row, cast: {"reason": "The team asked for help."},
    "/teams/<slug>/conversations": lambda row, cast: TALK,
    "/conversations/<int:conversation_id>": _known(Conversation, **TALK),
    "/conversations/<int:conversation_id>/archive": _known(Conversation),
    "/conversations/<int:conversation_id>/restoration": _known(Conversation),
    "/conversations/<int:conversation_id>/held": lambda row, cast: {"held_on": TODAY.isoformat(), "note": "Doors."},
    "/conversations/<int:conversation_id>/strike": _known(
        Conversation, partner="The caretaker", reason="a name", sure="yes"
    ),
    "/held/<int:held_id>/strike": lambda row, cast: {
        "note": "Doors.",
        "reason": "a name",
        "sure": "yes",
        "version": _version(ConversationHeld, heard_by(row, cast).held),
    },
    "/held/<int:held_id>/voices": lambda row, cast: VOICE,
    "/teams/<slug>/edit": _team,
    "/teams/<slug>/closing": lambda row, cast: {"closed": "1"},
    "/teams/<slug>/invitations": lambda row, cast: {"role": "member"},
    "/teams/<slug>/members": lambda row, cast: {"person_id": cast["fay"].id, "role": "member"},
    "/memberships/<int:membership_id>/role": lambda row, cast: {"role": "coach"},
    "/areas/<int:area_id>/teams/new": lambda row, cast: {
        "name": "Phones",
        "practice_days": [0],
        "time_zone": "Europe/Paris",
    },
    "/areas/<int:area_id>/challenges": lambda row, cast: {"statement": "Nobody waits."},
    "/challenges/<int:challenge_id>/serving": lambda row, cast: {"serves_id": ""},
    "/admin/areas/new": lambda row, cast: {"name": "Sales", "parent_id": ""},
    "/admin/areas/<int:area_id>": lambda row, cast: {
        "name": "Desk",
        "parent_id": cast.areas["services"],
        "version": _version(Area, cast.areas["desk"]),
    },
    "/admin/areas/<int:area_id>/closing": lambda row, cast: {"closed": "0"},
    "/admin/areas/<int:area_id>/leaders": lambda row, cast: {"person_id": cast["fay"].id},
    "/admin/people/new": lambda row, cast: {"name": "Hal Moss", "email": "hal@demo.example"},
    "/admin/people/<int:person_id>": lambda row, cast: {
        "name": "Fay Quist",
        "email": "fay@demo.example",
        "version": _version(Person, cast["fay"].id),
    },
    "/admin/people/<int:person_id>/closing": lambda row, cast: {"closed": "1"},
    "/admin/people/<int:person_id>/anonymity": lambda row, cast: {
        "confirmed": "Fay Quist",
        "version": _version(Person, cast["fay"].id),
    },
    **coaching.BODIES,
    **alignment.BODIES,
    **notifications.BODIES,
    **stories.BODIES,
    **founding.BODIES,
}


def starts_board(person: str, cast: Cast) -> Body:
    """What names the person's own team in a form, and for a storyboard somebody of that team as its learner."""
    team, learner = ("invoices", "eve") if person == "eve" else ("access", "ana")
    slug = (cast.hushed if person == "eve" else cast.heard).slug
    return {"team_id": cast.teams[team], "team": slug, "focus_process": "Answering", "learner_id": cast[learner].id}
