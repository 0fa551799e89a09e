"""Python looks for garbage rarely, and not while all the rooms are imported."""

from __future__ import annotations

import ast
import gc
import inspect

import kata
from kata import memory


def test_garbage_is_looked_for_rarely_before_anything_else_is_imported() -> None:
    assert gc.get_threshold() == memory.PATIENCE
    code = ast.parse(inspect.getsource(kata)).body
    said = next(at for at, line in enumerate(code) if ast.unparse(line) == "memory.collect_rarely()")
    before = [ast.unparse(line) for line in code[:said] if isinstance(line, ast.Import | ast.ImportFrom)]
    assert before == ["from __future__ import annotations", "from kata import memory"]
