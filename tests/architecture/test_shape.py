"""The tree keeps its shape: rooms, lengths, who may import what, where SQL may stand."""

import ast
import re
from pathlib import Path

import pytest

from gateway.forwarding.routes import ROUTES
from tests.architecture.sources import (
    PACKAGES,
    ROOT,
    SERVICES,
    imports_of,
    name_of,
    python_files,
    tree_of,
)
from tests.support.documents import application_of, merged_document

LONGEST_FILE = 300
LONGEST_FUNCTION = 36  # "about 30": what is above is mostly one long call or signature
ALL = ("shared", "services", "gateway", "deploy", "tests")
SAID_BEFORE = {"subject_ids"}
"""`State` says what it is; its kinds only give theirs."""
ONE_SITE = {
    "httpx": {"shared/http.py"},
    "aiohttp": {"gateway/"},
    "nats": {"shared/bus.py", "shared/pull.py"},
    "obstore": {"shared/files.py"},
    "aiosmtplib": {"shared/mail.py"},
}
PURE = ("sqlmodel", "sqlalchemy", "fastapi", "starlette", "httpx", "nats", "asyncpg")
SQL = re.compile(
    r"^\s*(SELECT\s.+|INSERT\s+INTO\s.+|UPDATE\s+\w+\s+SET\s.+|DELETE\s+FROM\s.+|WITH\s+\w+\s+AS\s.+)",
    re.DOTALL,
)
FRAGMENT = re.compile(r"\b(SELECT\s.+\sFROM|INSERT\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM)\b")
SQL_ROOMS = ("store.py", "readings.py")
WHOLE_LOTS = "services/clients/imports/"
"""The import works on whole lots of rows: there each step is its statements."""


@pytest.mark.parametrize("path", python_files(*ALL), ids=name_of)
def test_files_stay_short(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= LONGEST_FILE


@pytest.mark.parametrize("path", python_files("shared", "services", "gateway"), ids=name_of)
def test_functions_stay_short(path: Path) -> None:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            if "migrations" in path.parts:
                continue
            assert (node.end_lineno or 0) - node.lineno < LONGEST_FUNCTION, node.name


@pytest.mark.parametrize("path", python_files("shared", "services", "gateway"), ids=name_of)
def test_public_functions_say_what_they_do(path: Path) -> None:
    """What overrides or stands for another says it there."""
    if "migrations" in path.parts:
        return
    tree = tree_of(path)
    classes = [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    public = [each for each in classes if not each.name.startswith("_")]
    for node in [*tree.body, *(each for scope in public for each in scope.body)]:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            said = node.name.startswith("_") or node.name in SAID_BEFORE
            assert said or ast.get_docstring(node), node.name


@pytest.mark.parametrize("path", python_files("shared", "services", "gateway"), ids=name_of)
def test_instants_from_outside_are_bounded(path: Path) -> None:
    """`shared.inputs.Instant` everywhere: an unbounded one overflows when it is counted with."""
    names = {node.id for node in ast.walk(tree_of(path)) if isinstance(node, ast.Name)}
    allowed = {"AwareDatetime"} if name_of(path) == "shared/inputs.py" else set()
    assert names & {"AwareDatetime", "NaiveDatetime", "FutureDatetime", "PastDatetime"} <= allowed


@pytest.mark.parametrize("service", SERVICES)
def test_services_know_shared_and_themselves(service: str) -> None:
    for path in python_files(f"services/{service}"):
        for name in imports_of(path):
            foreign = name.startswith(("services.", "gateway", "deploy", "tests"))
            assert not foreign or name.startswith(f"services.{service}"), (name_of(path), name)


def test_shared_knows_no_service_and_the_gateway_only_shared() -> None:
    for path in python_files("shared"):
        for name in imports_of(path):
            assert not name.startswith(("services", "gateway", "deploy", "tests")), name_of(path)
    for path in python_files("gateway"):
        for name in imports_of(path):
            assert not name.startswith(("services", "deploy", "tests")), name_of(path)


@pytest.mark.parametrize("library", sorted(ONE_SITE))
def test_one_import_site_for_what_may_be_swapped(library: str) -> None:
    for path in python_files("shared", "services", "gateway"):
        if any(name.split(".")[0] == library for name in imports_of(path)):
            assert name_of(path).startswith(tuple(ONE_SITE[library])), name_of(path)


def test_middleware_is_plain_asgi() -> None:
    """Starlette's wrapper leaks connections when a request is cancelled."""
    for path in python_files("shared", "services", "gateway"):
        assert "BaseHTTPMiddleware" not in path.read_text(encoding="utf-8"), name_of(path)


def test_only_the_edges_commit() -> None:
    """What is called inside a transaction decides nothing about its end."""
    for path in python_files("services", "gateway", "deploy"):
        assert _called(path).isdisjoint({"commit", "rollback"}), name_of(path)


def test_tables_come_from_migrations_alone() -> None:
    for path in python_files("shared", "services", "gateway", "deploy"):
        assert "create_all" not in _called(path), name_of(path)


def _called(path: Path) -> set[str]:
    """The names of the methods that a file calls."""
    calls = (node.func for node in ast.walk(tree_of(path)) if isinstance(node, ast.Call))
    return {call.attr for call in calls if isinstance(call, ast.Attribute)}


@pytest.mark.parametrize("name", sorted(PACKAGES))
def test_as_many_requests_work_at_once_as_there_are_connections(name: str) -> None:
    app = application_of(name)
    given = (each.kwargs for each in app.user_middleware)
    places = [each["places"] for each in given if "places" in each]
    assert places == [app.state.service.settings.pool_size]
    made = [
        {each.arg: ast.unparse(each.value) for each in node.keywords}
        for path in python_files("shared", "services", "gateway")
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "Database"
    ]
    assert [each["pool_size"] for each in made] == ["settings.pool_size"]


@pytest.mark.parametrize("collection", [route.collection for route in ROUTES])
def test_every_route_of_the_door_leads_to_an_operation(collection: str) -> None:
    top = f"/api/v1/{collection}"
    assert [path for path in merged_document()["paths"] if f"{path}/".startswith(f"{top}/")]


def test_rules_are_pure() -> None:
    for path in python_files("services", "gateway"):
        if path.name == "rules.py":
            tops = {name.split(".")[0] for name in imports_of(path)}
            assert tops.isdisjoint(PURE), (name_of(path), tops & set(PURE))


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_says_what_it_owns_publishes_and_consumes(service: str) -> None:
    package = ast.get_docstring(tree_of(ROOT / "services" / service / "__init__.py")) or ""
    for word in ("Owns", "Publishes", "Consumes"):
        assert word in package, word


@pytest.mark.parametrize("name", sorted(PACKAGES))
def test_a_service_has_the_rooms(name: str) -> None:
    folder = ROOT / PACKAGES[name].replace(".", "/")
    for room in ("__init__.py", "__main__.py", "app.py", "settings.py", "policy.py"):
        assert (folder / room).exists(), room
    assert (folder / "migrations" / "env.py").exists()


def test_sql_stands_in_stores_readings_and_migrations() -> None:
    astray = [
        f"{name_of(path)}:{node.lineno} {node.value[:50]}"
        for path in python_files("services", "gateway")
        if path.name not in SQL_ROOMS and "migrations" not in path.parts
        if not name_of(path).startswith(WHOLE_LOTS)
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL.match(node.value)
    ]
    assert astray == []


def test_no_statement_is_formatted_from_anything_but_constants() -> None:
    for path in python_files("services", "gateway"):
        if "migrations" in path.parts:
            continue
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.JoinedStr) and FRAGMENT.search(_literal(node)):
                for part in _formatted(node):
                    known = _is_constant(part) or ast.unparse(part) in _literal_loops(path)
                    assert known, (name_of(path), node.lineno, ast.unparse(part))


def _literal(node: ast.JoinedStr) -> str:
    return "".join(
        str(part.value) if isinstance(part, ast.Constant) else "x" for part in node.values
    )


def _formatted(node: ast.JoinedStr) -> list[ast.expr]:
    return [part.value for part in node.values if isinstance(part, ast.FormattedValue)]


def _literal_loops(path: Path) -> set[str]:
    """The variables of loops over literal tuples."""
    return {
        ast.unparse(node.target)
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.For)
        and isinstance(node.iter, ast.Tuple)
        and all(isinstance(element, ast.Constant) for element in node.iter.elts)
    }


def _is_constant(node: ast.expr) -> bool:
    """An upper-case name (of a module), or a call that renders SQL from literals alone."""
    if isinstance(node, ast.Name):
        return node.id.lstrip("_").isupper()
    if isinstance(node, ast.Attribute):
        return node.attr.lstrip("_").isupper()
    if isinstance(node, ast.Call):
        return all(isinstance(a, ast.Constant) or _is_constant(a) for a in node.args)
    return isinstance(node, ast.Constant)
