"""The entry point for the server and for ``flask --app wsgi``: reads the environment, builds the app."""

import os
import sys

from config import SettingsError, from_environment
from kata import create_app

try:
    app = create_app(from_environment(os.environ, serving=os.environ.get("FLASK_RUN_FROM_CLI") != "true"))
except SettingsError as refusal:
    sys.exit(f"kata: {refusal}")
