"""A container's health check: does the service in it live? The standard library alone, so quick."""

from __future__ import annotations

import http.client
import os
import sys
from typing import Final

PORT: Final = 8000


def main() -> int:
    """Exit code 0 when the service answers, 1 with the reason when it does not."""
    service = os.environ["RAPPORT_SERVICE"].upper()
    port = int(os.environ.get(f"RAPPORT_{service}_PORT") or PORT)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=3)
    try:
        connection.request("GET", "/healthz")
        status = connection.getresponse().status
    except OSError as error:
        print(f"no answer on port {port}: {error}", file=sys.stderr)
        return 1
    finally:
        connection.close()
    return 0 if status == 200 else 1


if __name__ == "__main__":
    sys.exit(main())
