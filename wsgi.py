"""The entry point for the server and for ``flask --app wsgi``: reads the environment, builds the app."""

import os
import sys

from config import SettingsError, from_environment
from kata import create_app

try:
    app = create_app(from_environment(os.environ, serving=os.environ.get("FLASK_RUN_FROM_CLI") != "true"))
except SettingsError as refusal:
    print(f"kata: {refusal}", file=sys.stderr)  # noqa: T201 - there is no app yet that could log it
    sys.exit(4)  # what gunicorn takes as "this app cannot start", so that it stops instead of trying for ever
