"""Where engagements hold data of a person, for erasure and export, as data."""

from shared.privacy import How, PersonalColumns

PERSONAL = [
    PersonalColumns("user_refs", "id", ("name",), How.TOMBSTONE),
    PersonalColumns("members", "user_id", ("name",), How.TOMBSTONE),
    PersonalColumns("engagement_steps", "actor_id", ("actor_name",), How.TOMBSTONE),
    PersonalColumns("engagement_steps", "actor_id", ("params", "text"), How.EMPTY_ARRAY),
    PersonalColumns("engagement_steps", "person_id", ("params", "text"), How.EMPTY_ARRAY),
]
