"""Everything that the record can tell, by kind, each in a phrase that follows a name.

Phrases say what happened, never what somebody wrote: an administrator reads no more of boards, voices and coaching
than anybody else. A test holds that every verb of the code stands here.
"""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from kata.alignment.words import PHRASES as OF_BARRIERS
from kata.coaching.words import PHRASES as OF_CYCLES
from kata.stories.words import PHRASES as OF_STORIES
from kata.storyboards.queries.history import PHRASES as OF_BOARDS

Phrases = dict[tuple[str, str], Any]

SIGN_INS: Phrases = {
    ("person", "signed in"): _l("signed in"),
    ("person", "signed out"): _l("signed out"),
    ("person", "signed out everywhere else"): _l("signed out every other device"),
    ("person", "sign-in failed"): _l("tried to sign in: wrong address or password"),
    ("person", "sign-in throttled"): _l("tried to sign in too often"),
    ("person", "password refused"): _l("gave a wrong password for a change of the account"),
    ("person", "password throttled"): _l("gave wrong passwords too often"),
    ("person", "asked for a sign-in link"): _l("asked for a sign-in link by mail"),
    ("person", "asked for too many sign-in links"): _l("asked for sign-in links too often"),
    ("person", "made a sign-in link"): _l("made a sign-in link"),
    ("person", "used a sign-in link"): _l("used a sign-in link"),
    ("person", "sign-in link refused"): _l("tried a sign-in link that does not work"),
    ("person", "set password"): _l("set a password"),
    ("person", "settled in"): _l("settled in by a sign-in link"),
    ("person", "asked for another e-mail"): _l("asked for another e-mail address"),
    ("person", "changed e-mail"): _l("changed the e-mail address"),
}

REFUSALS: Phrases = {
    ("endpoint", "refused"): _l("was refused"),
    ("endpoint", "looked for"): _l("asked for what is not there, or not theirs to see"),
    ("endpoint", "came from another site"): _l("was refused: sent from another site"),
    ("endpoint", "sent no token"): _l("was refused: a form too old, or from elsewhere"),
    **{
        key: SIGN_INS[key]
        for key in SIGN_INS
        if key[1]
        in {
            "sign-in failed",
            "sign-in throttled",
            "sign-in link refused",
            "password refused",
            "password throttled",
            "asked for too many sign-in links",
        }
    },
}

ADMINISTRATION: Phrases = {
    ("installation", "restored a backup"): _l("restored a backup"),
    ("person", "created"): _l("made an account"),
    ("person", "rewrote"): _l("changed an account"),
    ("person", "made an administrator"): _l("made somebody an administrator"),
    ("person", "no administrator any more"): _l("took the administration from somebody"),
    ("person", "was signed out everywhere"): _l("signed somebody out on every device"),
    ("person", "closed account"): _l("closed an account"),
    ("person", "reopened account"): _l("opened an account again"),
    ("person", "anonymised"): _l("anonymised somebody"),
    ("membership", "joined"): _l("gave a role in a team"),
    ("membership", "ended"): _l("ended a role in a team"),
    ("invitation", "invited"): _l("made an invitation"),
    ("invitation", "accepted"): _l("joined by an invitation"),
    ("invitation", "withdrew"): _l("withdrew an invitation"),
    ("invitation", "offered again"): _l("took a withdrawal back"),
    ("invitation", "kept for one address"): _l("kept an invitation for one address"),
    ("team", "created"): _l("made a team"),
    ("team", "rewrote"): _l("changed a team"),
    ("team", "closed"): _l("closed a team"),
    ("team", "reopened"): _l("opened a team again"),
    ("area", "created"): _l("made an area"),
    ("area", "rewrote"): _l("changed an area"),
    ("area", "closed"): _l("closed an area"),
    ("area", "reopened"): _l("opened an area again"),
    ("area_leader", "appointed"): _l("made somebody leader of an area"),
    ("area_leader", "ended"): _l("ended the leadership of an area"),
    ("board_opening", "looked into"): _l("opened a storyboard that is closed to its team"),
    ("listening", "opened the closed voices"): _l("opened voices that are closed to their team"),
    ("story_link", "shared the story"): OF_STORIES["story_link", "shared the story"],
    ("story_link", "stopped the link"): OF_STORIES["story_link", "stopped the link"],
    ("calendar_feed", "made a calendar"): _l("made a calendar address"),
    ("calendar_feed", "revoked a calendar"): _l("revoked a calendar address"),
    ("skill", "added a skill"): _l("added a skill"),
    ("skill", "rewrote a skill"): _l("changed a skill"),
    ("skill", "archived"): _l("archived a skill"),
    ("skill", "restored"): _l("brought a skill back"),
    ("skill", "moved"): _l("moved a skill in the list"),
    ("skill", "made room"): _l("made room for a skill in the list"),
}

STORYBOARDS: Phrases = {
    **{key: phrase for key, phrase in OF_BOARDS.items() if key[0] != "board_opening"},
    ("challenge", "set the area's challenge"): _l("set the challenge of an area"),
    ("challenge", "tied the area's challenge"): _l("tied an area’s challenge to another"),
    ("challenge", "ended the area's challenge"): _l("ended the challenge of an area"),
    ("target_measure", "aimed at"): _l("set an aim for a measure"),
    ("target_measure", "no longer aims at"): _l("took an aim for a measure off"),
    ("obstacle", "moved"): _l("moved an obstacle"),
    ("obstacle", "made room"): _l("made room for an obstacle"),
    ("obstacle", "left behind"): _l("left an obstacle behind with its target condition"),
    ("experiment", "amended"): _l("amended an experiment"),
}

COACHING: Phrases = {
    **{key: phrase for key, phrase in OF_CYCLES.items() if phrase is not None},
    ("coaching_cycle", "began a coaching cycle"): _l("began a coaching cycle"),
    ("cycle_note", "noted"): _l("wrote a note in a coaching cycle"),
    ("observed_level", "observed"): _l("observed a level"),
    ("coaching_observation", "watched"): _l("watched a coaching cycle as second coach"),
    ("instruction", "instructed"): _l("gave a coach an instruction"),
    ("instruction", "reworded"): _l("reworded an instruction"),
    ("instruction", "marked as habit"): _l("called an instruction a habit"),
    ("instruction", "took up again"): _l("took an instruction up again"),
}

CUSTOMERS: Phrases = {
    ("customer", "named"): _l("named a customer"),
    ("customer", "rewrote"): _l("changed a customer"),
    ("customer", "archived"): _l("put a customer away"),
    ("customer", "restored"): _l("brought a customer back"),
    ("moment_of_truth", "named"): _l("named a moment of truth"),
    ("moment_of_truth", "rewrote"): _l("changed a moment of truth"),
    ("moment_of_truth", "archived"): _l("put a moment of truth away"),
    ("moment_of_truth", "restored"): _l("brought a moment of truth back"),
    ("moment_of_truth", "moved"): _l("moved a moment of truth"),
    ("moment_of_truth", "made room"): _l("made room for a moment of truth"),
    ("moment_measure", "linked a measure"): _l("linked a measure to a moment of truth"),
    ("moment_measure", "restored"): _l("linked a measure to a moment of truth again"),
    ("moment_measure", "took a measure off"): _l("took a measure off a moment of truth"),
    ("voice", "heard"): _l("wrote down a voice"),
    ("voice", "reworded"): _l("reworded a voice"),
    ("voice", "archived"): _l("put a voice away"),
    ("voice", "restored"): _l("brought a voice back"),
    ("voice", "struck out personal data"): _l("struck personal data out of a voice"),
    ("listening", "closed the voices to the team"): _l("closed the voices to the team"),
    ("listening", "opened the voices to everyone"): _l("opened the voices to everyone"),
    ("conversation", "planned"): _l("planned a regular conversation"),
    ("conversation", "replanned"): _l("planned a regular conversation anew"),
    ("conversation", "moved on"): _l("moved a regular conversation to its next day"),
    ("conversation", "archived"): _l("put a regular conversation away"),
    ("conversation", "restored"): _l("brought a regular conversation back"),
    ("conversation", "struck out personal data"): _l("struck personal data out of a conversation"),
    ("conversation_held", "held"): _l("held a conversation"),
    ("conversation_held", "struck out personal data"): _l("struck personal data out of a conversation’s note"),
}

MEASURES: Phrases = {
    ("measure", "created"): _l("made a measure"),
    ("measure", "rewrote"): _l("changed a measure"),
    ("measure", "set the chart of"): _l("set the chart of a measure"),
    ("measure", "archived"): _l("put a measure away"),
    ("measure", "restored"): _l("brought a measure back"),
    ("measure", "pasted readings"): _l("added many readings at once"),
    ("reading", "entered"): _l("entered a reading"),
    ("reading", "corrected"): _l("corrected a reading"),
    ("reading", "noted"): _l("noted something at a reading"),
    ("reading", "struck out"): _l("struck a reading out"),
    ("reading", "restored"): _l("let a reading count again"),
    ("phase", "started"): _l("started a phase"),
    ("phase", "took back"): _l("took a phase back"),
    ("phase", "restored"): _l("brought a phase back"),
    ("import_recipe", "kept"): _l("kept how a file is read"),
}

BARRIERS: Phrases = {
    **{key: phrase for key, phrase in OF_BARRIERS.items() if phrase is not None},
    ("barrier", "was answered"): _l("answered a barrier"),
    ("barrier", "was passed up"): _l("passed a barrier up"),
    ("barrier", "was joined"): _l("joined other barriers to this one"),
    ("barrier", "is answered for others"): _l("made a barrier the one that is answered for others"),
    ("barrier", "is answered with another"): _l("let a barrier be answered with another"),
    ("barrier_stop", "brought"): _l("brought a barrier to an area"),
}

ACCOUNT: Phrases = {
    ("person", "changed profile"): _l("changed their profile"),
    ("person", "changed theme"): _l("chose light or dark"),
    ("digest_setting", "chose when to be told"): _l("chose when to be told by mail"),
}

#: The kinds that the log can be narrowed to, in the order in which they are offered, and how each is called.
KINDS: dict[str, tuple[Any, Phrases]] = {
    "sign-ins": (_l("Signing in"), SIGN_INS),
    "refusals": (_l("Refusals"), REFUSALS),
    "administration": (_l("Administration"), ADMINISTRATION),
    "storyboards": (_l("Storyboards"), STORYBOARDS),
    "coaching": (_l("Coaching"), COACHING),
    "customers": (_l("Customers"), CUSTOMERS),
    "measures": (_l("Measures"), MEASURES),
    "barriers": (_l("Barriers"), BARRIERS),
    "settings": (_l("Own settings"), ACCOUNT),
}

PHRASES: Phrases = {key: phrase for _label, phrases in KINDS.values() for key, phrase in phrases.items()}
REFUSED = frozenset(REFUSALS)
ROLES = {"member": _l("member"), "coach": _l("coach")}
