"""Where the desk holds data of a person, for erasure and export, as data."""

from shared.privacy import How, PersonalColumns

PERSONAL = [
    PersonalColumns("user_refs", "id", ("name",), How.TOMBSTONE),
    PersonalColumns("user_refs", "id", ("active",), How.FALSE),
    PersonalColumns("cases", "requester_id", ("subject", "description"), How.TOMBSTONE),
    PersonalColumns(
        "cases",
        "requester_id",
        (
            "subject_texts",
            "description_texts",
            "remedy_sought",
            "restated_need",
            "need_comment",
            "resolution",
        ),
        How.NULL,
    ),
    PersonalColumns("case_search", "requester_id", (), How.DELETE_ROW),
    PersonalColumns(
        "case_steps", "requester_id", ("params",), How.EMPTY_ARRAY, firm_eyes="firm_only"
    ),
    PersonalColumns("case_steps", "requester_id", ("text",), How.SENTENCE, firm_eyes="firm_only"),
    PersonalColumns("case_steps", "actor_id", ("actor_name",), How.TOMBSTONE),
    PersonalColumns("case_steps", "actor_id", ("params",), How.EMPTY_ARRAY),
    PersonalColumns("case_steps", "actor_id", ("text",), How.SENTENCE),
    PersonalColumns("case_steps", "person_id", ("params",), How.EMPTY_ARRAY, firm_eyes="firm_only"),
    PersonalColumns("case_steps", "person_id", ("text",), How.SENTENCE, firm_eyes="firm_only"),
    PersonalColumns("case_pauses", "requester_id", ("reason",), How.NULL),
    PersonalColumns("case_messages", "requester_id", ("body",), How.TOMBSTONE),
    PersonalColumns("case_messages", "author_id", ("author_name", "body"), How.TOMBSTONE),
    PersonalColumns("case_notes", "requester_id", ("body",), How.TOMBSTONE, firm_eyes=True),
    PersonalColumns("case_notes", "author_id", ("author_name", "body"), How.TOMBSTONE),
    PersonalColumns("promises", "requester_id", ("text", "note", "reason"), How.NULL),
    PersonalColumns("promises", "made_by", ("made_by_name",), How.TOMBSTONE),
    PersonalColumns("solutions", "requester_id", ("title", "description"), How.TOMBSTONE),
    PersonalColumns("solutions", "requester_id", ("decline_reason",), How.NULL),
    PersonalColumns("solutions", "offered_by", ("offered_by_name",), How.TOMBSTONE),
    PersonalColumns(
        "follow_ups", "requester_id", ("notes", "waive_reason"), How.NULL, firm_eyes=True
    ),
    PersonalColumns("follow_ups", "recorded_by", ("recorded_by_name",), How.TOMBSTONE),
]
