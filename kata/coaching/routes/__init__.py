"""Coaching's addresses: nouns, with the verbs in the actions behind them."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("coaching", __name__)
