"""Routes that read templates: data in files, the same for every deployment."""

from typing import Annotated

from fastapi import APIRouter, Path

from services.engagements.templates.library import template, templates
from services.engagements.templates.rules import Template
from services.engagements.templates.schemas import TemplatePage, item_of
from shared.edge import allowed

router = APIRouter(prefix="/templates", tags=["templates"])
TemplateId = Annotated[str, Path(alias="id", max_length=60)]


@router.get("", dependencies=[allowed("template:list")])
async def list_templates() -> TemplatePage:
    """The built-in templates."""
    return TemplatePage(items=[item_of(each) for each in templates().values()])


@router.get("/{id}", dependencies=[allowed("template:view")])
async def view_template(template_id: TemplateId) -> Template:
    """A whole template: phases, tasks with their links, key nodes, deliverables."""
    return template(template_id)
