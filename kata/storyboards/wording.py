"""Quiet hints while people write: plain rules, kept as data, that question a wording and never block it.

The browser runs the same patterns (`as_json`), so a pattern uses only what Python (ASCII) and JavaScript read
alike: no lookbehind, no inline flags, no dot, no `$`, no `\\s`. Rules speak about English text only; their
messages are translated. Every rule carries its own examples, and the tests run them in both languages.
"""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask_babel import lazy_gettext as _

FIELDS = ("challenge", "current", "target", "obstacle", "step", "expectation", "happened", "learned")


@dataclass(frozen=True)
class Rule:
    name: str
    fields: tuple[str, ...]
    pattern: str
    message: Any  # lazy text: translated when it is shown
    better: Any
    hits: tuple[str, ...]
    misses: tuple[str, ...]
    absent: bool = False  # the hint is shown when the pattern is *not* found

    @cached_property
    def _regex(self) -> re.Pattern[str]:
        return re.compile(self.pattern, re.IGNORECASE | re.ASCII)

    def speaks_about(self, text: str) -> bool:
        text = text.strip()
        return bool(text) and bool(self._regex.search(text)) is not self.absent


@dataclass(frozen=True)
class Hint:
    rule: str
    message: str
    better: str


def hints(field: str, text: str) -> tuple[Hint, ...]:
    return tuple(
        Hint(rule.name, str(rule.message), str(rule.better))
        for rule in RULES
        if field in rule.fields and rule.speaks_about(text)
    )


def as_json() -> list[dict[str, object]]:
    """The rules for the browser, with the messages in the reader's language."""
    return [
        {
            "name": rule.name,
            "fields": list(rule.fields),
            "pattern": rule.pattern,
            "flags": "i",
            "absent": rule.absent,
            "message": str(rule.message),
            "better": str(rule.better),
        }
        for rule in RULES
    ]


# Pieces of patterns. What is absent is only missed once a third word has begun: nobody has finished before.
_START = r"^[ \n\"'“‘*•–(0-9.)-]*"
_END = r"[^a-z0-9]*(?![\d\D])"
_UNFINISHED = r"^(?!(?:[^ ]+ +){2})|"
_UNQUOTED = r"^(?:[^\"“”]|[\"“][^\"“”]*[\"”])*?"  # what a customer said, in quotation marks, is a fact
_NUMBER = (
    r"\d|\b(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty"
    r"|fifty|sixty|ninety|hundreds?|thousand|million|dozen|half|halve[ds]?|third|quarter|twice|double[ds]?)\b"
)
_DATE = (
    r"|\b(?:today|tonight|tomorrow|noon|midnight|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|january|february"
    r"|march|april|june|july|august|september|october|november|december"
    r"|(?:by|in|until|before|of) may|next (?:day|week|month|year)|same day|end of (?:the|this))\b"
)
_WHOLE = r"|\b(?:all|both|each|every|always|no|none|nobody|nothing|never)\b"

RULES = (
    Rule(
        name="target-verb",
        fields=("target",),
        pattern=_START
        + r"(?:to )?(?:(?:achieve|add|automate|avoid|buy|create|cut|decrease|deliver|develop|eliminate|ensure"
        r"|establish|get|hire|implement|improve|increase|install|introduce|launch|lower|maintain|make|maximi[sz]e"
        r"|minimi[sz]e|optimi[sz]e|organi[sz]e|prevent|provide|raise|reach|reduce|remove|replace|roll out|set up"
        r"|shorten|simplify|solve|speed up|standardi[sz]e|streamline|write)\b(?! (?:is|are|was|were)\b)"
        r"|(?:answer|build|change|check|define|document|fix|handle|have|keep|move|plan|process|review|start|stop"
        r"|test|train|update|use) (?:a|all|an|any|each|every|fewer|less|more|our|the|their|this|using)\b)",
        message=_("This reads like something to do. A target condition says how the work runs once it is reached."),
        better=_("9 of 10 requests have their first answer within 4 working hours."),
        hits=(
            "Reduce the waiting time to 2 days",
            "to improve first-contact resolution by 10%",
            "1. Train all agents in the new form by June",
            "Answer every call within 20 seconds",
        ),
        misses=(
            "Calls are answered within 20 seconds, in the order in which they arrive",
            "Change requests are decided within 2 days",
            "Test results reach the ward by 10:00",
            "Each morning at 9:00 the team clears yesterday's queue",
        ),
    ),
    Rule(
        name="target-number",
        fields=("target",),
        pattern=_UNFINISHED + _NUMBER,
        absent=True,
        message=_("There is no number yet. How will everyone see that it is reached?"),
        better=_("The oldest open request is at most 3 working days old."),
        hits=(
            "Customers get their answers quickly",
            "The morning round runs without interruptions and everyone knows the plan",
        ),
        misses=(
            "Customers get",
            "The oldest open request is 3 days old",
            "Two people share the morning queue, and half of it is done by noon",
        ),
    ),
    Rule(
        name="target-lack",
        fields=("target",),
        pattern=r"\b(?:lack of|lacking|absence of)\b"
        r"|\bno (?!(?:more|later|longer|less|fewer|earlier|sooner|higher|lower|greater) than\b"
        r"|(?:and|at|by|in|on|or|to|until|within)\b)[a-z]",
        message=_("This says what is not there. Describe what you will see instead."),
        better=_("All 3 kinds of letter name the person who answers questions about it."),
        hits=(
            "No complaints about letters in 4 weeks",
            "There is no backlog on Fridays",
            "No more lack of information at 3 desks",
        ),
        misses=(
            "No more than 5 requests wait at the end of the day",
            "Each request has a yes or no within 2 days",
            "Desk No. 4 answers by noon",
        ),
    ),
    Rule(
        name="obstacle-to-do",
        fields=("obstacle",),
        pattern=_START + r"need to\b|\b(?:we|i|you|they|it|someone|everyone|management) (?:(?:just|really|all|also) )?"
        r"(?:should|must|ought to|needs? to)\b"
        r"|\bneeds? (?:to be )?(?:automated|better|changed|clearer|faster|fixed|hired|improved|more|new|replaced"
        r"|simpler|told|trained|training|updated)\b",
        message=_("This may hide a solution. What happens at the work that stands in the way?"),
        better=_("4 of 10 callers reach us with a question that another desk answers."),
        hits=(
            "We need to train the new colleagues",
            "Need to buy a second scanner",
            "Management should decide faster",
            "The form needs to be simpler",
        ),
        misses=(
            "Agents have to search three systems for one contract",
            "Customers need to call twice to change an address",
            "Each form needs to go through two offices",
        ),
    ),
    Rule(
        name="obstacle-lack",
        fields=("obstacle",),
        pattern=r"\black(?:s|ing)?\b|\bnot enough\b|\binsufficient\b"
        r"|\bthere(?: is|['’]s| are) no (?!answer|reply|response)[a-z]|"
        + _START
        + r"no (?!answer|one|reply|response)[a-z]",
        message=_("What is missing is often a solution in disguise. What do you see because it is missing?"),
        better=_("Two of five new colleagues hand the third step to a neighbour."),
        hits=("Lack of training", "There is no checklist", "Not enough staff on Mondays", "No second printer"),
        misses=(
            "The order number is missing in 3 of 10 letters",
            "No answer comes from the warehouse before 10:30 on 4 days out of 5",
            "No one picks up the phone between 12:00 and 12:30",
        ),
    ),
    Rule(
        name="expectation-number",
        fields=("expectation",),
        pattern=_UNFINISHED + _NUMBER + _DATE + _WHOLE,
        absent=True,
        message=_("There is no number or date here. How much, or by when, so that reality can disagree?"),
        better=_("Of the next 20 callers, at least 15 have their order number at hand."),
        hits=("Customers will be happier with us", "It will improve"),
        misses=(
            "The queue",
            "At least 15 of 20 callers have their number at hand",
            "By Friday the list is on the wall",
            "Nobody asks for the form a second time",
        ),
    ),
    Rule(
        name="happened-interprets",
        fields=("happened",),
        pattern=_UNQUOTED
        + r"\b(?:apparently|because|could have|it (?:shows|means) that|must have been|obviously|seems?|seemed"
        r"|should(?:n[’']t| not)? have|the reason (?:is|was)|which (?:means|proves|shows))\b",
        message=_("This explains or judges. Keep here what was seen and counted; the why goes to what you learned."),
        better=_("12 of 20 callers had the number at hand; 8 looked for it, the longest for 3 minutes."),
        hits=(
            "Only 4 of 10 used it because the form is too long",
            "The night shift should have called back",
            "The new text seems to confuse people",
        ),
        misses=(
            "7 of 20 letters came back, 5 of them without a signature",
            "Two callers said “I hung up because of the music”",
            "The callback was due at 10:00 and came at 10:40",
        ),
    ),
    Rule(
        name="threshold",
        fields=("current", "obstacle", "happened"),
        pattern=_UNQUOTED
        + r"\b(?:(?:i|we|they) (?:think|believe|guess|assume|suppose|suspect|feel)|as far as (?:i|we) know"
        r"|it depends|maybe|most of the time|mostly|normally|not sure|perhaps|possibly|presumably|probably"
        r"|typically|usually)\b",
        message=_("Here facts end and guessing starts: the threshold of knowledge. What would you go and see?"),
        better=_("On 9, 10 and 11 June, 14, 9 and 16 requests waited at 17:00."),
        hits=(
            "I think most requests come by mail",
            "Usually it takes two days",
            "Maybe the printer is too far away",
            "The delay is probably at the second desk",
        ),
        misses=(
            "14 of 30 requests came by mail on Tuesday",
            "A customer said “maybe I should call somebody else”",
            "The clerk walks to the printer 11 times a day",
        ),
    ),
    Rule(
        name="average",
        fields=("current", "target", "obstacle", "happened"),
        pattern=r"\bon average\b|\baverages? (?:of|is|was|were|out)\b|\bin the mean\b",
        message=_("An average hides how the process runs. Write the single values, or the shortest and longest."),
        better=_("The last ten took 4, 6, 5, 31, 4, 7, 5, 6, 28 and 5 minutes."),
        hits=("On average a request takes 2 days", "Calls show an average of 6 minutes"),
        misses=("The last five took 4, 6, 5, 31 and 4 minutes", "The average house owner calls in March"),
    ),
    Rule(
        name="challenge-number",
        fields=("challenge",),
        pattern=_UNFINISHED + _NUMBER + _DATE,
        absent=True,
        message=_("There is no number or date yet. What will customers feel, from how much to how much, by when?"),
        better=_(
            "By June next year, 9 of 10 patients are home within 2 hours after the doctor said so; today it is 5."
        ),
        hits=("Be the best service desk in the region", "Customers love to work with us and tell others"),
        misses=("Customers love", "By June, 95 of 100 parcels arrive on the promised day", "Half the wait by December"),
    ),
    Rule(
        name="challenge-solution",
        fields=("challenge",),
        pattern=_START
        + r"(?:to )?(?:adopt|automate|build|buy|create|deploy|develop|digiti[sz]e|digitali[sz]e|hire|implement"
        r"|install|introduce|launch|migrate|modernise|modernize|outsource|purchase|recruit|reorgani[sz]e"
        r"|restructure|roll out|set up|train)\b"
        r"|\bby (?:automating|buying|hiring|implementing|installing|introducing|rolling out|training)\b",
        message=_(
            "This names a solution. A challenge says what will be better for the customer, and leaves the way open."
        ),
        better=_(
            "By the end of next year, customers have a working laptop on their first day: today 6 of 10, then all."
        ),
        hits=(
            "Introduce a new ticket system by 2027",
            "To automate 50% of the letters",
            "Shorter waits by hiring 3 people",
        ),
        misses=(
            "Families know within 2 days when the operation takes place",
            "In the new system, 9 of 10 orders leave the same day",
            "Training places are confirmed within 3 days",
        ),
    ),
    Rule(
        name="learned-restates",
        fields=("learned",),
        pattern=_START + r"(?:(?:yes|ok|no)[,.:!]? )?(?:"
        r"(?:it|that|this|everything|the (?:change|experiment|hypothesis|idea|prediction|step|test)) "
        r"(?:(?:really|all) )?(?:worked|works|failed|helped|did ?n[o’'] ?t work|did not work"
        r"|(?:was|is) (?:a )?(?:confirmed|correct|failure|fine|good|ok|right|success|successful|wrong)"
        r"|went (?:fine|ok|well))(?:,? (?:again|as (?:we )?(?:expected|hoped|planned|predicted|thought)|fine|well))?"
        r"|(?:all |everything )?(?:went |was )?(?:just |exactly )?as (?:we )?(?:expected|hoped|planned|predicted)"
        r"|nothing(?: new)?|success|failure)" + _END,
        message=_("This repeats the result. What do you know now that you did not know before?"),
        better=_(
            "Callers have the number at hand when the letter shows where it stands; the queue alone told us nothing."
        ),
        hits=("It worked.", "As expected", "The experiment was a success!", "Yes, it worked as planned", "Nothing new"),
        misses=(
            "It worked for letters and not for mails: mails show the number below the fold",
            "As expected on the day shift; at night two people share one login",
            "Nothing arrives before 10:30, so the morning round can start later",
        ),
    ),
    Rule(
        name="step-bundled",
        fields=("step",),
        pattern=r"\band also\b|\b(?:additionally|furthermore|in addition|on top of that)\b"
        r"|(?:^|\n) *(?:2[.)]|b\)) |[ \n]\(2\) |(?:^|\n) *[*•–-] [^\n]+\n+ *[*•–-] ",
        message=_(
            "These look like two changes. One at a time: otherwise nobody can tell which of them made the difference."
        ),
        better=_("Tomorrow from 9:00 to 11:00, ask the first ten callers for the order number at the start."),
        hits=(
            "Move the printer and also shorten the form",
            "1. Ask for the number\n2. Send a mail afterwards",
            "Try (1) a new greeting and (2) a new form",
            "- new greeting\n- new form",
        ),
        misses=(
            "Ask the next ten callers for name and postcode",
            "Watch desk 2 from 9:00 to 10:00 and write down each interruption",
            "At 2. floor only: count the visitors on Monday",
        ),
    ),
)
