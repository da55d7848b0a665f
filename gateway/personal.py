"""Where the gateway holds personal data, and what erasing a person leaves."""

from __future__ import annotations

from typing import Final

from shared.privacy import How, PersonalColumns

PERSONAL: Final = (
    PersonalColumns("users", "id", ("name", "sort_name"), How.TOMBSTONE),
    # An address may exist once, so it cannot become the same tombstone for everyone.
    PersonalColumns("users", "id", ("email", "title", "last_seen_at"), How.NULL),
    PersonalColumns("users", "id", ("search",), How.EMPTY_TEXT),
    PersonalColumns("users", "id", ("status",), How.DEACTIVATED),
    PersonalColumns("invitations", "user_id", (), How.DELETE_ROW),
    PersonalColumns("sessions", "user_id", (), How.DELETE_ROW),
    PersonalColumns("api_keys", "user_id", (), How.DELETE_ROW),
    PersonalColumns("credentials", "user_id", (), How.DELETE_ROW),
    PersonalColumns("view_defaults", "user_id", (), How.DELETE_ROW),
    PersonalColumns("views", "owner_id", (), How.DELETE_ROW),
    PersonalColumns("audit_trail", "actor_id", ("actor_name",), How.NULL),
    PersonalColumns(
        "audit_trail", "people", ("before", "after"), How.NULL, many=True, firm_eyes=True
    ),
    PersonalColumns("search_entries", "id", (), How.DELETE_ROW),
)
