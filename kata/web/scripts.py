"""Joins the scripts that every page needs into one file at start; the seldom used modules stay beside it.

There is no bundler: each module becomes a function that returns what it exports, so names never clash, and the
sources stay plain modules that a browser could load as they are. It understands only the few forms of import and
export that our modules use.
"""

from __future__ import annotations

import re
from pathlib import Path

IMPORT = re.compile(r"^import (?:(\{[^}]*\}|\* as \w+) from )?'\./([\w-]+)\.js';\n", re.M)
EXPORT = re.compile(r"^export (?=(?:async )?(?:const|function|class) (\w+))", re.M)
EXPORTS = re.compile(r"^export \{ ([\w, ]+) \};\n", re.M)
COMMENT = re.compile(r"^\s*(?://.*|/\*\*.*\*/)\n|^\s+|(?<=\n)\n", re.M)


def join(folder: Path, entry: str = "main") -> dict[str, str]:
    """The scripts to serve, by file name, from the modules of ``folder``."""
    sources = {file.stem: COMMENT.sub("", file.read_text()) for file in folder.glob("*.js")}
    core: list[str] = []
    _collect(entry, sources, core)
    body = "".join(_as_function(name, sources[name]) for name in core)
    held = ", ".join(f"'{name}': {_name(name)}" for name in core)
    served = {f"{entry}.js": f"{body}export const modules = {{ {held} }};\n"}
    for name in sources.keys() - set(core):
        text, used = sources[name], [f"import {{ modules }} from './{entry}.js';\n"]
        served[f"{name}.js"] = "".join(used) + IMPORT.sub(lambda found: _taken(found, core, "modules['{}']"), text)
    return served


def _collect(name: str, sources: dict[str, str], core: list[str]) -> None:
    """Depth first: a module comes after everything that it imports."""
    for found in IMPORT.finditer(sources[name]):
        if found[2] not in core:
            _collect(found[2], sources, core)
    core.append(name)


def _as_function(name: str, text: str) -> str:
    names = [found[1] for found in EXPORT.finditer(text)]
    names += [each for found in EXPORTS.finditer(text) for each in found[1].split(", ")]
    text = EXPORTS.sub("", EXPORT.sub("", IMPORT.sub(lambda found: _taken(found, None, "{}"), text)))
    return f"const {_name(name)} = (() => {{\n{text}return {{ {', '.join(names)} }};\n}})();\n"


def _taken(found: re.Match[str], core: list[str] | None, place: str) -> str:
    what, name = found[1], found[2]
    if core is not None and name not in core:
        return found[0]
    source = place.format(name if core is not None else _name(name))
    return f"const {what.removeprefix('* as ')} = {source};\n" if what else ""


def _name(module: str) -> str:
    return "$" + module.replace("-", "_")
