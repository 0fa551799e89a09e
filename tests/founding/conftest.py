"""A file of areas, teams and people, as an administrator brings it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.client import Client, form_fields
from tests.conftest import SignIn

ROWS = """\
Area\tTeam\tTime zone\tPractice days\tLanguage\tPerson\tRole\tE-mail
Harbour > Pilots\tNight watch\tParis\tMon-Thu\tFrench\tHal Moss\tlearner\thal@example.org
\t\t\t\t\tIda Bell\tcoach\tida@example.org
\t\t\t\t\tJo Lund\tmember\t
Harbour\t\t\t\t\tKim Ray\tleader\tkim@example.org
"""


class Bringing:
    """Shows a file and says yes to it; ``form`` is what the browser would send with the yes."""

    def __init__(self, client: Client) -> None:
        self.client, self.form = client, dict[str, Any]()

    def look(self, rows: str = ROWS) -> TestResponse:
        answer = self.client.post("/admin/import", {"pasted": rows})
        if 'action="/admin/import/making"' in answer.text:
            self.form = form_fields(answer.text, "/admin/import/making")
        return answer

    def make(self, rows: str = ROWS) -> TestResponse:
        self.look(rows)
        return self.again()

    def again(self) -> TestResponse:
        return self.client.post("/admin/import/making", self.form)


@pytest.fixture
def bringing(as_: SignIn) -> Bringing:
    return Bringing(as_("root"))


Words = Callable[[str], str]
