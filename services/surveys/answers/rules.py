"""How often a link may be tried; no input or output."""

from typing import Final

from shared.limits import Limit

CALLS: Final = Limit("survey_calls", count=600, seconds=300)
"""Per address: an office of people who answer at once, each saving as they go."""
MISSES: Final = Limit("survey_misses", count=120, seconds=300)
"""Per address: links that open nothing."""
