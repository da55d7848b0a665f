"""The built-in templates, read from the files beside this one."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Final

from services.engagements.templates.rules import Template
from shared.contracts.engagements import TemplateKey
from shared.errors import NotFound

BUILT_IN: Final[TemplateKey] = "process-consulting"


@cache
def templates() -> dict[str, Template]:
    """Every built-in template by its id."""
    files = sorted(Path(__file__).parent.glob("*.toml"))
    found = [Template.model_validate(tomllib.loads(file.read_text("utf-8"))) for file in files]
    return {template.id: template for template in found}


def template(template_id: str) -> Template:
    """One template. Raises `NotFound` (404)."""
    if template_id not in templates():
        raise NotFound()
    return templates()[template_id]
