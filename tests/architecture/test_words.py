"""Names that services give are said in words: recorded acts, kinds of records, scopes of keys."""

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from shared import contracts
from shared.events import Event
from tests.architecture.sources import PACKAGES, ROOT, SERVICES, python_files, tree_of

LOCALES: Final = ROOT / "web" / "src" / "locales"
READS: Final = {"list", "view", "rate"}
RIGHTS_ONLY: Final = {"client:export", "history:import", "invitation:open", "response:import"}
"""What a policy allows and nothing records under that name."""
ACT: Final = re.compile(r"[a-z][a-z-]*:[a-z][a-z_-]*")
SOURCES: Final = ("shared", "services", "gateway")
PERSONAL: Final = {"me", "session"}
"""A key has neither a session nor an account of its own."""
ELSEWHERE: Final = ("policy.py", "api.py", "readings.py")
"""Rooms that name acts to allow them."""


def texts(path: Path) -> Iterator[str]:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def policies() -> set[str]:
    """Every act that any service allows."""
    return {
        act for package in PACKAGES.values() for act in import_module(f"{package}.policy").POLICY
    }


def allowed() -> set[str]:
    """The acts of every policy: some are recorded under a name put together from its parts."""
    return {act for act in policies() if act.split(":")[1] not in READS} - RIGHTS_ONLY


def written_out() -> set[str]:
    """Acts as they stand in the rooms that do them."""
    paths = [path for path in python_files(*SOURCES) if path.name not in ELSEWHERE]
    acts = {text for path in paths for text in texts(path) if ACT.fullmatch(text)}
    return {act for act in acts if act.split(":")[1] not in READS}


def by_event() -> set[str]:
    """Acts recorded under the name of their event: those of people."""
    source = (ROOT / "gateway" / "users" / "actions.py").read_text("utf-8")
    assert 'f"user:{event.action}"' in source
    taken = re.findall(r"_step\(session, user, UserStatus\.\w+, (\w+)\)", source)
    module = import_module(f"{contracts.__name__}.gateway")
    events: list[type[Event[Any]]] = [getattr(module, name) for name in taken]
    return {f"user:{event.action}" for event in events}


def kinds() -> set[str]:
    """Kinds of records that rows are about: as written beside an id, or of what an event tells."""
    found = {
        state.aggregate
        for module in (*SERVICES, "gateway")
        for state in vars(import_module(f"{contracts.__name__}.{module}")).values()
        if getattr(state, "aggregate", None)
    }
    for path in python_files(*SOURCES):
        if "audit" not in path.read_text("utf-8"):
            continue
        for node in ast.walk(tree_of(path)):
            match node:
                case ast.Tuple(elts=[ast.Constant(value=str(kind)), ast.Attribute() as which]):
                    found |= {kind} if which.attr == "id" else set()
    return found


def words(language: str) -> set[str]:
    """The acts that have words in a language, as services record them."""
    told = (LOCALES / language / "acts.ts").read_text("utf-8")
    groups = re.findall(r'^  "?([a-z-]+)"?: \{(.*?)\},?$', told, re.DOTALL | re.MULTILINE)
    verbs = {noun: re.findall(r'(?:^|[\s,{])"?([a-z_-]+)"?: "', body) for noun, body in groups}
    return {f"{noun}:{verb}" for noun, each in verbs.items() for verb in each}


def keys_of(group: str, told: str) -> set[str]:
    """The names that a flat group of a locale file has words for."""
    body = re.search(rf"  {group}: \{{(.*?)\}}", told, re.DOTALL)
    assert body
    return set(re.findall(r'"?([\w-]+)"?: "', body[1]))


def test_every_act_that_a_service_can_record_has_words_in_both_languages() -> None:
    recorded = allowed() | written_out() | by_event()
    assert {"opportunity:move", "engagement:hold", "user:deactivated"} < recorded
    for language in ("en", "zh-CN"):
        assert recorded - words(language) == set()


def test_every_kind_of_record_in_the_trail_has_words_in_both_languages() -> None:
    assert {"case", "key", "stakeholder", "campaign"} < kinds()
    for language in ("en", "zh-CN"):
        told = (LOCALES / language / "audit.ts").read_text("utf-8")
        assert kinds() - keys_of("kind", told) == set()


def test_every_scope_that_a_key_can_have_has_words_in_both_languages() -> None:
    scopes = {act.split(":")[0] for act in policies()} - PERSONAL
    for language in ("en", "zh-CN"):
        told = (LOCALES / language / "keys.ts").read_text("utf-8")
        assert scopes - keys_of("resource", told) == set()
