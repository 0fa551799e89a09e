"""The worker's round through the outbox: claim a mail, find its words, hand it over, note what came of it."""

from __future__ import annotations

from datetime import timedelta
from email.utils import parseaddr
from urllib.parse import urlsplit

from flask import current_app

from kata import clock, retention, worker
from kata.extensions import db, only_reading
from kata.outbox import actions, queries
from kata.outbox.kinds import Letter, kind
from kata.outbox.message import Unaddressable, compose
from kata.outbox.models import ENDED, Mail
from kata.outbox.smtp import Line, NoServer, Refused, Unsure
from kata.retention import let_go
from kata.worker import Job

#: So many mails are looked up at once; between two of them the worker may stop.
BATCH = 50


def is_set_up() -> bool:
    """Whether mails can be sent from here."""
    return current_app.config["MAIL_SERVER"] is not None


def send_waiting() -> int:
    """Send what waits, as long as the server takes it and nobody asks the worker to stop; answers how many left."""
    with only_reading():
        lying = queries.left_lying()
    if lying:
        actions.settle()
        db.session.commit()
    if not is_set_up():
        return 0
    line, sent = Line(current_app.config["MAIL_SERVER"], _host()), 0
    try:
        while batch := _to_send():
            for mail_id in batch:
                if worker.stopping():
                    return sent
                sent += _send(line, mail_id)
    except NoServer as trouble:
        current_app.logger.warning("Mails wait: the mail server cannot be used now (%s).", trouble)
    finally:
        line.hang_up()
    return sent


def _to_send() -> list[int]:
    with only_reading():
        return queries.to_send(BATCH)


def _send(line: Line, mail_id: int) -> bool:
    """Send one mail if it can be claimed. Raises ``NoServer`` when no other mail would have it better now."""
    claim = actions.claim(mail_id)
    if claim is None:
        return False
    mail = _claimed(mail_id)
    try:
        return _hand_over(line, mail, claim)
    except Exception as error:
        _note(mail, claim, error)
        if isinstance(error, NoServer):
            raise
        return False


def _hand_over(line: Line, mail: Mail, claim: str) -> bool:
    letter = _words(mail)
    if letter is None:
        actions.end(mail.id, claim, "dropped", "There was nothing left to say.")
        return False
    message = compose(letter, key=mail.key, to=mail.address, sender=_sender(), host=_host(), at=clock.now())
    line.offer(parseaddr(_sender())[1], message["To"].addresses[0].addr_spec)
    marked = False
    try:
        marked = actions.begin_sending(mail.id, claim, {**mail.about, **letter.remember})
    finally:
        if not marked:
            line.drop()  # the server waits for words that are not ours to send
    if not marked:
        return False
    line.hand_over(bytes(message))
    actions.end(mail.id, claim, "sent")
    return True


def _note(mail: Mail, claim: str, error: Exception) -> None:
    """What came of a mail that was not taken."""
    db.session.rollback()
    if isinstance(error, Unsure):
        actions.end(mail.id, claim, "uncertain", str(error))
    elif isinstance(error, Unaddressable) or (isinstance(error, Refused) and error.for_good):
        actions.end(mail.id, claim, "failed", str(error))
    elif isinstance(error, Refused | NoServer):
        actions.put_back(mail.id, claim, mail.tries, str(error))
    else:
        current_app.logger.error("The words of mail %s could not be found.", mail.id, exc_info=error)
        actions.put_back(mail.id, claim, mail.tries, "Its words could not be found; the log says why.")


def _claimed(mail_id: int) -> Mail:
    with only_reading():
        mail = queries.mail(mail_id)
        assert mail is not None, "what was claimed is there"  # noqa: S101 - for the type checker
        return mail


def _words(mail: Mail) -> Letter | None:
    """What the mail says now, as its reader may read it now. Commits what has to stand before it."""
    if before := kind(mail.kind).before:
        before(mail)
        db.session.commit()
    with only_reading():
        return kind(mail.kind).write(mail)


def _sender() -> str:
    return str(current_app.config["MAIL_FROM"])


def _host() -> str:
    return urlsplit(str(current_app.config["PUBLIC_URL"])).hostname or "localhost"


def tidy() -> None:
    """Let go of what ended long ago, some at a time. Commits as it goes."""
    let_go(Mail, Mail.state.in_(ENDED), Mail.ended_at < clock.now() - actions.RETENTION)


worker.add(Job("send the outbox", timedelta(seconds=5), send_waiting))
worker.add(Job("tidy the outbox", retention.EVERY, tidy))
