"""One row of a sheet: what it says of a client and of a person, and what is wrong with it; pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache, partial
from typing import Any, Final

from services.clients.duplicates.rules import PUBLIC_DOMAINS
from services.clients.imports.cells import MONEY, PLAIN, BadCell, amount, seen
from services.clients.imports.headings import unit
from services.clients.registry.rules import digits_of, domain_of
from shared.text import comparison_name, spelled_name

PERSON: Final = "contact_"
_MOST_VALUE: Final = 200
_KEPT_VALUES: Final = 500
"""Of each column: most say the same few things again and again."""


@dataclass(frozen=True)
class Flaw:
    """Something wrong in a row: in which column (None: the row as a whole), and why."""

    column: int | None
    code: str
    value: str | None = None
    params: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Reading:
    """What a row says. Money fields are {amount_minor, currency}; dates are 2026-11-23."""

    client: dict[str, Any]
    person: dict[str, Any]
    flaws: list[Flaw]

    @property
    def comparison_name(self) -> str | None:
        """The name as organisations are compared by."""
        name = self.client.get("legal_name")
        return comparison_name(name) if name else None

    @property
    def spelled_name(self) -> str | None:
        """The whole name in one spelling: a traditional variant reads as its simplified one."""
        name = self.client.get("legal_name")
        return spelled_name(name) if name else None

    @property
    def web_domain(self) -> str | None:
        """The domain of the web address."""
        return domain_of(self.client.get("website"))

    @property
    def email_domain(self) -> str | None:
        """The organisation's mail domain: stated, or of the person's address."""
        stated = self.client.get("email_domain")
        own = (self.person.get("email") or "").rpartition("@")[2].lower()
        found = domain_of(stated) or own or None
        return None if found in PUBLIC_DOMAINS else found

    @property
    def phone_digits(self) -> str | None:
        """The telephone as it is compared."""
        return digits_of(self.client.get("phone"))


class RowReader:
    """Reads the rows of one sheet by its mapping; knows the unit of each money column."""

    def __init__(self, headings: Sequence[str], fields: Sequence[str | None]) -> None:
        self._columns = [
            (at, name, lru_cache(_KEPT_VALUES)(_reading(name, headings[at])))
            for at, name in enumerate(fields)
            if name is not None
        ]
        self._place = {name: at for at, name, _ in self._columns}

    def column(self, name: str) -> int | None:
        """Where a field is in the sheet."""
        return self._place.get(name)

    def read(self, cells: Sequence[str]) -> Reading:
        """What the row says, and its flaws; empty cells say nothing."""
        reading = Reading({}, {}, [])
        for at, name, value_of in self._columns:
            cell = seen(cells[at])
            if cell:
                self._take(reading, at, name, cell, value_of)
        self._check_whole(reading, cells)
        return reading

    def _take(
        self, reading: Reading, at: int, name: str, cell: str, value_of: Callable[[str], Any]
    ) -> None:
        try:
            value = value_of(cell)
        except BadCell as bad:
            reading.flaws.append(Flaw(at, bad.code, cell[:_MOST_VALUE], bad.params))
            return
        if name.startswith(PERSON):
            reading.person[name.removeprefix(PERSON)] = value
        else:
            reading.client[name] = value

    def _check_whole(self, reading: Reading, cells: Sequence[str]) -> None:
        at = self._place.get("legal_name")
        if at is not None and not seen(cells[at]):
            reading.flaws.append(Flaw(at, "missing_name"))
        reachable = {"mobile", "phone", "email", "wechat"} & reading.person.keys()
        if reachable and "name" not in reading.person:
            reading.flaws.append(Flaw(self._place.get("contact_name"), "person_without_name"))


def _reading(name: str, heading: str) -> Callable[[str], Any]:
    """What makes a field's value of its cell; money takes its unit from the heading."""
    if name not in MONEY:
        return PLAIN[name]
    scale, currency = unit(heading)
    return partial(_money, scale=scale, currency=currency)


def _money(cell: str, scale: Decimal, currency: str) -> dict[str, Any]:
    minor, currency = amount(cell, scale, currency)
    return {"amount_minor": minor, "currency": currency}
