"""*A barrier gets an answer that helps*: the leader of the whole group practises, too, and everybody may look."""

from __future__ import annotations

from kata.demo.numbers import Numbers
from kata.demo.script import Stage, Story

TEAM = "group-leadership"
FOCUS = "A barrier gets an answer that helps"
HELPED = (2, 2, 1, 2, 3, 3, 4)
WENT = (0, 0, 1, 2, 3, 3, 4)


def tell(stage: Stage) -> None:
    numbers = Numbers(stage, TEAM)
    numbers.follow(
        "helped",
        -34,
        "dev",
        "Answers with which the team could go on",
        "of the last 5",
        "up",
        "outcome",
        "A week after each of Dev’s last five answers Cleo asks whoever raised the barrier: could you go on with it?",
        low=0,
        high=5,
        target=5,
        cadence="week",
        owner="dev",
    )
    numbers.follow(
        "went",
        -34,
        "dev",
        "Answers given after he had been there",
        "of the last 5",
        "up",
        "process",
        "Of Dev’s last five answers: he had stood where the barrier is before he wrote one.",
        low=0,
        high=5,
        cadence="week",
        owner="dev",
    )
    numbers.entered("went", ("dev",), -33, WENT, every=5, at="17:10")
    numbers.entered("helped", ("dev",), -33, HELPED, every=5, at="17:15")
    story = Story(stage, TEAM)
    story.start(-34, FOCUS, learner="dev", coach="cleo", second="anneke", at="15:00")
    story.challenge(
        -34,
        "dev",
        "Whoever asks us to remove something can go on with our answer: 2 of the last 5 today, then 5 of 5.",
        by=story.days.ahead(250),
        aim=("helped", 2, 5),
        moment="Does anybody up there read this?",
        serves="first-time",
        at="15:10",
    )
    story.current(
        -32,
        "dev",
        "With 2 of my last five answers the team could go on. 3 times they asked again, or gave up.\n"
        "I had written all five after 19:00, from the text alone; two of them in the car.\n"
        "One barrier has waited with me for two weeks, since I know no answer to it.",
        [
            ("It is raised", "day 0", "with what it costs the customer"),
            ("I read it", "day 1 – 6", "on the way home"),
            ("I write an answer", "4 – 9 min", "from what I know"),
            ("The team reads it", "a day later", "3 of 5 ask again"),
        ],
    )
    story.target(
        -31,
        "dev",
        "Before I answer I have spoken with whoever raised it, at the place; 4 of 5 teams can go on.",
        by=story.days.ahead(12),
        aims=[("helped", 2, 4), ("went", 0, 4)],
    )
    evening = story.park(-31, "dev", "I read barriers after 19:00, when nobody is there whom I could ask")
    story.park(-31, "marguerite", "For 2 of 5 it takes somebody of another division, and we meet every four weeks")
    story.park(-30, "siobhan", "When one of us comes to the ward, people tidy up first")
    evening.focus(-31, "dev")
    story.plan(
        -30,
        "dev",
        "test a hypothesis",
        "Ring whoever raised it on the day on which I read it, before I write anything",
        "3 of 3 tell me something that does not stand in the text.",
        check=-24,
    ).saw(
        -24,
        "dev",
        "2 of 3 did: one cart is the only one with brakes, and the form is signed by somebody who retired. The third "
        "said: “It is all in there, have you read it?” I had not read the second half.",
        at="17:30",
    ).learned(
        -23,
        "dev",
        "I had read to the end of what I knew an answer to. What follows was the part that they wrote for me.",
    )
    story.plan(
        -22,
        "dev",
        "go and see",
        "Stand an hour where the next barrier is, without answering anything",
        "I see what is meant within the first 20 minutes.",
        check=-16,
    ).saw(
        -16,
        "dev",
        "It took 50 minutes. For the first 40 I saw people who were busy being watched. Then the second cart came.",
        at="17:30",
    ).learned(-15, "dev", "An hour is about right, and nobody needs me to say anything in it. That was the hard part.")
    story.plan(
        -13,
        "dev",
        "test a hypothesis",
        "Go first, answer the same day, and end with: what do you need from me for that?",
        "4 of the last 5 can go on in two weeks.",
        check=-3,
        number=("helped", 4),
    ).saw(
        -3,
        "dev",
        "4 of 5. The fifth was a no of mine, well explained, as I thought. They could not do anything with it.",
        4,
        at="17:30",
    ).learned(-2, "dev", "A no needs a next step more than a yes does. I had given them my reasons instead.")
    story.plan(
        -1,
        "dev",
        "exploratory",
        "With the next no, work out with the team for half an hour what they can do meanwhile",
        "They leave the room with 1 step that is theirs, and a day.",
        check=5,
    )
