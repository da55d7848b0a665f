"""Whatever is refused as not valid (422) names the place: none made in the sources leaves it out.

An id that a body names is looked up where `named_at` says which; `tests/security/bodies.py` calls
every field that takes one with the ids of others.
"""

from __future__ import annotations

import ast
import builtins
import inspect
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import pytest

from shared.errors import Field, NotFound, NotKnownYet, Problem, Unprocessable
from shared.naming import named_at
from tests.architecture.sources import PACKAGES, modules_of, tree_of

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


MODULES: Final = [
    each for package in (*PACKAGES.values(), "shared") for each in modules_of(package)
]


def _kinds(kind: type[Problem] = Problem) -> Iterator[type[Problem]]:
    """Every kind of refusal as not valid."""
    if kind.status == 422:
        yield kind
    for each in kind.__subclasses__():
        yield from _kinds(each)


KINDS: Final = list(dict.fromkeys(_kinds()))
MADE_THEIR_OWN_WAY: Final = [
    kind for kind in KINDS if "__init__" in vars(kind) and kind.__name__ not in BY_THE_CALLER
]


def _meant(node: ast.expr, module: ModuleType) -> object:
    """What a name, dotted or not, stands for in a module; nothing where it is of a function's."""
    if isinstance(node, ast.Name):
        return vars(module).get(node.id)
    if isinstance(node, ast.Attribute):
        return getattr(_meant(node.value, module), node.attr, None)
    return None


def _made(node: ast.AST, named: bool = False) -> Iterator[tuple[ast.expr, ast.expr, bool]]:
    """Whatever is called or raised below a node, the class or function named there, and whether a
    block around it names the place.
    """
    if isinstance(node, ast.With | ast.AsyncWith):
        named = named or any("named_at" in ast.dump(item) for item in node.items)
    if isinstance(node, ast.Call):
        who = node.func
        choices = [who.body, who.orelse] if isinstance(who, ast.IfExp) else [who]
        yield from ((node, each, named) for each in choices)
    elif isinstance(node, ast.Raise) and isinstance(node.exc, ast.Name | ast.Attribute):
        yield node.exc, node.exc, named
    for child in ast.iter_child_nodes(node):
        yield from _made(child, named)


def _refusals(module: ModuleType) -> Iterator[tuple[ast.expr, type[Problem], bool]]:
    """Where a module makes what is refused as not valid, raised there or elsewhere."""
    assert module.__file__ is not None
    for made, name, named in _made(tree_of(Path(module.__file__))):
        kind = _meant(name, module)
        if isinstance(kind, type) and kind in KINDS:
            yield made, kind, named


def _said(made: ast.expr, kind: type[Problem], named: bool) -> bool:
    """Whether a refusal says its place, or is of none."""
    if named or kind.__name__ in OF_NO_PLACE.keys() | BY_THE_CALLER.keys():
        return True
    if isinstance(made, ast.Call) and any(word.arg == "errors" for word in made.keywords):
        return True
    return kind.place is not None or kind in MADE_THEIR_OWN_WAY


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_whatever_is_refused_as_not_valid_says_the_place(module: ModuleType) -> None:
    left_out = [
        f"{made.lineno}: {ast.unparse(made)}"
        for made, kind, named in _refusals(module)
        if not _said(made, kind, named)
    ]
    assert left_out == []


def test_whatever_is_made_of_a_class_is_known_by_its_name() -> None:
    unknown = [
        f"{module.__name__}: {ast.unparse(made)}"
        for module in MODULES
        for made, name, _ in _made(tree_of(Path(str(module.__file__))))
        if re.fullmatch(r"(\w+\.)*_?[A-Z][a-z]\w*", ast.unparse(name))
        and _meant(name, module) is None
        and not hasattr(builtins, ast.unparse(name))
    ]
    assert unknown == []


@pytest.mark.parametrize(
    "kind", [kind for kind in KINDS if kind.place is not None], ids=lambda kind: kind.__name__
)
def test_a_kind_with_a_place_points_at_it(kind: type[Problem]) -> None:
    words: dict[str, Any] = dict.fromkeys(re.findall(r"{(\w+)}", str(kind.text)), "x")
    (place,) = kind(**words).document("en", "r")["errors"]
    assert place["pointer"] == kind.place and place["code"] == kind.code
    assert place["detail"] == kind(**words).detail("en")


@pytest.mark.parametrize("kind", MADE_THEIR_OWN_WAY, ids=lambda kind: kind.__name__)
def test_a_kind_that_is_made_its_own_way_says_its_place(kind: type[Problem]) -> None:
    asked = inspect.signature(kind, eval_str=True).parameters.values()
    needed = [each for each in asked if each.default is each.empty]
    samples: dict[type, object] = {str: "x", datetime: datetime(2026, 1, 1, tzinfo=UTC)}
    assert kind(*(samples[each.annotation] for each in needed)).errors


def test_no_excuse_is_out_of_date() -> None:
    made = {kind.__name__ for module in MODULES for _, kind, _ in _refusals(module)}
    assert (OF_NO_PLACE.keys() | BY_THE_CALLER.keys()) - made == set()


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
