"""What people do, request by request. Each script is a generator: it yields what is asked next, and is sent the answer.

The weights stand in ``WEIGHTS``. Whatever is written carries a text of its own, by which it is looked for afterwards.
"""

from __future__ import annotations

import html
import random
import re
from collections import deque
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, NamedTuple
from uuid import uuid4

from kata import clock

TAG = "Under load"
WORDS = ("access", "form", "waiting", "noon", "approver", "request", "morning", "customer", "list", "error")
TODAY = clock.today("UTC")


class Ask(NamedTuple):
    """A request; ``text`` is what is written by it, where anything is."""

    kind: str
    path: str
    fields: dict[str, str] | None = None
    text: str = ""
    htmx: bool = False


class Heard(NamedTuple):
    """An answer."""

    status: int
    body: str
    location: str


Script = Generator[Ask, Heard, None]


@dataclass
class Place:
    """What there is to work on. What only one window may hold at a time lies in a queue."""

    work: dict[str, Any]
    chance: random.Random
    desks: deque[dict[str, Any]] = field(init=False)
    coached: deque[dict[str, Any]] = field(init=False)
    barriers: deque[tuple[int, str]] = field(init=False)
    days: dict[int, int] = field(default_factory=dict)
    written: int = 0

    def __post_init__(self) -> None:
        desks = list(self.work["desks"])
        self.chance.shuffle(desks)
        self.desks, self.coached = deque(desks), deque(desks[::-1])
        self.barriers = deque(tuple(each) for each in self.work["barriers"])

    def text(self) -> str:
        """Words that nobody wrote before."""
        self.written += 1
        return f"{TAG} {self.written}"


def start(place: Place) -> tuple[str, Script]:
    """Somebody opens the app: their cookie, and what they are going to do."""
    make = place.chance.choices([each for each, _weight in WEIGHTS], [weight for _each, weight in WEIGHTS])[0]
    return make(place) or searches(place)


def practises(place: Place) -> tuple[str, Script] | None:
    """A learner opens Today, reads the board, logs what happened and what it taught, and plans the next step."""
    if not place.desks:
        return None
    desk = place.desks.popleft()

    def script() -> Script:
        try:
            yield Ask("Today", "/")
            board = yield Ask("board", f"/boards/{desk['board']}")
            numbers = re.findall(r"/experiments/(\d+)/conclusion", board.body)
            if numbers:
                yield from _writes(
                    "log a result",
                    f"/experiments/{numbers[0]}/conclusion",
                    place,
                    "learned",
                    happened="Two of nine",
                    happened_on=TODAY.isoformat(),
                )
            path = f"/boards/{desk['board']}/experiments"
            yield from _writes(
                "plan a step",
                f"{path}/new",
                place,
                "step",
                path,
                kind="go and see",
                expectation="Nobody asks twice.",
                check_on=(TODAY + timedelta(3)).isoformat(),
            )
        finally:
            place.desks.append(desk)

    return desk["learner"], script()


def coaches(place: Place) -> tuple[str, Script] | None:
    """A coach goes through the card at a board, notes what is said, and ends with feedback."""
    if not place.coached:
        return None
    desk = place.coached.popleft()
    board = f"/boards/{desk['board']}"

    def script() -> Script:
        try:
            yield Ask("coaching", "/coaching")
            page = yield Ask("guide", f"{board}/coach")
            if begin := form_of(page.body, f"{board}/cycles"):
                page = yield from _send("begin a cycle", f"{board}/cycles", begin, page="guide")
            for _question in range(9):
                found = re.search(r'action="(/cycles/\d+)/turn"[^>]*id="turning"|id="turning"', page.body)
                number = re.search(r'action="/cycles/(\d+)/turn"', page.body)
                if not found or not number:
                    break
                action, text = f"/cycles/{number[1]}/turn", place.text()
                after = re.search(r'name="to" value="(\w+)" data-key="n"', page.body)
                fields = form_of(page.body, action) | {"words": text, "to": after[1] if after else "closing"}
                page = yield from _send("turn the card", action, fields, text, page="guide")
            if number := re.search(r'action="(/cycles/\d+/closing)"', page.body):
                text = place.text()
                yield from _send("end a cycle", number[1], form_of(page.body, number[1]) | {"feedback": text}, text)
        finally:
            place.coached.append(desk)

    return desk["coach"], script()


def leads(place: Place) -> tuple[str, Script] | None:
    """A leader looks at an area, at what stands behind a figure, and answers a barrier."""
    if not place.barriers:
        return None
    barrier, cookie = place.barriers.popleft()
    slug = place.chance.choice([area for area, held in place.work["leaders"] if held == cookie])

    def script() -> Script:
        try:
            yield Ask("leaders' page", f"/leadership/{slug}")
            yield Ask("behind a figure", f"/leadership/{slug}/experiments")
            yield Ask("barriers", "/barriers")
            yield from _writes(
                "answer a barrier",
                f"/barriers/{barrier}/answer",
                place,
                "words",
                kind="promised",
                by_date=(TODAY + timedelta(9)).isoformat(),
            )
        finally:
            place.barriers.append((barrier, cookie))

    return cookie, script()


def searches(place: Place) -> tuple[str, Script]:
    """Somebody looks for what others learned."""

    def script() -> Script:
        for _turn in range(2):
            yield Ask("search", f"/learning?q={place.chance.choice(WORDS)}+{place.chance.choice(WORDS)}")
        yield Ask("command box", f"/go?q={place.chance.choice(WORDS)[:3]}")

    return place.chance.choice(place.work["teams"])[1], script()


def measures(place: Place) -> tuple[str, Script]:
    """Somebody reads a measure and writes today's value down."""
    measure, cookie = place.chance.choice(place.work["measures"])
    place.days[measure] = place.days.get(measure, 0) + 1
    day = (TODAY - timedelta(days=place.days[measure])).isoformat()

    def script() -> Script:
        yield Ask("measure", f"/measures/{measure}")
        path = f"/measures/{measure}/readings"
        value = str(place.chance.randrange(40, 80))
        yield from _writes("enter a reading", f"{path}/new", place, "note", path, day=day, value=value)

    return cookie, script()


def parks(place: Place) -> tuple[str, Script]:
    """Somebody of a team writes down what stands in the way."""
    desk = place.chance.choice(place.work["desks"])

    def script() -> Script:
        path = f"/boards/{desk['board']}/obstacles"
        yield from _writes("park an obstacle", f"{path}/new", place, "text", path)

    return desk["learner"], script()


def hears(place: Place) -> tuple[str, Script]:
    """Somebody writes down what a customer said."""
    slug, cookie = place.chance.choice(place.work["teams"])

    def script() -> Script:
        path = f"/teams/{slug}/voices"
        told = {"says": "needs to change", "source": "letter", "heard_on": TODAY.isoformat()}
        yield from _writes("write down a voice", f"{path}/new", place, "words", path, **told)

    return cookie, script()


def follows(place: Place) -> tuple[str, Script]:
    """A screen on the wall asks where the coach stands."""
    desk = place.chance.choice(place.work["desks"])

    def script() -> Script:
        since = "none"
        for _turn in range(6):
            answer = yield Ask("wall", f"/boards/{desk['board']}/question?since={since}", htmx=True)
            if found := re.search(r"question\?since=([\w.]+)", answer.body):
                since = found[1]

    return desk["learner"], script()


def looks(place: Place) -> tuple[str, Script]:
    """Somebody only looks: Today, their teams, a board and its history."""
    desk = place.chance.choice(place.work["desks"])

    def script() -> Script:
        yield Ask("Today", "/")
        yield Ask("boards", "/boards")
        yield Ask("board", f"/boards/{desk['board']}")
        yield Ask("history", f"/boards/{desk['board']}/history")

    return desk["learner"], script()


def signs_in(place: Place) -> tuple[str, Script]:
    """Somebody starts their day."""
    email = place.chance.choice(place.work["emails"])

    def script() -> Script:
        page = yield Ask("sign-in page", "/sign-in")
        typed = {"email": email, "password": place.work["password"]}
        yield from _send("sign in", "/sign-in", form_of(page.body, "/sign-in") | typed)

    return "", script()


#: How many of a hundred visits are of which kind.
WEIGHTS: tuple[tuple[Callable[[Place], tuple[str, Script] | None], int], ...] = (
    (practises, 26),
    (coaches, 8),
    (leads, 6),
    (searches, 12),
    (measures, 12),
    (parks, 8),
    (hears, 5),
    (follows, 12),
    (looks, 10),
    (signs_in, 1),
)


def _writes(
    kind: str, page: str, place: Place, name: str, action: str = "", /, **typed: str
) -> Generator[Ask, Heard, Heard]:
    """Open the form on ``page`` and send it with a text of its own in the field ``name``."""
    action = action or page
    shown = yield Ask("a form", page)
    fields = form_of(shown.body, action)
    if not fields:
        return shown
    text = place.text()
    return (yield from _send(kind, action, {**fields, **typed, name: text}, text))


def _send(
    kind: str, action: str, fields: dict[str, str], text: str = "", page: str = "board"
) -> Generator[Ask, Heard, Heard]:
    """Send a form, and open the page to which its answer leads."""
    answer = yield Ask(kind, action, fields, text)
    if answer.status == 303:
        return (yield Ask(page, answer.location.partition("#")[0]))
    return answer


_FIELD = re.compile(r"<input[^>]*>")
_ATTRIBUTE = re.compile(r'\b(name|value|type)="([^"]*)"')


def form_of(page: str, action: str) -> dict[str, str]:
    """What a form carries that nobody sees, with a submission key of its own; nothing where there is no such form."""
    begin = page.find(f'action="{action}"')
    if begin < 0:
        return {}
    fields = {}
    for found in _FIELD.findall(page[begin : page.find("</form>", begin)]):
        held = dict(_ATTRIBUTE.findall(found))
        if held.get("type") == "hidden" and "name" in held:
            fields[held["name"]] = html.unescape(held.get("value", ""))
    return fields | ({"once": str(uuid4())} if "once" in fields else {})
