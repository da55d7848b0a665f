"""What crosses HTTP about templates."""

from pydantic import BaseModel

from services.engagements.templates.rules import Template, Title


class TemplateItem(BaseModel):
    """A template in the list."""

    id: str
    title: Title
    summary: Title
    phases: int
    tasks: int


class TemplatePage(BaseModel):
    """All templates; there is one page."""

    items: list[TemplateItem]
    next_cursor: None = None


def item_of(template: Template) -> TemplateItem:
    """The template as the list shows it."""
    return TemplateItem(
        id=template.id,
        title=template.title,
        summary=template.summary,
        phases=len(template.phases),
        tasks=sum(1 for _ in template.tasks),
    )
