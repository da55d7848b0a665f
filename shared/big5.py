"""Tells Big5 from GB18030: the same bytes are text in both, and nonsense in one of them."""

from typing import IO, Final

from charset_normalizer import from_bytes

BIG5: Final = "cp950"
"""Big5 as Windows and Excel write it."""
_SAMPLE_BYTES: Final = 1 << 16
_ENOUGH: Final = 20
"""Characters beyond ASCII from which on no list in GB18030 was taken for Big5; below, some are."""


def reads_as_big5(file: IO[bytes]) -> bool:
    """Whether a text, which is no UTF-8, reads better as Big5 than as GB18030 where it begins.

    Where there is too little to tell, it does not. Blocking.
    """
    file.seek(0)
    beginning = file.read(_SAMPLE_BYTES)
    text = beginning[: beginning.rfind(b"\n") + 1] or beginning
    if sum(character > "\x7f" for character in text.decode(BIG5, "ignore")) < _ENOUGH:
        return False
    best = from_bytes(text, cp_isolation=["gb18030", BIG5]).best()
    return best is not None and best.encoding == BIG5
