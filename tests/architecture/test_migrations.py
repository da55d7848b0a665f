"""Every service's revisions follow each other in one line, so that there is one newest state."""

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

from shared.migrating import migrations_of

SERVICES = ("clients", "engagements", "desk", "surveys", "gateway")


@pytest.mark.parametrize("service", SERVICES)
def test_revisions_follow_each_other_in_one_line(service: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(migrations_of(service)))
    files = sorted(path.name for path in (migrations_of(service) / "versions").glob("0*.py"))
    found = list(ScriptDirectory.from_config(config).walk_revisions())
    assert [each.revision for each in reversed(found)] == [name[:4] for name in files]
    assert len({each.down_revision for each in found}) == len(found)
