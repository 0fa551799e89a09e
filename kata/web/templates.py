"""What Jinja works out anew at each call and import, worked out once.

A page calls macros and looks words up several hundred times and puts fifty pieces together, so that what is asked each
time adds up to a tenth of the page. Nothing here changes what a template means.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from functools import _lru_cache_wrapper, lru_cache
from types import FunctionType, MethodType
from typing import Any

from flask import current_app, g
from jinja2 import Environment, Template
from jinja2.environment import TemplateModule
from jinja2.runtime import Context, Macro, new_context
from markupsafe import Markup, escape

from kata.web.language import reader


class Page(Template):
    """A template that has no globals of its own, so that those of all templates need not be gathered and compared.

    Jinja goes through them name by name for each piece that is rendered, and asks at every import whether they are
    others by the difference of two sets; a storyboard imports macros more than fifty times.
    """

    @classmethod
    def _from_namespace(
        cls, environment: Environment, namespace: MutableMapping[str, Any], globals: MutableMapping[str, Any]
    ) -> Template:
        namespace["escape"] = written  # what its compiled code calls for each value
        return super()._from_namespace(environment, namespace, globals)

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        return super()._get_default_module()

    def new_context(
        self, vars: dict[str, Any] | None = None, shared: bool = False, locals: Mapping[str, Any] | None = None
    ) -> Context:
        known = vars if shared else {**self.environment.globals, **(vars or {})}
        return new_context(self.environment, self.name, self.blocks, known, True, None, locals)


def written(value: Any) -> Markup:
    """``escape``, which makes another of what is markup already: words, icons, and all that macros made."""
    return value if type(value) is Markup else escape(value)


#: What says by an attribute of its own that it wants the context.
PLAIN = {FunctionType, MethodType}


class Surroundings(Context):
    """What a template knows while it renders; calls macros, functions and methods without asking what they are.

    Jinja asks of whatever is called, by six look-ups, whether it wants the context as its first argument. A macro wants
    a part of it, plain functions and methods say so in their dictionary, and everything else is asked as before.
    """

    def call(self, called: Any, /, *args: Any, **kwargs: Any) -> Any:
        kind = type(called)
        if kind is Macro:
            args = (self.eval_ctx, *args)
        elif kind is not _lru_cache_wrapper and (kind not in PLAIN or hasattr(called, "jinja_pass_arg")):
            return super().call(called, *args, **kwargs)
        if kwargs:
            kwargs.pop("_block_vars", None)
            kwargs.pop("_loop_vars", None)
        return called(*args, **kwargs)


def rendered(template: str, /, **context: Any) -> str:
    """The template by its name, with who is looking beside what it is given; the same as Flask's ``render_template``.

    Flask gathers what every template knows from each extension that has something, for every piece of a page.
    """
    app = current_app
    known = {"viewer": g.get("viewer"), "demo": app.config["DEMO"]}
    return app.jinja_env.get_template(template).render({**known, **context})


def kept_piece(template: str, /, **facts: str | bool) -> Markup:
    """A piece of pages that is the same for everybody who reads in one language, but for ``facts``: rendered once.

    It knows nothing else: a piece that asks who is looking, or what was typed, fails instead of keeping it for others.
    """
    who = reader()
    return _kept(template, who.locale, who.catalogue, tuple(facts.items()))


@lru_cache(maxsize=1024)
def _kept(template: str, _locale: str, _catalogue: Any, facts: tuple[tuple[str, str | bool], ...]) -> Markup:
    return Markup(current_app.jinja_env.get_template(template).render(facts))  # noqa: S704 - rendered by our own templates
