"""Papers point to what is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAPERS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: str(paper.relative_to(ROOT)))
def test_every_relative_link_leads_somewhere(paper: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", paper.read_text()):
        assert (paper.parent / target).exists(), target


def test_both_readmes_tell_the_same() -> None:
    english, chinese = ((ROOT / name).read_text() for name in ("README.md", "README.zh-CN.md"))

    def links(text: str) -> set[str]:
        found = re.findall(r"\(((?:tests|docs)/[^)]+)\)", text)
        return {each.replace(".zh-CN.md", ".md") for each in found if "images" not in each}

    assert links(english) == links(chinese)
    assert english.count("\n## ") == chinese.count("\n## ")


@pytest.mark.parametrize("english", [ROOT / "README.md", *(ROOT / "docs" / "guide").glob("*.md")])
def test_both_languages_show_the_same_pictures_each_in_its_own(english: Path) -> None:
    if english.name.endswith(".zh-CN.md"):
        return
    chinese = english.with_name(english.name.replace(".md", ".zh-CN.md"))

    def pictures(paper: Path, language: str) -> list[str]:
        found = re.findall(r"!\[[^\]]+\]\(\S*/([\w-]+)\.png\)", paper.read_text())
        assert found and all(name.endswith(f"-{language}") for name in found), found
        return [name.removesuffix(f"-{language}") for name in found]

    assert pictures(english, "en") == pictures(chinese, "zh")


def test_decisions_stay_short() -> None:
    for paper in (ROOT / "docs" / "decisions").glob("*.md"):
        assert len(paper.read_text().splitlines()) <= 50, paper.name
