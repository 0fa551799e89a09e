"""Endpoints of the identity room, by what people come for."""

from __future__ import annotations

from kata.identity import mails, tidying
from kata.identity.routes import anonymity, entry, people, settings
from kata.identity.routes.blueprint import blueprint

__all__ = ["anonymity", "blueprint", "entry", "mails", "people", "settings", "tidying"]
