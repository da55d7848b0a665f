"""What the interface asks a person's rights for is what some service's policy allows."""

import re
from typing import Final

from services.engagements.members.rules import OVERSEERS as OF_ENGAGEMENTS
from services.surveys.refs.store import OVERSEERS as OF_SURVEYS
from tests.architecture.sources import ROOT
from tests.architecture.test_words import policies

_ASKED: Final = re.compile(
    r"""(?:usePermission\(|permits\(\w+,\s*|useCan\([^"]*"\w+",\s*|\["/?[\w/]+",\s*)"([a-z-]+:[a-z-]+)"""
)
_OVERSEERS: Final = re.compile(r"^  (\w+): \[(.*)\],$", re.MULTILINE)


def test_a_button_never_waits_for_a_right_that_nobody_has() -> None:
    source = ROOT / "web" / "src"
    asked = {
        act for path in source.rglob("*.ts*") for act in _ASKED.findall(path.read_text("utf-8"))
    }
    assert len(asked) > 30, "the interface asks in another way now"
    assert asked - policies() == set()


def test_the_interface_knows_who_sees_all() -> None:
    reach = (ROOT / "web" / "src" / "auth" / "reach.ts").read_text("utf-8")
    said = {of: set(re.findall(r'"(\w+)"', roles)) for of, roles in _OVERSEERS.findall(reach)}
    assert said == {"engagements": set(OF_ENGAGEMENTS), "surveys": set(OF_SURVEYS)}
