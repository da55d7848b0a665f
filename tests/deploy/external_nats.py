"""nats-server as a container runs it: by the configuration file that is mounted for it."""

from __future__ import annotations

import sysconfig
from pathlib import Path

from deploy.engines import Nats


class ConfiguredNats(Nats):
    """Started with a given configuration; only addresses and folders become this machine's."""

    def __init__(self, folder: Path, port: int, *, monitor: int, configuration: Path) -> None:
        super().__init__(folder, port)
        self._monitor = monitor
        self._given = configuration

    def _prepare(self) -> list[str]:
        text = self._given.read_text()
        for there, here in (
            ("0.0.0.0:4222", f"127.0.0.1:{self.port}"),
            ("127.0.0.1:8222", f"127.0.0.1:{self._monitor}"),
            ("/data/jetstream", str(self.store)),
        ):
            assert there in text
            text = text.replace(there, here)
        config = self.folder / "nats.conf"
        config.write_text(text)
        return [str(Path(sysconfig.get_path("scripts")) / "nats-server"), "-c", str(config)]
