"""One empty instance for everything that looks at whole loops, and the people of both sides."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.loop.acts import Acts, act_all
from tests.loop.cast import Cast, bring_in
from tests.support.instances import Instance, empty_instance


@pytest.fixture(scope="package")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    """It is left whole by every test."""
    with empty_instance(tmp_path_factory.mktemp("loop")) as instance:
        yield instance


@pytest.fixture(scope="package")
def cast(instance: Instance) -> Cast:
    """Everybody, signed in."""
    return bring_in(instance)


@pytest.fixture(scope="package")
def acts(instance: Instance, cast: Cast) -> Acts:
    """Everything people do, done."""
    return act_all(instance, cast)
