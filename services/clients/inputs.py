"""Shapes of client data that several features take in."""

from typing import Annotated

from pydantic import Field

from shared.inputs import Line, Whole

Tags = Annotated[list[Line], Field(max_length=50)]
Score = Annotated[Whole, Field(ge=1, le=9)]
"""A judged criterion on the scale of 1 to 9."""
