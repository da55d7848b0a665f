"""What the architecture tests look at: source files as syntax trees, and declared readings."""

import ast
import importlib
import pkgutil
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from types import ModuleType

from shared.reading import Detail, Listing

ROOT = Path(__file__).parents[2]
SERVICES = sorted(path.name for path in (ROOT / "services").iterdir() if (path / "app.py").exists())
PACKAGES = {
    **{name: f"services.{name}" for name in SERVICES},
    **({"gateway": "gateway"} if (ROOT / "gateway" / "app.py").exists() else {}),
}
"""Service name to its package: those that can be started."""


def python_files(*folders: str) -> list[Path]:
    """Python sources below `folders` of the repository, generated ones aside."""
    found = (path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return sorted(path for path in found if "node_modules" not in path.parts)


def name_of(path: Path) -> str:
    """The path as the tests report it."""
    return path.relative_to(ROOT).as_posix()


@lru_cache(maxsize=4096)
def tree_of(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text("utf-8"), str(path))


def imports_of(path: Path) -> Iterator[str]:
    """The dotted names that a file imports, wherever in the file."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module


@lru_cache(maxsize=32)
def modules_of(package: str) -> tuple[ModuleType, ...]:
    """Every module of a package, migrations and entry points aside."""
    top = importlib.import_module(package)
    found = [top]
    for info in pkgutil.walk_packages(top.__path__, f"{package}."):
        if ".migrations" not in info.name and not info.name.endswith("__main__"):
            found.append(importlib.import_module(info.name))
    return tuple(found)


@lru_cache(maxsize=32)
def readings_of(package: str) -> tuple[Listing | Detail, ...]:
    """Every reading a package declares, served or not."""
    found: dict[int, Listing | Detail] = {}
    for module in modules_of(package):
        for value in vars(module).values():
            if isinstance(value, Listing | Detail):
                found[id(value)] = value
    return tuple(found.values())
