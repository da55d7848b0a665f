"""The numbers of a service's advisory locks that have a number; all others hash a name."""

from typing import Final

RELAY: Final = 7_246_001
"""Of whichever relay publishes now: in its transaction."""
APPLYING: Final = 7_246_002
"""Whoever applies events shares it, a rebuild holds it alone: in their transactions."""
SEALER: Final = 24_225
"""Of whichever sealer seals now: in its transaction."""
ERASER: Final = 7_246_004
"""Of whichever eraser searches the stream now: in its session, since a search takes long."""
