"""Where a call names what is refused: the place that a problem document points at."""

from collections.abc import Iterator
from contextlib import contextmanager

from shared.errors import NotFound, Unprocessable


@contextmanager
def named_at(pointer: str) -> Iterator[None]:
    """Let what is looked for here be what the body names at `pointer`, if it is refused.

    `NotFound` (404) and every `Unprocessable` (422) then say the place, unless they know a closer.
    """
    try:
        yield
    except (NotFound, Unprocessable) as problem:
        if not problem.errors:
            problem.point_at(pointer)
        raise
