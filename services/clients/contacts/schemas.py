"""What crosses HTTP about contact persons."""

from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, EmailStr

from services.clients.contacts.rules import Channel, DecisionRole, clean_phone, mobile_is_valid
from shared.inputs import Body, Flag, Line, Text


def _mobile(number: str) -> str:
    if not mobile_is_valid(number):
        raise ValueError("not a mobile number: 11 digits, or + and the country code")
    return clean_phone(number)


Mobile = Annotated[Line, AfterValidator(_mobile)]


class ContactFields(Body):
    """What may be said of a contact person."""

    title: Line | None = None
    department: Line | None = None
    mobile: Mobile | None = None
    phone: Line | None = None
    email: EmailStr | None = None
    wechat: Line | None = None
    decision_role: DecisionRole | None = None
    preferred_channel: Channel | None = None
    do_not_contact: Flag = False
    do_not_contact_reason: Line | None = None
    notes: Text | None = None


class ContactIn(ContactFields):
    """A new contact person of a client."""

    client_id: UUID
    name: Line


class ContactPatch(ContactFields):
    """What to change; absent fields stay."""

    name: Line | None = None
