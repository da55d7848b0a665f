"""The states of records: what they are called in data, and in a sentence of either language."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Self


class State(StrEnum):
    """A state of a machine; its members are written `OPEN = "open", "New", "新建"`.

    The first is the value in tables, events and answers; the others are what people call it, the
    very words that the interface shows.
    """

    _value_: str
    en: str
    zh: str

    def __new__(cls, value: str, en: str = "", zh: str = "") -> Self:
        """A new member; calling with the value alone looks one up, as in every enum."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.en, member.zh = en, zh
        return member

    def called(self, language: str) -> str:
        """What a person calls this state."""
        return self.zh if language == "zh" else self.en


def in_words(values: Mapping[str, Any], language: str) -> dict[str, Any]:
    """What a sentence is filled with, the states among it as people call them."""
    return {name: value.called(language) if isinstance(value, State) else value
            for name, value in values.items()}  # fmt: skip
