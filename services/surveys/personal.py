"""Where surveys hold data of a person, for erasure and export, as data.

Of an anonymous answer nobody can say whose it is: what somebody wrote there stays.
"""

from shared.privacy import How, PersonalColumns

PERSONAL = [
    PersonalColumns("user_refs", "id", ("name",), How.TOMBSTONE),
    PersonalColumns("user_refs", "id", ("active",), How.FALSE),
    PersonalColumns("user_refs", "id", ("email",), How.NULL),
    PersonalColumns("member_refs", "user_id", ("name",), How.TOMBSTONE),
    PersonalColumns("survey_invitations", "person_id", ("person_name",), How.TOMBSTONE),
    PersonalColumns("survey_invitations", "person_id", ("about",), How.NULL),
    PersonalColumns("survey_responses", "person_id", ("person_name",), How.TOMBSTONE),
    PersonalColumns("survey_responses", "person_id", ("answers",), How.EMPTY_ARRAY),
    PersonalColumns("survey_responses", "person_id", ("comment",), How.NULL),
]
