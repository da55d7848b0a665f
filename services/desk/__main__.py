"""Runs the desk: `python -m services.desk`."""

import uvicorn

from services.desk.app import create_app
from services.desk.settings import DeskSettings


def main() -> None:
    """Serve until told to stop."""
    settings = DeskSettings()
    uvicorn.run(create_app(settings), host=settings.host, port=settings.port, log_config=None)


if __name__ == "__main__":
    main()
