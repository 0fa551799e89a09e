"""The third target condition of *Access on the first working day*: on its way, with a result due today."""

from __future__ import annotations

from kata.demo import pictures
from kata.demo.script import Story


def tell(story: Story) -> None:
    story.current(
        -20,
        "ana",
        "The queue is worked in order of arrival until 11:00.\n"
        "On three mornings 7, 9 and 6 people could not work at all; 5, 6 and 4 of them still waited at 10:00.\n"
        "17 of 24 requests are marked “urgent”.\n"
        "Call-backs 5, 5 and 6 on these days. Lists of several names are taken as one request.",
        [
            ("Colleague picks the task", "3 min", "lists of names come as one mail"),
            ("Waits in our queue", "10 – 90 min", "order of arrival; “urgent” on 17 of 24"),
            ("We ring back", "5 – 15 min", "5 to 6 times a day"),
            ("Approver says yes", "5 min – 1 day", "3 of 5 open ones are from Friday"),
            ("We set the rights", "8 min", "4 systems: only Hana"),
            ("Colleague tries it", "–", ""),
        ],
    )
    story.target(
        -19,
        "ana",
        "Colleagues who cannot work are answered first, every morning: at 10:00 at most 1 of them still waits.\n"
        "One call is enough; at most 3 call-backs a day.",
        by=story.days.ahead(9),
        aims=[("share", 87, 95), ("waiting", 5, 1), ("call-backs", 5, 3)],
        at="09:20",
    )
    urgent = story.park(-19, "ana", "17 of 24 requests are marked “urgent”: it sorts nothing", at="09:30")
    order = story.park(
        -19, "ana", "Who cannot work waits behind those who can; we start at the top of the list", at="09:32"
    )
    rare = story.park(-19, "hana", "Requests for four rare systems wait until Hana is at her desk", at="09:34")
    story.park(
        -19, "lars", "Approvers are away on Fridays: 3 of 5 open approvals on a Monday are from then", at="09:36"
    )
    story.park(-18, "joy", "Access to the finance system takes a paper form with two signatures", at="09:40")
    urgent.focus(-19, "ana", at="09:40")

    story.plan(
        -19,
        "ana",
        "go and see",
        "Read the 24 requests of yesterday again and ring those who sent them: who could not work?",
        "Those who could not work have marked “urgent”: at least 7 of 8.",
        check=-18,
        at="09:50",
    ).saw(
        -18,
        "ana",
        "We reached 24 of 24. 8 could not work. 5 of those 8 had marked “urgent”; 12 who could work had marked it too.",
    ).photo(
        -18,
        "ana",
        pictures.tally(
            "24 requests: who could work?",
            [("stuck + urgent", 5), ("stuck, no mark", 3), ("fine + urgent", 12), ("fine, no mark", 4)],
            "urgent = says how I feel",
        ),
        "The tally from our whiteboard",
    ).learned(
        -17,
        "ana",
        "“Urgent” says how somebody feels, not whether they can work. Three who were stuck were too polite to mark it.",
    )
    story.plan(
        -17,
        "ana",
        "test a hypothesis",
        "Replace “urgent” by a question: can you work right now? Yes, partly, no",
        "9 of 10 who say no cannot work, and blocked colleagues waiting at 10:00 fall from 5 to 2.",
        check=-13,
        number=("waiting", 2),
    ).saw(
        -13,
        "mirek",
        "51 requests in four days. 19 said no; I rang all 19, and 17 could not work. Still waiting at 10:00: 5, 4, 4 "
        "and 4.",
        4,
    ).learned(
        -13,
        "mirek",
        "The question sorts well: 17 of 19. The waiting hardly changed: we now know who is stuck, and still start at "
        "the top of the list.",
        at="16:30",
    )
    urgent.removed(-13, "ana", "“Urgent” is gone; 17 of 19 who say no cannot work", at="16:35")
    order.focus(-13, "ana", at="16:40")
    story.plan(
        -13,
        "ana",
        "test a hypothesis",
        "The queue lead sorts the first 30 minutes by “can you work?”, and everyone starts with “no”",
        "On the third morning at most 2 blocked colleagues still wait at 10:00.",
        check=-10,
        number=("waiting", 2),
        at="16:50",
    ).saw(
        -10,
        "joy",
        "Waiting at 10:00: 4, 2 and 5. On the third morning the lead was at a training until 10:30 and the list was "
        "not sorted.",
        5,
    ).learned(
        -9,
        "joy",
        "Sorting does it: 2 on the morning it was done by 08:45. But it hangs on one person. Before 09:00 one of us is "
        "here, and that is not always the lead.",
    )
    story.plan(
        -9,
        "lars",
        "exploratory",
        "Whoever comes first sorts: a card with three lines lies on the desk",
        "Sorted by 08:45 each morning, whoever it is; at most 2 wait at 10:00.",
        check=-6,
        number=("waiting", 2),
    ).saw(
        -6,
        "lars",
        "Sorted at 08:40, 08:42 and 08:50, by Hana, Joy and me. Waiting at 10:00: 3, 2 and 2.",
        2,
    ).photo(
        -6,
        "lars",
        pictures.card(
            "Whoever is first",
            ["1  Filter: “can you work?” = no", "2  Put them on top, oldest first", "3  Start with number one"],
        ),
        "The card on the desk",
    ).learned(
        -5,
        "lars",
        "It needs no lead, only the card. Both who still waited today and yesterday need one of the rare systems: "
        "that is the next thing.",
    )
    order.removed(-5, "ana", "Sorted by 08:50 on four mornings, by four different people")
    rare.focus(-5, "ana")
    story.current(
        -5,
        "ana",
        "By 08:50 the list is sorted by whoever comes first; “no” is on top.\n"
        "On the last three mornings 2, 2 and 2 blocked colleagues still waited at 10:00. 5 of the 6 needed a rare "
        "system.\n"
        "Call-backs 4, 3 and 3 on these days.\n"
        "Hana opens rare requests at 10:15, after the common ones.",
        [
            ("Colleague picks the task", "3 min", "says whether they can work"),
            ("First one in sorts", "8 min", "by 08:50, with the card"),
            ("“No” is worked first", "5 – 40 min", "rare systems: wait for Hana, 10:15"),
            ("We ring back", "5 – 15 min", "3 to 4 times a day"),
            ("Approver says yes", "5 min – 1 day", "3 of 5 open ones are from Friday"),
            ("We set the rights", "8 min", "4 systems: only Hana"),
        ],
    )
    story.plan(
        -3,
        "ana",
        "test a hypothesis",
        "For three mornings, Hana starts with the rare requests that say “no”, before the common ones",
        "On the third morning at most 1 blocked colleague still waits at 10:00.",
        check=0,
        number=("waiting", 1),
        at="16:30",
    )
