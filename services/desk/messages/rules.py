"""What the desk itself says in a conversation; pure."""

from services.desk.history.wording import SENTENCES


def acknowledgement(language: str, number: str) -> str:
    """The first answer to a new case: its number and the next step, in `language` (zh or en)."""
    said = SENTENCES.said("acknowledged", {"number": number})
    return said["zh" if language == "zh" else "en"]
