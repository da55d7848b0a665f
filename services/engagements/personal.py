"""Where engagements hold data of a person, for erasure and export, as data."""

from shared.privacy import How, PersonalColumns

_PROFILE = ("title", "traits", "motives", "concerns", "approach")
_BYPASS = ("person_name", "reason")

PERSONAL = [
    PersonalColumns("user_refs", "id", ("name",), How.TOMBSTONE),
    PersonalColumns("user_refs", "id", ("active",), How.FALSE),
    PersonalColumns("members", "user_id", ("name",), How.TOMBSTONE),
    PersonalColumns("stakeholders", "user_id", ("name",), How.TOMBSTONE, firm_eyes=True),
    PersonalColumns("stakeholders", "user_id", _PROFILE, How.NULL, firm_eyes=True),
    PersonalColumns("stakeholders", "contact_id", ("name",), How.TOMBSTONE, firm_eyes=True),
    PersonalColumns("stakeholders", "contact_id", _PROFILE, How.NULL, firm_eyes=True),
    PersonalColumns("stakeholder_actions", "owner_id", ("owner_name",), How.TOMBSTONE),
    PersonalColumns("bypasses", "user_id", _BYPASS, How.TOMBSTONE, firm_eyes=True),
    PersonalColumns("bypasses", "contact_id", _BYPASS, How.TOMBSTONE, firm_eyes=True),
    PersonalColumns("bypasses", "by_id", ("by_name",), How.TOMBSTONE),
    PersonalColumns("tasks", "assignee_id", ("assignee_name",), How.NULL),
    PersonalColumns("deliverable_versions", "author_id", ("author_name",), How.TOMBSTONE),
    PersonalColumns("deliverable_comments", "author_id", ("author_name", "body"), How.TOMBSTONE),
    PersonalColumns("deliverable_verdicts", "by_id", ("by_name",), How.TOMBSTONE),
    PersonalColumns("engagement_steps", "actor_id", ("actor_name",), How.TOMBSTONE),
    PersonalColumns("engagement_steps", "actor_id", ("params",), How.EMPTY_ARRAY),
    PersonalColumns("engagement_steps", "actor_id", ("text",), How.SENTENCE),
    PersonalColumns(
        "engagement_steps", "person_id", ("params",), How.EMPTY_ARRAY, firm_eyes="firm_only"
    ),
    PersonalColumns(
        "engagement_steps", "person_id", ("text",), How.SENTENCE, firm_eyes="firm_only"
    ),
]
