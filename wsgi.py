"""The entry point for the server and for ``flask --app wsgi``: reads the environment, builds the app."""

import os
import sys

from config import SettingsError, from_environment
from kata import create_app
from kata.cli import bring_up_to_date, refusal_to_serve
from kata.extensions import db

#: The worker writes to people, so it needs the address and the secret that a server needs; other commands serve nobody.
serving = os.environ.get("FLASK_RUN_FROM_CLI") != "true" or "worker" in sys.argv

try:
    app = create_app(from_environment(os.environ, serving=serving))
except SettingsError as refusal:
    print(f"kata: {refusal}", file=sys.stderr)  # noqa: T201 - there is no app yet that could log it
    sys.exit(4)  # what gunicorn takes as "this app cannot start", so that it stops instead of trying for ever

if os.environ.get("KATA_PREPARE"):
    # Asked by bin/run of gunicorn's master, which has the app in its hands already: a second start of Python to do the
    # same would take longer than all the rest. The workers must not inherit its connections.
    with app.app_context():
        bring_up_to_date(with_demo=os.environ["KATA_PREPARE"] == "demo")
        db.engine.dispose()
elif os.environ.get("FLASK_RUN_FROM_CLI") != "true" and (why := refusal_to_serve(app)):
    print(f"kata: {why}", file=sys.stderr)  # noqa: T201 - the server has not begun to log
    sys.exit(4)
