"""`rapport`, also as `python -m deploy.cli`."""

from __future__ import annotations

import gc


def main() -> None:
    """Load everything, then do what the command line says.

    What is loaded stays to the end: looking for garbage in it is a third of a short command's time.
    """
    gc.disable()
    from deploy.cli import main as rapport

    gc.freeze()
    gc.enable()
    rapport()


if __name__ == "__main__":
    main()
