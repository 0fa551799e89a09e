"""Who may do what, at every address of the app: the table that the tests hold it to.

A row is: method, address, what it is asked about (a board of the cast, or nothing in particular) and the kind of
answer, which ``ANSWERS`` spells out for each kind of person. A new address without a row fails its test.

``ok`` it is done or shown · ``in`` sign in first · ``no`` refused (403) · ``--`` as if it did not exist (404) ·
``un`` the form is answered with its own words (422) · ``to`` sent elsewhere (303), since there is nothing to show.
"""

from __future__ import annotations

from typing import NamedTuple

from tests.access import alignment, coaching, founding, help, leadership, learning, notifications, stories

PEOPLE = ("nobody", "fay", "ana", "gus", "ben", "cleo", "eve", "dev", "root")

# fay: signed in, belongs nowhere · ana: learner · gus: member · ben: coach · cleo: second coach of ana's boards
# eve: member of another team · dev: leader of the top area · root: administrator
ANSWERS = """
                    nobody  fay  ana  gus  ben  cleo  eve  dev  root
anyone              ok      ok   ok   ok   ok   ok    ok   ok   ok
signed-in           in      ok   ok   ok   ok   ok    ok   ok   ok
signed-in:away      in      to   to   to   to   to    to   to   to
visitors            ok      to   to   to   to   to    to   to   to
team                in      no   ok   ok   ok   no    no   no   no
team:starts         in      no   ok   ok   ok   no    ok   no   no
closed:readers      in      --   ok   ok   ok   ok    --   --   --
closed:writers      in      --   ok   ok   ok   no    --   --   --
other-team          in      no   no   no   no   no    ok   no   no
inviters            in      no   ok   ok   ok   no    no   ok   ok
leaders             in      no   no   no   no   no    no   ok   ok
area-leader         in      no   no   no   no   no    no   ok   no
administrators      in      no   no   no   no   no    no   no   ok
closed:opens        in      --   no   no   no   no    --   --   ok
closed:hears        in      --   --   --   --   --    ok   --   --
team:sees           in      --   ok   ok   ok   --    --   --   --
"""

TABLE = """
GET   /healthz                                        -         anyone
GET   /readyz                                         -         anyone
GET   /sign-in                                        -         visitors
POST  /sign-in                                        -         anyone
POST  /sign-out                                       -         signed-in
GET   /link/<token>                                   -         anyone
POST  /link/<token>                                   -         anyone
GET   /join/<token>                                   -         anyone
POST  /join/<token>                                   -         anyone
GET   /welcome                                        -         signed-in:away
POST  /welcome                                        -         signed-in:away

GET   /                                               -         signed-in
GET   /log                                            -         signed-in
GET   /go                                             -         signed-in
GET   /wording.json                                   -         signed-in

GET   /settings                                       -         signed-in
GET   /settings/components                           -         administrators
POST  /settings/profile                               -         signed-in
POST  /settings/theme                                 -         signed-in
POST  /settings/email                                 -         signed-in
POST  /settings/password                              -         signed-in
POST  /settings/sessions/<int:session_id>/end         -         signed-in
POST  /settings/sessions/end                          -         signed-in

GET   /boards                                         -         signed-in
GET   /boards.csv                                     -         signed-in
GET   /boards/new                                     -         signed-in
POST  /boards                                         -         team:starts
GET   /boards/<int:board_id>                          board     signed-in
GET   /boards/<int:board_id>                          closed    closed:readers
GET   /boards/<int:board_id>                          practice  closed:readers
GET   /boards/<int:board_id>/print                    board     signed-in
GET   /boards/<int:board_id>/print                    closed    closed:readers
GET   /boards/<int:board_id>/wall                     board     signed-in
GET   /boards/<int:board_id>/wall                     practice  closed:readers
GET   /boards/<int:board_id>/history                  board     signed-in
GET   /boards/<int:board_id>/history                  closed    closed:readers
GET   /boards/<int:board_id>/history.csv              board     signed-in
GET   /boards/<int:board_id>/history.csv              closed    closed:readers
GET   /boards/<int:board_id>/history.csv              practice  closed:readers
GET   /boards/<int:board_id>/experiments.csv          board     signed-in
GET   /boards/<int:board_id>/experiments.csv          closed    closed:readers
GET   /boards/<int:board_id>/experiments.csv          practice  closed:readers
GET   /boards/<int:board_id>/obstacles.csv            board     signed-in
GET   /boards/<int:board_id>/obstacles.csv            closed    closed:readers
GET   /boards/<int:board_id>/obstacles.csv            practice  closed:readers
GET   /boards/<int:board_id>/record                   board     signed-in
GET   /boards/<int:board_id>/record                   closed    closed:readers
GET   /boards/<int:board_id>/conditions               board     signed-in
GET   /boards/<int:board_id>/conditions               closed    closed:readers
GET   /boards/<int:board_id>/sheets/<name>            board     signed-in
GET   /boards/<int:board_id>/sheets/<name>            closed    closed:readers
GET   /boards/<int:board_id>/next                     board     signed-in
GET   /boards/<int:board_id>/next                     closed    closed:readers
GET   /boards/<int:board_id>/edit                     board     team
GET   /boards/<int:board_id>/edit                     closed    closed:writers
POST  /boards/<int:board_id>                          board     team
POST  /boards/<int:board_id>                          closed    closed:writers
POST  /boards/<int:board_id>                          practice  closed:writers
POST  /boards/<int:board_id>                          other     other-team
POST  /boards/<int:board_id>/closure                  board     team
POST  /boards/<int:board_id>/closure                  closed    closed:writers
GET   /boards/<int:board_id>/ending                   board     team
POST  /boards/<int:board_id>/ending                   board     team
POST  /boards/<int:board_id>/archiving                board     team
POST  /boards/<int:board_id>/archiving                closed    closed:writers
POST  /boards/<int:board_id>/reopening                board     team
GET   /boards/<int:board_id>/opening                  board     administrators
GET   /boards/<int:board_id>/opening                  closed    closed:opens
POST  /boards/<int:board_id>/opening                  closed    closed:opens
POST  /boards/<int:board_id>/opening                  practice  closed:opens

GET   /boards/<int:board_id>/challenge/edit           board     team
POST  /boards/<int:board_id>/challenge                board     team
POST  /boards/<int:board_id>/challenge                closed    closed:writers
GET   /boards/<int:board_id>/conditions/new           board     team
POST  /boards/<int:board_id>/conditions               board     team
POST  /boards/<int:board_id>/conditions               closed    closed:writers
GET   /boards/<int:board_id>/targets/new              board     team
POST  /boards/<int:board_id>/targets                  board     team
GET   /targets/<int:target_id>/edit                   board     team
GET   /targets/<int:target_id>/edit                   closed    closed:writers
POST  /targets/<int:target_id>                        board     team
POST  /targets/<int:target_id>                        closed    closed:writers
POST  /targets/<int:target_id>                        other     other-team
GET   /targets/<int:target_id>/ending                 board     team
POST  /targets/<int:target_id>/ending                 board     team

GET   /boards/<int:board_id>/signals/new              board     team
POST  /boards/<int:board_id>/signals                  board     team
GET   /signals/<int:answer_id>/edit                   board     team
POST  /signals/<int:answer_id>                        board     team

GET   /boards/<int:board_id>/obstacles/new            board     team
POST  /boards/<int:board_id>/obstacles                board     team
POST  /boards/<int:board_id>/obstacles                closed    closed:writers
GET   /obstacles/<int:obstacle_id>/edit               board     team
POST  /obstacles/<int:obstacle_id>                    board     team
POST  /obstacles/<int:obstacle_id>                    closed    closed:writers
POST  /obstacles/<int:obstacle_id>                    practice  closed:writers
POST  /obstacles/<int:obstacle_id>                    other     other-team
GET   /obstacles/<int:obstacle_id>/ending             board     team
POST  /obstacles/<int:obstacle_id>/ending             board     team
POST  /obstacles/<int:obstacle_id>/return             board     team
POST  /obstacles/<int:obstacle_id>/focus              board     team
POST  /obstacles/<int:obstacle_id>/waiting            board     team
POST  /obstacles/<int:obstacle_id>/position           board     team

GET   /boards/<int:board_id>/experiments/new          board     team
POST  /boards/<int:board_id>/experiments              board     team
POST  /boards/<int:board_id>/experiments              closed    closed:writers
GET   /experiments/<int:experiment_id>                board     signed-in
GET   /experiments/<int:experiment_id>                closed    closed:readers
GET   /experiments/<int:experiment_id>                practice  closed:readers
GET   /experiments/<int:experiment_id>/edit           board     team
POST  /experiments/<int:experiment_id>                board     team
POST  /experiments/<int:experiment_id>                other     other-team
GET   /experiments/<int:experiment_id>/conclusion     board     team
POST  /experiments/<int:experiment_id>/conclusion     board     team
POST  /experiments/<int:experiment_id>/conclusion     closed    closed:writers
GET   /experiments/<int:experiment_id>/setting-aside  board     team
POST  /experiments/<int:experiment_id>/setting-aside  board     team
POST  /experiments/<int:experiment_id>/amendments     board     team
POST  /experiments/<int:experiment_id>/photos         board     team
POST  /experiments/<int:experiment_id>/photos         closed    closed:writers
GET   /photos/<int:photo_id>                          board     signed-in
GET   /photos/<int:photo_id>/small                    board     signed-in
POST  /photos/<int:photo_id>/removal                  board     team
POST  /photos/<int:photo_id>/return                   board     team

GET   /measures/<int:measure_id>                      -         signed-in
GET   /measures/<int:measure_id>.csv                  -         signed-in
GET   /measures/<int:measure_id>.svg                  -         signed-in
GET   /measures/<int:measure_id>.png                  -         signed-in
GET   /measures/<int:measure_id>/about                -         signed-in
GET   /measures/<int:measure_id>/edit                 -         team
POST  /measures/<int:measure_id>                      -         team
POST  /measures/<int:measure_id>                      other     other-team
POST  /measures/<int:measure_id>/archive              -         team
POST  /measures/<int:measure_id>/restoration          -         team
GET   /measures/<int:measure_id>/readings/new         -         team
POST  /measures/<int:measure_id>/readings             -         team
GET   /measures/<int:measure_id>/readings/paste       -         team
POST  /measures/<int:measure_id>/readings/paste       -         team
GET   /measures/<int:measure_id>/readings/edit        -         team
POST  /measures/<int:measure_id>/readings/edit        -         team
GET   /measures/<int:measure_id>/rules                -         signed-in
GET   /measures/<int:measure_id>/rules/edit           -         team
POST  /measures/<int:measure_id>/rules                -         team
POST  /measures/<int:measure_id>/rules                other     other-team
GET   /measures/<int:measure_id>/phases               -         signed-in
GET   /measures/<int:measure_id>/phases/new           -         team
POST  /measures/<int:measure_id>/phases               -         team
POST  /phases/<int:phase_id>/removal                  -         team
POST  /phases/<int:phase_id>/restoration              -         team
GET   /readings/<int:reading_id>                      -         signed-in
GET   /readings/<int:reading_id>/note                 -         team
POST  /readings/<int:reading_id>/note                 -         team
POST  /readings/<int:reading_id>                      -         team
POST  /readings/<int:reading_id>/strike               -         team
POST  /readings/<int:reading_id>/restoration          -         team
GET   /teams/<slug>/measures                          -         signed-in
GET   /teams/<slug>/measures.csv                      -         signed-in
GET   /teams/<slug>/measures/new                      -         team
POST  /teams/<slug>/measures                          -         team

GET   /measures/import                                -         signed-in
POST  /measures/import                                -         team:starts
GET   /imports/<int:upload_id>                        -         team:sees
POST  /imports/<int:upload_id>                        -         team:sees
POST  /imports/<int:upload_id>/table                  -         team:sees
POST  /imports/<int:upload_id>/saving                 -         team:sees
POST  /imports/<int:upload_id>/removal                -         team:sees

GET   /customers                                      -         signed-in
GET   /teams/<slug>/customers                         -         signed-in
GET   /teams/<slug>/customers                         hushed    signed-in
GET   /teams/<slug>/customers/new                     -         team
POST  /teams/<slug>/customers                         -         team
POST  /teams/<slug>/customers                         hushed    other-team
GET   /customers/<int:customer_id>/edit               -         team
POST  /customers/<int:customer_id>                    -         team
POST  /customers/<int:customer_id>                    hushed    other-team
POST  /customers/<int:customer_id>/archive            -         team
POST  /customers/<int:customer_id>/restoration        -         team
GET   /teams/<slug>/moments/new                       -         team
POST  /teams/<slug>/moments                           -         team
GET   /moments/<int:moment_id>                        -         signed-in
GET   /moments/<int:moment_id>                        hushed    signed-in
GET   /moments/<int:moment_id>/edit                   -         team
POST  /moments/<int:moment_id>                        -         team
POST  /moments/<int:moment_id>                        hushed    other-team
POST  /moments/<int:moment_id>/archive                -         team
POST  /moments/<int:moment_id>/restoration            -         team
POST  /moments/<int:moment_id>/position               -         team
GET   /moments/<int:moment_id>/measures/new           -         team
GET   /moments/<int:moment_id>/measures               -         signed-in
POST  /moments/<int:moment_id>/measures               -         team
POST  /moments/<int:moment_id>/measures/<int:measure_id>/removal  -  team
GET   /voices/new                                     -         signed-in
GET   /teams/<slug>/voices                            -         signed-in
GET   /teams/<slug>/voices                            hushed    closed:hears
GET   /teams/<slug>/voices.csv                        -         signed-in
GET   /teams/<slug>/voices.csv                        hushed    closed:hears
GET   /teams/<slug>/voices/new                        -         team
GET   /teams/<slug>/voices/new                        hushed    closed:hears
POST  /teams/<slug>/voices                            -         team
POST  /teams/<slug>/voices                            hushed    closed:hears
GET   /voices/<int:voice_id>                          -         signed-in
GET   /voices/<int:voice_id>                          hushed    closed:hears
GET   /voices/<int:voice_id>/edit                     -         team
GET   /voices/<int:voice_id>/edit                     hushed    closed:hears
POST  /voices/<int:voice_id>                          -         team
POST  /voices/<int:voice_id>                          hushed    closed:hears
POST  /voices/<int:voice_id>/archive                  -         team
POST  /voices/<int:voice_id>/archive                  hushed    closed:hears
POST  /voices/<int:voice_id>/restoration              -         team
GET   /voices/<int:voice_id>/strike                   -         team
GET   /voices/<int:voice_id>/strike                   hushed    closed:hears
POST  /voices/<int:voice_id>/strike                   -         team
POST  /voices/<int:voice_id>/strike                   hushed    closed:hears
POST  /teams/<slug>/listening                         -         team
POST  /teams/<slug>/listening                         hushed    other-team
GET   /teams/<slug>/voices/opening                    hushed    administrators
POST  /teams/<slug>/voices/opening                    hushed    administrators
GET   /teams/<slug>/conversations/new                 -         team
POST  /teams/<slug>/conversations                     -         team
GET   /conversations/<int:conversation_id>            -         signed-in
GET   /conversations/<int:conversation_id>            hushed    closed:hears
GET   /conversations/<int:conversation_id>/edit       -         team
POST  /conversations/<int:conversation_id>            -         team
POST  /conversations/<int:conversation_id>            hushed    closed:hears
POST  /conversations/<int:conversation_id>/archive    -         team
POST  /conversations/<int:conversation_id>/restoration  -       team
GET   /conversations/<int:conversation_id>/held/new   -         team
POST  /conversations/<int:conversation_id>/held       -         team
POST  /conversations/<int:conversation_id>/held       hushed    closed:hears
GET   /conversations/<int:conversation_id>/strike     -         team
GET   /conversations/<int:conversation_id>/strike     hushed    closed:hears
POST  /conversations/<int:conversation_id>/strike     -         team
POST  /conversations/<int:conversation_id>/strike     hushed    closed:hears
GET   /held/<int:held_id>                             -         signed-in
GET   /held/<int:held_id>                             hushed    closed:hears
GET   /held/<int:held_id>/strike                      -         team
GET   /held/<int:held_id>/strike                      hushed    closed:hears
POST  /held/<int:held_id>/strike                      -         team
POST  /held/<int:held_id>/strike                      hushed    closed:hears
GET   /held/<int:held_id>/voices/new                  -         team
POST  /held/<int:held_id>/voices                      -         team
POST  /held/<int:held_id>/voices                      hushed    closed:hears

GET   /teams                                          -         signed-in
GET   /teams.csv                                      -         signed-in
GET   /teams/<slug>                                   -         signed-in
GET   /teams/<slug>/members.csv                       -         signed-in
GET   /teams/<slug>/edit                              -         leaders
POST  /teams/<slug>/edit                              -         leaders
POST  /teams/<slug>/closing                           -         leaders
GET   /teams/<slug>/invitations                       -         inviters
POST  /teams/<slug>/invitations                       -         inviters
POST  /invitations/<int:invitation_id>/withdrawal     -         inviters
GET   /teams/<slug>/members/new                       -         leaders
POST  /teams/<slug>/members                           -         leaders
POST  /memberships/<int:membership_id>/role           -         leaders
POST  /memberships/<int:membership_id>/end            -         leaders
GET   /areas/<int:area_id>/teams/new                  -         leaders
POST  /areas/<int:area_id>/teams/new                  -         leaders
GET   /people/<int:person_id>                         -         signed-in
GET   /areas/<int:area_id>/challenges/new             -         area-leader
POST  /areas/<int:area_id>/challenges                 -         area-leader
GET   /challenges/<int:challenge_id>/serving          -         area-leader
POST  /challenges/<int:challenge_id>/serving          -         area-leader
POST  /challenges/<int:challenge_id>/ending           -         area-leader

GET   /admin/audit                                    -         administrators
GET   /admin/audit.csv                                -         administrators
GET   /admin/areas                                    -         administrators
GET   /admin/areas/new                                -         administrators
POST  /admin/areas/new                                -         administrators
GET   /admin/areas/<int:area_id>                      -         administrators
POST  /admin/areas/<int:area_id>                      -         administrators
POST  /admin/areas/<int:area_id>/closing              -         administrators
POST  /admin/areas/<int:area_id>/leaders              -         administrators
POST  /admin/leaders/<int:office_id>/end              -         administrators
GET   /admin/people                                   -         administrators
GET   /admin/people.csv                               -         administrators
GET   /admin/people/new                               -         administrators
POST  /admin/people/new                               -         administrators
GET   /admin/people/<int:person_id>                   -         administrators
POST  /admin/people/<int:person_id>                   -         administrators
POST  /admin/people/<int:person_id>/closing           -         administrators
GET   /admin/people/<int:person_id>/anonymity         -         administrators
POST  /admin/people/<int:person_id>/anonymity         -         administrators
POST  /admin/people/<int:person_id>/link              -         administrators
POST  /admin/people/<int:person_id>/sessions/end      -         administrators
"""


class Row(NamedTuple):
    """One line of the table, with the answer that each person is given."""

    method: str
    rule: str
    about: str
    answers: dict[str, str]

    def __str__(self) -> str:
        return f"{self.method} {self.rule} {self.about}"


def _answers() -> dict[str, dict[str, str]]:
    lines = [
        line.split()
        for line in (
            ANSWERS.strip() + coaching.ANSWERS + alignment.ANSWERS + notifications.ANSWERS + stories.ANSWERS
        ).splitlines()
        if line
    ]
    assert tuple(lines[0]) == PEOPLE
    return {name: dict(zip(PEOPLE, answers, strict=True)) for name, *answers in lines[1:]}


def _rows() -> list[Row]:
    answers = _answers()
    tables = TABLE + coaching.TABLE + alignment.TABLE + learning.TABLE + leadership.TABLE
    tables += notifications.TABLE + stories.TABLE + help.TABLE + founding.TABLE
    parts = [line.split() for line in tables.splitlines() if line.strip()]
    return [Row(method, rule, about, answers[kind]) for method, rule, about, kind in parts]


ROWS = _rows()
