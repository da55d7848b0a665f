"""What looks at every page can fail: a planted word, and a planted obstacle, are found."""

from __future__ import annotations

import pytest

from services.clients.imports.wording import TEXTS
from services.clients.timeline.wording import SENTENCES
from services.desk.history.wording import WORDING
from services.surveys.migrations.forms_0001 import FORMS
from tests.e2e.looks import accessibility, check
from tests.e2e.scenes import LANGUAGES
from tests.e2e.stray import stray, told_by_services
from tests.e2e.visitors import VisitorFor

pytestmark = [pytest.mark.e2e]

SAID = [
    SENTENCES["client", "archived"],
    WORDING["started"].texts,
    FORMS[0]["title"],
    TEXTS["missing_name"],
]
"""A word of each kind that a page repeats from a service."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_services_word_of_the_other_language_is_found(
    stranger: VisitorFor, language: str
) -> None:
    page = stranger(language).page()
    other = "en" if language == "zh" else "zh"
    planted = [texts[other] for texts in SAID]
    own = [texts[language] for texts in SAID]
    lines = "".join(f"<p>{text}</p>" for text in (*own, *planted))
    page.set_content(f"<main>{lines}<p data-record>{planted[0]}</p></main>")
    assert stray(page, language) == planted


def test_every_service_that_speaks_is_known() -> None:
    assert len(told_by_services()) > 400


@pytest.mark.parametrize("within", ["body", "div class='work'", "main"])
def test_what_makes_a_page_scroll_sideways_is_found(stranger: VisitorFor, within: str) -> None:
    page = stranger().page()
    wide = "<p style='width: 2000px'>wide</p>"
    scrolling = "<style>.work, main { overflow: auto }</style>"
    page.set_content(f"{scrolling}<{within}>{wide}</{within.split(maxsplit=1)[0]}>")
    assert check(page, "planted", "en") == ["planted: scrolls sideways"]
    page.set_content(f"{scrolling}<{within}><div style='overflow: auto'>{wide}</div>")
    assert check(page, "planted", "en") == []


def test_an_obstacle_is_found(stranger: VisitorFor) -> None:
    page = stranger().page()
    page.set_content("<main><h1>Clients</h1><img src='x.png'><button></button></main>")
    found = " ".join(accessibility(page, "planted"))
    assert "image-alt" in found
    assert "button-name" in found
