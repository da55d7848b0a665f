"""What crosses HTTP about saved views."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from gateway.views.rules import LONGEST_ADDRESS, ViewAudience, kept
from shared.identity import FirmRole
from shared.inputs import Body, Line

Collection = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z-]{0,39}$")]
Address = Annotated[
    str,
    StringConstraints(max_length=LONGEST_ADDRESS, pattern=r"^[\x21-\x7e]*$"),
    AfterValidator(kept),
]


class ViewIn(Body):
    """A view to keep. `address` is the list's query: `stage=active&sort=-updated_at`."""

    collection: Collection = Field(examples=["clients"])
    name: Line
    address: Address
    audience: ViewAudience = ViewAudience.PERSONAL
    role: FirmRole | None = None


class ViewPatch(Body):
    """Changes to a view; what is left out stays. `role: null` shares with the whole firm side."""

    name: Line | None = None
    address: Address | None = None
    audience: ViewAudience | None = None
    role: FirmRole | None = None
