"""Clients with their people, grades, contact records and opportunities, as they came about."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any, Final

from deploy.demo.door import Door
from deploy.demo.reading import table
from deploy.demo.when import Timetable
from shared.currencies import minor_digits

Row = dict[str, str]
Deed = tuple[datetime, Callable[[], Awaitable[Any]]]
NOW: Final = "now"
A_WHILE: Final = timedelta(hours=2)
MILLION: Final = 1_000_000


class Registry:
    """Loads everything about clients; `clients` are ids by short name, `legal` by legal name."""

    def __init__(self, door: Door, times: Timetable) -> None:
        self.clients: dict[str, str] = {}
        self.legal: dict[str, str] = {}
        self._door = door
        self._times = times
        self._contacts: dict[tuple[str, str], str] = {}
        self._opportunities: dict[str, str] = {}
        self._won: dict[str, asyncio.Future[str]] = defaultdict(asyncio.Future)
        self._people = _by_client("contacts")
        self._touches = _by_client("touches")
        self._chances = _by_client("opportunities")

    async def register(self) -> None:
        """Register every client at the moment it was met first."""
        await asyncio.gather(*(self._register(row) for row in table("clients")))

    async def tell(self) -> None:
        """Tell what came about with every client since."""
        await asyncio.gather(*(self._tell(row) for row in table("clients")))

    async def won(self, title: str) -> str:
        """The id of an opportunity as soon as it is won."""
        return await self._won[title]

    async def _register(self, row: Row) -> None:
        stage, at = _steps(row["stages"])[0]
        body = client_fields(row) | {"stage": stage, "owner_id": self._door.ids[row["owner"]]}
        body["first_contact_on"] = str(self._times.day(row["first_contact"]))
        short = row["short_name"]
        identifier = await self._door.write(
            f"client {short}", "/clients", body, who=row["owner"], at=self._times.moment(at)
        )
        self.clients[short] = self.legal[row["legal_name"]] = identifier

    async def _tell(self, row: Row) -> None:
        met = self._times.moment(_steps(row["stages"])[0][1])
        for place, person in enumerate(self._people[row["short_name"]]):
            await self._contact(row, person, met + timedelta(minutes=5 + place))
        deeds = self._moves(row) + self._grade(row)
        for place, touch in enumerate(self._touches[row["short_name"]]):
            deeds.append(self._touch(f"touch {row['short_name']} {place}", touch))
        for chance in self._chances[row["short_name"]]:
            deeds += self._chance(chance)
        for _, do in sorted(deeds, key=lambda deed: deed[0]):
            await do()

    async def _contact(self, row: Row, person: Row, at: datetime) -> None:
        client, name = row["short_name"], person["name"]
        wanted = ("title", "department", "mobile", "email", "wechat", "decision_role")
        reason = person["do_not_contact"]
        body: dict[str, Any] = {field: person[field] for field in wanted if person[field]} | {
            "client_id": self.clients[client],
            "name": name,
            "preferred_channel": person["channel"] or None,
            "notes": person["notes"] or None,
            "do_not_contact": bool(reason),
            "do_not_contact_reason": reason or None,
        }
        self._contacts[client, name] = await self._door.write(
            f"contact {client} {name}", "/contacts", body, who=row["owner"], at=at
        )

    def _moves(self, row: Row) -> list[Deed]:
        path = f"/clients/{self.clients[row['short_name']]}/stage"
        return [
            self._deed(
                f"stage {row['short_name']} {stage}",
                path,
                {"stage": stage, "reason": row["stage_reason"] or None},
                row["owner"],
                self._times.moment(at),
            )
            for stage, at in _steps(row["stages"])[1:]
        ]

    def _grade(self, row: Row) -> list[Deed]:
        if not row["grade"]:
            return []
        path = f"/clients/{self.clients[row['short_name']]}/grade"
        body = {"grade": row["grade"], "reason": row["grade_reason"]}
        at = self._times.moment(row["graded"])
        return [self._deed(f"grade {row['short_name']}", path, body, row["owner"], at)]

    def _touch(self, key: str, touch: Row) -> Deed:
        client, today = touch["client"], touch["at"] == NOW
        at = self._times.present() - A_WHILE if today else self._times.moment(touch["at"])
        body = {
            "client_id": self.clients[client],
            "kind": touch["kind"],
            "occurred_at": at.isoformat(),
            "contact_ids": [self._contacts[client, name] for name in touch["contacts"].split("、")],
            "participant_ids": [self._door.ids[touch["author"]]],
            "summary": touch["summary"],
            "intent": int(touch["intent"]) if touch["intent"] else None,
            "next_step": touch["next_step"] or None,
            "next_step_on": str(self._times.day(touch["next_on"])) if touch["next_on"] else None,
        }
        # Written down within the hour; today's record can still be corrected.
        kept_at = None if today else self._times.later(at, "40m")
        write = self._door.write
        return at, lambda: write(key, "/interactions", body, who=touch["author"], at=kept_at)

    def _chance(self, chance: Row) -> list[Deed]:
        title, path = chance["title"], _steps(chance["path"])
        (stage, at), moves = path[0], path[1:]
        owner = chance["owner"]
        body = {
            "client_id": self.clients[chance["client"]],
            "title": title,
            "stage": stage,
            "amount": money(chance["amount"]),
            "close_on": str(self._times.day(chance["close"])),
            "competitor": chance["competitor"] or None,
            "owner_id": self._door.ids[owner],
            "template": chance["template"] or None,
            "notes": chance["notes"] or None,
        }

        async def open_it() -> None:
            self._opportunities[title] = await self._door.write(
                f"opportunity {title}",
                "/opportunities",
                body,
                who=owner,
                at=self._times.moment(at),
            )

        return [(self._times.moment(at), open_it)] + [
            self._move(title, stage, self._times.moment(at), owner, chance["loss_reason"])
            for stage, at in moves
        ]

    def _move(self, title: str, stage: str, at: datetime, owner: str, loss: str) -> Deed:
        async def move() -> None:
            opportunity = self._opportunities[title]
            body = {"stage": stage, "reason": loss if stage == "lost" else None}
            path = f"/opportunities/{opportunity}/move"
            await self._door.write(f"move {title} {stage}", path, body, who=owner, at=at)
            if stage == "won":
                self._won[title].set_result(opportunity)

        return at, move

    def _deed(self, key: str, path: str, body: Any, who: str, at: datetime) -> Deed:
        return at, lambda: self._door.write(key, path, body, who=who, at=at)


def client_fields(row: Row) -> dict[str, Any]:
    """A row of `clients.csv` as the API takes it, without stage, owner and dates."""
    plain = ("legal_name", "short_name", "credit_code", "province", "city", "industry")
    said = ("website", "source", "notes")
    lists = ("aliases", "main_products", "tags")
    numbers = ("employees", "strength", "likelihood")
    return (
        {name: row[name] for name in (*plain, *said) if row[name]}
        | {name: row[name].split("、") for name in lists if row[name]}
        | {name: int(row[name]) for name in numbers if row[name]}
        | {name: money(row[name]) for name in ("revenue", "contract_total") if row[name]}
    )


def money(words: str) -> dict[str, Any] | None:
    """`1.2 EUR`: so many millions."""
    if not words:
        return None
    millions, currency = words.split()
    scale = MILLION * 10 ** minor_digits(currency)
    return {"amount_minor": round(float(millions) * scale), "currency": currency}


def _by_client(name: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in table(name):
        found[row["client"]].append(row)
    return found


def _steps(words: str) -> list[tuple[str, str]]:
    """`lead -150, proposal -90 14:00`: stages with their moments."""
    return [(step.split()[0], step.split(maxsplit=1)[1]) for step in words.split(",") if step]
