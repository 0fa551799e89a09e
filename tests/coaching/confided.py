"""What the cast wrote about one another in coaching, and who alone may read each sentence of it."""

from __future__ import annotations

from html import unescape

from werkzeug.test import TestResponse

from tests.cast_coaching import COACH_SAID, EVIDENCE, INSTRUCTION, LEARNER_SAID, SAID, TRIGGER

LEARNING, COACHING = {"ana", "ben", "cleo"}, {"ben", "cleo"}

#: Who may read each of the sentences of the cast.
READERS = {
    SAID["target"]: LEARNING,
    SAID["actual"]: LEARNING,
    SAID["obstacles"]: LEARNING,
    SAID["feedback"]: LEARNING,
    SAID["reflection"]: LEARNING,
    SAID["practice"]: COACHING,
    COACH_SAID: COACHING,
    LEARNER_SAID: COACHING,
    TRIGGER: COACHING,
    INSTRUCTION: COACHING,
    EVIDENCE["ana"]: {"ana", "ben"},
    EVIDENCE["ben"]: COACHING,
}


def text_of(answer: TestResponse) -> str:
    """What an answer says, whatever it is a page or a file of."""
    return unescape(answer.data.decode(errors="replace"))


def leaks(name: str, answer: TestResponse) -> list[str]:
    """The sentences in an answer to somebody for whom they are not."""
    text = text_of(answer)
    return [sentence for sentence, readers in READERS.items() if name not in readers and sentence in text]
