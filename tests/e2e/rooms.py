"""Every page of the interface, by the house it is shown in, and something real to show on it."""

from __future__ import annotations

import re
from itertools import zip_longest
from pathlib import Path
from typing import Final

from tests.e2e.visitors import Visitor

ROUTES: Final = Path(__file__).parents[2] / "web" / "src" / "app" / "routes.tsx"
FIRM_PAGES: Final = {
    "week": "/week",
    "clients": "/clients",
    "client-new": "/clients/new",
    "client": "/clients/{client}",
    "client-edit": "/clients/{client}/edit",
    "record-new": "/clients/{client}/interactions/new",
    "record": "/interactions/{interaction}",
    "record-edit": "/interactions/{interaction}/edit",
    "opportunities": "/opportunities",
    "opportunity-list": "/opportunities/list",
    "opportunity-new": "/opportunities/new",
    "opportunity": "/opportunities/{opportunity}",
    "opportunity-edit": "/opportunities/{opportunity}/edit",
    "engagements": "/engagements",
    "engagement-new": "/engagements/new",
    "engagement-edit": "/engagements/{engagement}/edit",
    "plan": "/engagements/{engagement}",
    "team": "/engagements/{engagement}/team",
    "deliverables": "/engagements/{engagement}/deliverables",
    "stakeholders": "/engagements/{engagement}/stakeholders",
    "history": "/engagements/{engagement}/history",
    "deliverable": "/deliverables/{deliverable}",
    "imports": "/imports",
    "import": "/imports/{import}",
    "cases": "/cases",
    "case-new": "/cases/new",
    "case": "/cases/{case}",
    "surveys": "/surveys",
    "surveys-by-client": "/surveys?by=client",
    "survey-comments": "/surveys/comments",
    "survey-invitations": "/surveys/invitations",
    "survey-forms": "/surveys/forms",
    "survey-campaigns": "/surveys/campaigns",
    "users": "/users",
    "keys": "/keys",
    "audit": "/audit",
    "letters": "/letters",
    "mailbox": "/dev/mail",
    "account": "/account",
    "lost": "/no-such-page",
}
CLIENT_PAGES: Final = {
    "waiting": "/waiting",
    "engagements": "/engagements",
    "plan": "/engagements/{engagement}",
    "history": "/engagements/{engagement}/history",
    "deliverable": "/deliverables/{deliverable}",
    "requests": "/requests",
    "request-new": "/requests/new",
    "request": "/requests/{request}",
    "surveys": "/surveys",
    "account": "/account",
    "closed": "/clients",
}
DOOR_PAGES: Final = {"sign-in": "/sign-in", "invitation": "/invitations/no-such-token"}


def apart(pages: dict[str, str]) -> list[tuple[str, str]]:
    """All pages, in an order in which neighbours seldom are of one kind."""
    names = list(pages.items())
    half = (len(names) + 1) // 2
    pairs = zip_longest(names[:half], names[half:])
    return [each for pair in pairs for each in pair if each is not None]


def places(manager: Visitor, requester: Visitor) -> dict[str, str]:
    """Ids of something real to show: what the firm's client manager and a client's person see."""

    def first(visitor: Visitor, path: str) -> str:
        return str(visitor.call("GET", path)["items"][0]["id"])

    engagement = first(manager, "/engagements?status=active&q=华信装备流程")
    return {
        "client": first(manager, "/clients?q=华信&limit=1"),
        "case": first(manager, "/cases?limit=1&kind=complaint"),
        "request": first(requester, "/cases?limit=1"),
        "import": first(manager, "/imports?limit=1"),
        "interaction": first(manager, "/interactions?limit=1&sort=-occurred_at"),
        "opportunity": first(manager, "/opportunities?limit=1&open=true"),
        "engagement": engagement,
        "deliverable": first(
            manager, f"/deliverables?engagement_id={engagement}&status=deciding,accepted"
        ),
    }


def routes() -> set[str]:
    """The addresses that `routes.tsx` draws a page for, with `*` for what varies."""
    source = ROUTES.read_text(encoding="utf-8")
    found: set[str] = set()
    above: list[str] = []
    for line in source.splitlines():
        if page := re.search(r'\bpage\("([^"]*)"', line):
            path = "/".join(part for part in (*above, page[1].strip("/")) if part)
            if line.rstrip().endswith("["):
                above.append(path)
            else:
                found.add("/" + re.sub(r":\w+", "*", path))
        elif line.strip() == "])," and above:
            above.pop()
    return found


def shown(pages: dict[str, str]) -> set[str]:
    """The addresses of a list of pages, with `*` for what varies."""
    return {re.sub(r"\{\w+\}|no-such-token", "*", path.split("?")[0]) for path in pages.values()}
