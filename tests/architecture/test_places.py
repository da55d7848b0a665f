"""Whatever is refused as not valid (422) names the place: no raise in the sources leaves it out.

An id that a body names is looked up where `named_at` says which; `tests/security/bodies.py` calls
every field that takes one with the ids of others.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from shared.errors import Field, NotFound, NotKnownYet, Problem, Unprocessable
from shared.naming import named_at
from tests.architecture.sources import PACKAGES, modules_of, name_of, python_files, tree_of

OF_NO_PLACE: Final = {
    "KeyReused": "the header Idempotency-Key, as its sentence says",
    "PlanTooLong": "the days of all tasks; of one task's, where those are changed",
}
"""Refusals about no value that the body has in one place."""
BY_THE_CALLER: Final = {
    "NotKnownYet": "events name what they are about, bodies where they look it up",
    "NotAbout": "tests/services/desk/test_bad_input.py, both lists",
    "NotAssignable": "tests/security/test_matrix_desk.py",
}
"""Refusals raised without their place: who asks says it, and a test holds that it does."""


def _kinds(kind: type[Problem] = Unprocessable) -> Iterator[type[Problem]]:
    for package in (*PACKAGES.values(), "shared"):
        modules_of(package)
    for each in kind.__subclasses__():
        yield each
        yield from _kinds(each)


def _raised(node: ast.AST, named: bool = False) -> Iterator[tuple[ast.Call, bool]]:
    """Every error raised below a node, and whether a block around it names the place."""
    if isinstance(node, ast.With | ast.AsyncWith):
        named = named or any("named_at" in ast.dump(item) for item in node.items)
    if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
        yield node.exc, named
    for child in ast.iter_child_nodes(node):
        yield from _raised(child, named)


def _said(call: ast.Call, named: bool, kinds: dict[str, list[type[Problem]]]) -> bool:
    """Whether an error that is raised says its place, or is of none."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else ast.unparse(call.func)
    if named or name in OF_NO_PLACE or name in BY_THE_CALLER:
        return True
    if any(word.arg == "errors" for word in call.keywords):
        return True
    return all(kind.place is not None or "__init__" in vars(kind) for kind in kinds.get(name, ()))


def _by_name() -> dict[str, list[type[Problem]]]:
    found: dict[str, list[type[Problem]]] = {}
    for kind in (*_kinds(), Unprocessable):
        found.setdefault(kind.__name__, []).append(kind)
    return found


@pytest.mark.parametrize("path", python_files("services", "gateway", "shared"), ids=name_of)
def test_whatever_is_refused_as_not_valid_says_the_place(path: Path) -> None:
    kinds = _by_name()
    left_out = [
        f"{call.lineno}: {ast.unparse(call)}"
        for call, named in _raised(tree_of(path))
        if not _said(call, named, kinds)
    ]
    assert left_out == []


@pytest.mark.parametrize(
    "kind", [kind for kind in _kinds() if kind.place is not None], ids=lambda kind: kind.__name__
)
def test_a_kind_with_a_place_points_at_it(kind: type[Problem]) -> None:
    words: dict[str, Any] = dict.fromkeys(re.findall(r"{(\w+)}", kind.text["en"]), "x")
    (place,) = kind(**words).document("en", "r")["errors"]
    assert place["pointer"] == kind.place and place["code"] == kind.code
    assert place["detail"] == kind(**words).detail("en")


def test_no_excuse_is_out_of_date() -> None:
    raised = {
        ast.unparse(call.func).rpartition(".")[2]
        for path in python_files("services", "gateway", "shared")
        for call, _ in _raised(tree_of(path))
    }
    assert (OF_NO_PLACE.keys() | BY_THE_CALLER.keys()) - raised == set()


def test_what_is_looked_up_is_named_at_its_place_unless_a_closer_one_is_known() -> None:
    with pytest.raises(NotKnownYet) as unknown, named_at("/owner_id"):
        raise NotKnownYet("user", 1)
    assert [each.pointer for each in unknown.value.errors] == ["/owner_id"]
    with pytest.raises(NotFound) as missing, named_at("/case_id"):
        raise NotFound()
    assert missing.value.document("zh", "r")["errors"][0]["pointer"] == "/case_id"
    with pytest.raises(Unprocessable) as closer, named_at("/period"):
        raise Unprocessable(errors=[Field("/period/end", en="x", zh="x")])
    assert [each.pointer for each in closer.value.errors] == ["/period/end"]
