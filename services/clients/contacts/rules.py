"""Facts about contact persons; no input or output."""

import re
from enum import StrEnum

from shared.errors import Unprocessable


class DecisionRole(StrEnum):
    """What the person decides when the client buys."""

    DECIDER = "decider"
    INFLUENCER = "influencer"
    USER = "user"
    GATEKEEPER = "gatekeeper"
    CHAMPION = "champion"
    OTHER = "other"


class Channel(StrEnum):
    """How the person wants to be reached."""

    MOBILE = "mobile"
    PHONE = "phone"
    EMAIL = "email"
    WECHAT = "wechat"


class ReasonNeeded(Unprocessable):
    """Do-not-contact without its reason."""

    code = "do_not_contact_reason_needed"
    place = "/do_not_contact_reason"
    title = {"en": "Please say why", "zh": "请说明原因"}
    text = {
        "en": "“Do not contact” needs a reason, so that colleagues understand it.",
        "zh": "“请勿联系”需要填写原因，以便同事了解。",
    }


_MAINLAND_MOBILE = re.compile(r"1[3-9]\d{9}\Z")
_INTERNATIONAL = re.compile(r"\+\d{6,15}\Z")


def clean_phone(number: str) -> str:
    """A phone number without spaces, hyphens and brackets."""
    return re.sub(r"[\s()-]", "", number)


def mobile_is_valid(number: str) -> bool:
    """A mainland mobile number (11 digits), or an international one with its plus sign."""
    cleaned = clean_phone(number)
    return bool(_MAINLAND_MOBILE.match(cleaned) or _INTERNATIONAL.match(cleaned))


def check_do_not_contact(wanted: bool, reason: str | None) -> None:
    """Raise `ReasonNeeded` (422) when a person is not to be contacted and nobody says why."""
    if wanted and not reason:
        raise ReasonNeeded()
