"""Makes an npm lock file hold everywhere: no registry address, and every platform's packages.

`npm install` silently leaves out optional packages of other platforms that the registry of the
day does not offer, and `npm ci` then refuses the lock. Such a package is entered by its exact
version and platform; it has no hash until a lock is written where it is offered.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

SYSTEMS: Final = "android|darwin|freebsd|linux|netbsd|openbsd|openharmony|sunos|win32"
_PLATFORM: Final = re.compile(rf"-({SYSTEMS})-([a-z0-9]+)(?:-([a-z]+))?$")
_EXACT: Final = re.compile(r"\d+\.\d+\.\d+")
LIBRARIES: Final = {"gnu": "glibc", "musl": "musl"}

Packages = dict[str, dict[str, Any]]


def tidy(lock: Path) -> None:
    """Rewrite the file: addresses out, absent platform packages in."""
    content = json.loads(lock.read_text())
    packages: Packages = content["packages"]
    for package in packages.values():
        if "://" in package.get("resolved", ""):
            del package["resolved"]
    packages.update(dict(_absent(packages)))
    content["packages"] = dict(sorted(packages.items()))
    lock.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n")


def _absent(packages: Packages) -> Iterator[tuple[str, dict[str, Any]]]:
    for package in packages.values():
        for name, version in package.get("optionalDependencies", {}).items():
            platform = _PLATFORM.search(name)
            path = f"node_modules/{name}"
            if platform and path not in packages and _EXACT.fullmatch(version):
                yield path, _entry(version, package, *platform.groups())


def _entry(
    version: str, parent: dict[str, Any], system: str, processor: str, library: str | None
) -> dict[str, Any]:
    entry: dict[str, Any] = {"version": version, "cpu": [processor], "optional": True}
    if parent.get("dev"):
        entry["dev"] = True
    if system == "linux" and library in LIBRARIES:
        entry["libc"] = [LIBRARIES[library]]
    entry["os"] = [system]
    return entry


if __name__ == "__main__":
    tidy(Path(sys.argv[1]))
