"""What the demo's teams could not remove themselves: who they asked, and how well they were answered.

Some answers come soon and say why, one says nothing, one promise passes its day, one waits for eleven weeks, and one
goes up only after six; a team takes one back, and two wait for the leader of it all.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from sqlalchemy import select

from kata.access.policy import Viewer
from kata.alignment import actions
from kata.alignment.actions import Answer, Back, Words
from kata.alignment.models import Barrier
from kata.alignment.queries.barriers import still_to_read
from kata.demo.script import Act, Stage
from kata.extensions import db
from kata.storyboards.models import Obstacle, Storyboard


class Raising:
    """One barrier of a story: the obstacle that it comes from is found by its words when its day comes."""

    def __init__(self, stage: Stage, team: str, obstacle: str) -> None:
        self._stage, self._team, self._obstacle = stage, team, obstacle
        self.made: Barrier

    def raised(self, day: int, who: str, said: Words, *, at: str = "10:20") -> Raising:
        self._do(day, at, lambda: self._raise(said, who))
        return self

    def _raise(self, said: Words, who: str) -> None:
        query = (
            select(Obstacle)
            .join(Storyboard, Storyboard.id == Obstacle.board_id)
            .where(Storyboard.team_id == self._stage.teams[self._team].id, Obstacle.text == self._obstacle)
            .where(Obstacle.ended_at.is_(None))
            .order_by(Obstacle.id.desc())
            .limit(1)
        )
        found = db.session.scalars(query).one()
        found.board = db.session.get_one(Storyboard, found.board_id)
        found.board.team = self._stage.teams[self._team]
        self.made = actions.raise_barrier(found, said, by=self._stage.id(who))

    def passed_up(self, day: int, who: str, reason: str, *, at: str = "16:40") -> Raising:
        self._do(day, at, lambda: actions.pass_up(self.made, self.made.version, reason, by=self._stage.id(who)))
        return self

    def answered(
        self, day: int, who: str, kind: str, words: str = "", *, ahead: int | None = None, at: str = "17:05"
    ) -> Raising:
        """Answered that day; a promise is for ``ahead`` calendar days from the day on which the demo is loaded."""

        def act() -> None:
            days = self._stage.days[self._team]
            by_date = days.ahead(ahead) if ahead is not None else None
            said = Answer(kind, words, by_date)
            actions.answer(self.made, self.made.version, said, by=self._stage.id(who), today=days.day(day))

        self._do(day, at, act)
        return self

    def read(self, day: int, *, at: str = "09:05") -> Raising:
        """Everyone who waited for it has read what became of it."""

        def act() -> None:
            for person_id in still_to_read(self.made.id):
                actions.take_note(self.made, by=person_id)

        self._do(day, at, act)
        return self

    def taken_back(self, day: int, who: str, why: str, words: str, *, at: str = "10:25") -> Raising:
        """The team waits for it no more."""

        def act() -> None:
            actions.take_back(self.made, self.made.version, Back(why, words), by=self._stage.id(who))

        self._do(day, at, act)
        return self

    def joined_by(self, day: int, who: str, others: Sequence[Raising], *, at: str = "17:00") -> Raising:
        """Whoever answers both puts the others together with this one."""
        for other in others:
            self._do(day, at, partial(self._join, other, who))
        return self

    def _join(self, other: Raising, who: str) -> None:
        led = frozenset({self.made.area_id, other.made.area_id})
        leader = Viewer(self._stage.id(who), self._stage.people[who].name, areas_led=led)
        actions.put_together(self.made, other.made.id, by=leader)

    def _do(self, day: int, at: str, act: Act) -> None:
        self._stage.at(self._team, day, at, act)


def tell(stage: Stage) -> None:
    """Every barrier of the demo, an area after the other."""
    _business_services(stage)
    _ground_operations(stage)
    _emergency_care(stage)


def _business_services(stage: Stage) -> None:
    fridays = Raising(
        stage, "access-requests", "Approvers are away on Fridays: 3 of 5 open approvals on a Monday are from then"
    )
    fridays.raised(
        -17,
        "lars",
        Words(
            "practice",
            "Approvers have no deputy when they are away; on Fridays that is 3 of 5",
            "Whoever asks on a Friday waits until Tuesday: 11 people in the last four weeks.",
        ),
    ).answered(
        -15,
        "marguerite",
        "promised",
        "Each of my heads of department names a deputy. I ask for the list on Friday the first.",
        ahead=6,
    )
    paper = Raising(
        stage, "access-requests", "Access to the finance system takes a paper form with two signatures"
    ).raised(
        -16,
        "ana",
        Words(
            "policy",
            "Access to the finance system takes a paper form with two signatures",
            "9 of 10 newcomers in finance cannot work for their first 3 days.",
        ),
    )
    paper.passed_up(
        -12,
        "marguerite",
        "The two signatures are a rule of the group’s audit. I can change the paper; I cannot change the rule.",
    )
    late = Raising(stage, "new-starters", "4 of 10 forms come later than five days before")
    late.raised(
        -33,
        "priya",
        Words(
            "procedure",
            "Nothing tells us that a contract is signed; we learn of a newcomer from a form that a manager remembers",
            "4 of 10 newcomers sit beside a colleague on their first day, without badge or account.",
        ),
    ).answered(
        -29,
        "marguerite",
        "removed",
        "Since Monday the contract’s own system writes to your mailbox on the day of the signature.",
    ).read(-28)
    reports = Raising(stage, "devices", "Reports say “screen black” and neither model nor place")
    reports.raised(
        -44,
        "wen",
        Words(
            "tool",
            "The page for reports has one field; nobody can tell us model and place in it",
            "6 of 8 colleagues see us twice, the second time a day later.",
        ),
    ).answered(-43, "marguerite", "cannot", "That page is the standard.").read(-42)
    photos = Raising(stage, "new-starters", "The photo for the badge is missing for 3 of 10")
    photos.raised(
        -39,
        "malik",
        Words(
            "policy",
            "Security takes a photo in its own format only, or makes it in its studio, on two mornings a week",
            "3 of 10 newcomers have no badge on their first morning and wait in the hall to be fetched.",
        ),
    ).passed_up(
        -7,
        "marguerite",
        "The contract with the studio is of the group’s buildings and not mine. I could have seen that six weeks ago: "
        "I had taken it for a question of reminding people.",
    ).answered(
        -4,
        "dev",
        "promised",
        "I stood in that hall on Monday, with two who were fetched. Malik may take them himself as "
        "soon as Security has "
        "seen ten of his; we look at them together next week.",
        ahead=12,
    )
    overtime = Raising(
        stage, "payroll-questions", "Our answers quote the rule; 3 of 5 people asked what it means for them"
    )
    overtime.raised(
        -40,
        "farah",
        Words(
            "policy",
            "We may not say what a rule means for one person, only quote it",
            "3 of 5 people write to us a second time, and wait 4 days more.",
        ),
    ).answered(
        -26,
        "marguerite",
        "instead",
        "The rule stays: what we write can be held against us. Ring them and explain; nothing forbids that.",
    ).read(-25)


def _ground_operations(stage: Stage) -> None:
    trucks = Raising(
        stage, "turnaround", "The de-icing trucks come in the order of the calls, not of the departures"
    ).raised(
        -33,
        "patrick",
        Words(
            "procedure",
            "The airport sends its de-icing trucks in the order of the calls, not of the departures",
            "On cold mornings 2 of 12 first flights leave late; about 300 passengers miss what they meant to reach.",
        ),
    )
    trucks.answered(-30, "dev", "promised", "I speak with the airport this month.", ahead=-9)
    trucks.answered(
        -4,
        "dev",
        "instead",
        "Five days after the day that I had named; you had planned with it. The airport keeps its order of calls, and "
        "reads out yours by radio at 05:30 if it has it by 22:00. Try that with them, and tell me what comes of it.",
    )
    crew = Raising(
        stage, "turnaround", "A crew that comes from a late flight the evening before starts 10 minutes later"
    )
    crew.raised(
        -34,
        "mei",
        Words(
            "programme",
            "The roster counts a crew’s rest from the planned landing, not from the real one",
            "One of twelve first flights boards 10 minutes later than its passengers were told.",
        ),
    ).answered(
        -20,
        "dev",
        "cannot",
        "The rest is prescribed by law, and I would not shorten it. Plan with it: the roster of the evening tells "
        "you by 22:00 which crew it will be.",
    )
    drivers = Raising(stage, "baggage", "The driver still drives for the 17:10 when the 17:40 opens its doors")
    fuel = Raising(stage, "turnaround", "The fuel truck comes 7 minutes late when two departures lie within 20 minutes")
    fuel.raised(
        -16,
        "jamal",
        Words(
            "programme",
            "Fuel drivers are planned by flights as well, so two departures within twenty minutes share one",
            "On 2 of 6 mornings everybody is seated and the door stays open for 7 minutes more.",
        ),
    )
    drivers.raised(
        -50,
        "tevita",
        Words(
            "programme",
            "Drivers are planned by flights and not by minutes, so two flights within half an hour share one",
            "The first bag of the 17:40 is 9 minutes later than promised, on 4 of 5 days.",
        ),
    ).joined_by(-8, "dev", [fuel])
    nights = Raising(stage, "baggage", "Grace stands in for the night shift: 3 of 8 planned cycles were held")
    nights.raised(
        -174,
        "ruth",
        Words(
            "practice",
            "Whoever coaches is taken first when the night shift is short",
            "Nobody asks any more why a letter takes 15 days, and people who lost something wait as before.",
        ),
    ).answered(
        -106,
        "dev",
        "removed",
        "I had read it in May as a matter of rosters. In July I asked Carmen why nobody here had a board any more. "
        "From this week on two of Grace’s afternoons are hers, and no roster may take them.",
    ).read(-105)


def _emergency_care(stage: Stage) -> None:
    phones = Raising(stage, "emergency-flow", "Only two of five bays have a phone with a picture")
    phones.raised(
        -42,
        "nia",
        Words(
            "tool",
            "Specialists are asked for by pictures, and two of our five bays have a phone with one",
            "3 of 5 people wait until a bay is free, 25 minutes longer.",
        ),
    ).answered(
        -41,
        "siobhan",
        "removed",
        "Three phones were in a cupboard of the outpatients. They hang in your bays from tomorrow.",
    ).read(-40)
    wards = Raising(stage, "emergency-flow", "One of three wards’ numbers rings in an empty room")
    wards.raised(
        -38,
        "elena",
        Words(
            "practice",
            "Each ward answers on a number of its own, and one of them rings in a room that is empty until 10:00",
            "7 people a week lie in the corridor for an hour more, with a bed ready upstairs.",
        ),
    )
    letters = Raising(stage, "going-home", "Letters are written ward by ward; ours is the third")
    letters.raised(
        -18,
        "tom",
        Words(
            "practice",
            "Doctors write the letters after the whole round, ward by ward; nobody can reach them before",
            "7 of 10 people who may go home wait 3 to 7 hours for their letter.",
        ),
    )
    wards.joined_by(-12, "siobhan", [letters], at="13:00")
    wards.answered(-9, "siobhan", "promised", "All three wards get one number each, and it is carried.", ahead=-5)
    ride = Raising(stage, "going-home", "The ride is booked when everything else is done")
    ride.raised(
        -16,
        "zofia",
        Words(
            "procedure",
            "The transport office takes a booking only for somebody who is ready at the door",
            "6 of 10 people sit in their coats for 20 to 60 minutes.",
        ),
    ).taken_back(
        -8,
        "zofia",
        "ourselves",
        "We rang them. They take a booking for noon at 9:00; the rule was about ambulances, and four years old.",
    )
