"""One person's page: open to anyone signed in; what is written about their practice is another room's section."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue

from kata.access.guard import guarded
from kata.access.policy import Action
from kata.identity.models import Person
from kata.teams import queries
from kata.teams.routes.blueprint import blueprint
from kata.web import sections
from kata.web.render import page


@blueprint.get("/people/<int:person_id>")
@guarded(queries.person, Action.READ)
def person(person: Person) -> ResponseReturnValue:
    context: dict[str, Any] = {"teams": queries.teams_of_person(person.id), "areas": queries.areas_of_leader(person.id)}
    context |= {"sections": sections.of("person", person), "practice": sections.of("practice", person)}
    return page("teams/person.html", person=person, **context)
