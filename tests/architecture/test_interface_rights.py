"""What the interface asks a person's rights for is what some service's policy allows."""

import re
from typing import Final

from tests.architecture.sources import ROOT
from tests.architecture.test_words import policies

_ASKED: Final = re.compile(
    r"""(?:usePermission\(|permits\(\w+,\s*|useCan\([^"]*"\w+",\s*|\["/[\w/]+",\s*)"([a-z-]+:[a-z-]+)"""
)


def test_a_button_never_waits_for_a_right_that_nobody_has() -> None:
    source = ROOT / "web" / "src"
    asked = {
        act for path in source.rglob("*.ts*") for act in _ASKED.findall(path.read_text("utf-8"))
    }
    assert len(asked) > 30, "the interface asks in another way now"
    assert asked - policies() == set()
