"""Reads our Dockerfile and does by hand what building an image would do with our own files."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Self

ROOT = Path(__file__).resolve().parents[2]
DOCKERFILE = ROOT / "deploy" / "Dockerfile"


@dataclass(frozen=True)
class Dockerfile:
    """The instructions, stage by stage, each as (word, rest)."""

    stages: tuple[tuple[tuple[str, str], ...], ...]

    @classmethod
    def read(cls) -> Self:
        """The Dockerfile as it stands."""
        text = re.sub(r"^#.*\n", "", DOCKERFILE.read_text(), flags=re.MULTILINE)
        lines = re.sub(r"\\\n\s*", " ", text).splitlines()
        stages: list[list[tuple[str, str]]] = [[]]
        for line in filter(None, map(str.strip, lines)):
            word, _, rest = line.partition(" ")
            if word == "FROM":
                stages.append([])
            stages[-1].append((word, rest))
        return cls(tuple(tuple(stage) for stage in stages[1:]))

    def stage(self, name: str) -> tuple[tuple[str, str], ...]:
        """The stage of that name."""
        return next(each for each in self.stages if each[0][1].endswith(f" AS {name}"))

    @property
    def final(self) -> tuple[tuple[str, str], ...]:
        """What becomes the image."""
        return self.stages[-1]

    def value(self, word: str) -> str:
        """The last instruction of a kind in the image."""
        return [rest for each, rest in self.final if each == word][-1]

    def start_command(self) -> list[str]:
        """What a container runs."""
        return list(json.loads(self.value("CMD")))

    def health_command(self) -> list[str]:
        """What says whether a container lives."""
        return list(json.loads(self.value("HEALTHCHECK").partition("CMD ")[2]))

    def environment(self, service: str) -> dict[str, str]:
        """The image's variables, PATH aside: the machine's own interpreter stands for it."""
        pairs = (part.partition("=") for part in self.value("ENV").split())
        values = {name: value.replace("$SERVICE", service) for name, _, value in pairs}
        return {name: value for name, value in values.items() if name != "PATH"}

    def copy_code(self, service: str, folder: Path) -> None:
        """Do the code stage: its COPY (the web build as it is here) and its RUN."""
        for word, rest in self.stage("code"):
            if word == "COPY":
                *options, source, target = rest.split()
                origin = ROOT / ("web/dist" if options else source)
                shutil.copytree(
                    origin, folder / target, ignore=shutil.ignore_patterns("__pycache__")
                )
            elif word == "RUN":
                subprocess.run(["sh", "-ec", rest], cwd=folder, check=True, env=_shell(service))


def _shell(service: str) -> dict[str, str]:
    """An image's shell: its own interpreter first."""
    return {"SERVICE": service, "PATH": f"{ROOT / '.venv' / 'bin'}:/usr/bin:/bin"}
