"""What a row makes of a client and of a person: a new record, or changes to one; pure."""

from collections.abc import Mapping
from typing import Any, Final

from services.clients.imports.cells import MONEY
from services.clients.registry.rules import Stage, derived
from shared.text import comparison_name

Record = dict[str, Any]
LISTS: Final = ("aliases", "main_products", "tags")
PLAIN: Final = (
    "legal_name", "short_name", "credit_code", "province", "city", "industry", "employees",
    "website", "phone", "source", "strength", "likelihood", "first_contact_on", "notes",
)  # fmt: skip
PERSON: Final = ("title", "department", "mobile", "phone", "email", "wechat")
BLANK: Final[Record] = {
    **dict.fromkeys(PLAIN),
    **{name: [] for name in LISTS},
    **{f"{name}_{part}": None for name in MONEY for part in ("minor", "currency")},
    "email_domain": None,
    "owner_id": None,
    "owner_name": None,
}
"""A client that nothing is known of."""
NOT_IN_SHEETS: Final = ("grade", "archived_at", "merged_into_id", "merge_id")
DERIVED: Final = ("comparison_name", "spelled_name", "web_domain", "phone_digits")


def new_client(row: Mapping[str, Any], owners: Mapping[str, Any]) -> Record:
    """The record of a client that a row tells of for the first time."""
    record = BLANK | said(row, owners)
    record["stage"] = row["client"].get("stage", Stage.PROSPECT)
    return record | {name: row[name] for name in DERIVED} | dict.fromkeys(NOT_IN_SHEETS)


def said(row: Mapping[str, Any], owners: Mapping[str, Any]) -> Record:
    """What a row says of a client, by column; `owners` are people's ids by name."""
    client = row["client"]
    record: Record = {name: client[name] for name in (*PLAIN, *LISTS) if name in client}
    for name in MONEY:
        if name in client:
            record[f"{name}_minor"] = client[name]["amount_minor"]
            record[f"{name}_currency"] = client[name]["currency"]
    if "owner" in client:
        record["owner_name"] = client["owner"]
        record["owner_id"] = owners.get(client["owner"])
    if row["email_domain"]:
        record["email_domain"] = row["email_domain"]
    return record


def merge(current: Record, row: Mapping[str, Any], owners: Mapping[str, Any]) -> Record:
    """What a row changes in a client's record: empty cells change nothing, lists only grow.

    The stage stays, because it moves by its own rules; so does a name that is only spelled
    differently, and a credit code that the client has.
    """
    new = said(row, owners)
    for name in LISTS:
        if name in new:
            kept = current[name]
            new[name] = kept + [word for word in new[name] if word not in kept]
    if "legal_name" in new and comparison_name(new["legal_name"]) == current["comparison_name"]:
        del new["legal_name"]
    if current["credit_code"] is not None:
        new.pop("credit_code", None)
    if new.get("owner_id") is None:
        new.pop("owner_id", None)
        if current["owner_id"] is not None:
            new.pop("owner_name", None)
    changed = {name: value for name, value in new.items() if value != current[name]}
    return changed | {
        name: value for name, value in derived(current | changed).items() if value != current[name]
    }


def merge_person(current: Record, person: Mapping[str, Any]) -> Record:
    """What a row changes in a known person's record."""
    return {
        name: person[name] for name in PERSON if name in person and person[name] != current[name]
    }


def taken_back(current: Record, before: Record, after: Record) -> tuple[Record, list[str]]:
    """What undoing a change restores, and the columns that were edited since and stay."""
    restored = {name: value for name, value in before.items() if current[name] == after[name]}
    edited = [name for name in before if name not in restored and name not in DERIVED]
    return restored, edited
