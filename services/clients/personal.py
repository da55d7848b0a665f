"""Where the registry holds data of a person, for erasure and export, as data."""

from shared.privacy import How, PersonalColumns

TOUCHES = ("interactions", "contact_ids")

PERSONAL = [
    PersonalColumns("user_refs", "id", ("name",), How.TOMBSTONE),
    PersonalColumns("user_refs", "id", ("active",), How.FALSE),
    PersonalColumns("contacts", "id", ("name",), How.TOMBSTONE),
    PersonalColumns(
        "contacts",
        "id",
        ("title", "department", "mobile", "phone", "email", "wechat"),
        How.NULL,
    ),
    PersonalColumns("contacts", "id", ("search",), How.EMPTY_TEXT),
    PersonalColumns("contacts", "id", ("notes",), How.NULL, firm_eyes=True),
    PersonalColumns("contacts", "id", ("do_not_contact_reason",), How.TOMBSTONE, firm_eyes=True),
    PersonalColumns(
        "interactions", "contact_ids", ("summary",), How.TOMBSTONE, many=True, firm_eyes=True
    ),
    PersonalColumns(
        "interactions", "contact_ids", ("next_step",), How.NULL, many=True, firm_eyes=True
    ),
    PersonalColumns("interactions", "author_id", ("author_name",), How.TOMBSTONE),
    PersonalColumns("interaction_amendments", "by_id", ("by_name",), How.TOMBSTONE),
    PersonalColumns(
        "interaction_amendments",
        "interaction_id",
        ("summary", "reason"),
        How.TOMBSTONE,
        of=TOUCHES,
        firm_eyes=True,
    ),
    PersonalColumns("own_entries", "actor_id", ("actor_name",), How.TOMBSTONE),
    PersonalColumns("own_entries", "record_id", ("title",), How.TOMBSTONE),
    PersonalColumns("own_entries", "record_id", ("sentence",), How.SENTENCE),
    PersonalColumns(
        "own_entries", "record_id", ("title",), How.TOMBSTONE, of=TOUCHES, firm_eyes=True
    ),
    PersonalColumns(
        "own_entries", "record_id", ("sentence",), How.SENTENCE, of=TOUCHES, firm_eyes=True
    ),
    PersonalColumns("client_grades", "by_id", ("by_name",), How.TOMBSTONE),
    PersonalColumns("opportunity_moves", "by_id", ("by_name",), How.TOMBSTONE),
    PersonalColumns("clients", "owner_id", ("owner_name",), How.NULL),
    PersonalColumns("opportunities", "owner_id", ("owner_name",), How.NULL),
    PersonalColumns("imports", "created_by", ("created_by_name",), How.TOMBSTONE),
    PersonalColumns(
        "import_rows", "contact_id", ("cells", "person"), How.EMPTY_ARRAY, firm_eyes=True
    ),
    PersonalColumns(
        "import_changes", "contact_id", ("before", "after"), How.EMPTY_ARRAY, firm_eyes=True
    ),
    PersonalColumns("engagement_entries", "actor_id", ("actor_name",), How.TOMBSTONE),
    PersonalColumns("survey_results", "person_id", ("person_name", "comment"), How.NULL),
    PersonalColumns("survey_entries", "actor_id", ("actor_name",), How.TOMBSTONE),
    PersonalColumns("survey_entries", "actor_id", ("sentence",), How.EMPTY_ARRAY),
    PersonalColumns("case_entries", "actor_id", ("actor_name",), How.TOMBSTONE),
]
