"""What the desk itself says in a conversation; pure."""

from services.desk.history.wording import WORDING


def acknowledgement(language: str, number: str) -> str:
    """The first answer to a new case: its number and the next step, in `language` (zh or en)."""
    wording = WORDING["acknowledged"]
    template = wording.zh if language == "zh" else wording.en
    return template.format(number=number)
