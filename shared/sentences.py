"""Sentences about what happened to a record, in both languages, as data; pure.

WORDING = {"closed": both("{actor} closed the case.", "{actor}关闭了工单。")}
LABELS = {"role": {"expert": {"en": "expert", "zh": "专家"}}}
SENTENCES = Sentences(WORDING, LABELS)
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

Texts = dict[str, str]
Named = Mapping[str, str | Texts]
"""Parameters of a sentence; one given by language (en, zh) is said in each."""


class Wording(NamedTuple):
    """One kind of step: whether only the firm reads it, and its sentence per language."""

    firm_only: bool
    texts: Texts


def both(en: str, zh: str) -> Wording:
    """What both sides read."""
    return Wording(False, {"en": en, "zh": zh})


def firm(en: str, zh: str) -> Wording:
    """What the firm alone reads."""
    return Wording(True, {"en": en, "zh": zh})


@dataclass(frozen=True)
class Sentences:
    """What each kind of step says; `labels` name the values of enumerated parameters."""

    wording: Mapping[str, Wording]
    labels: Mapping[str, Mapping[str, Texts]]

    def said(self, kind: str, params: Named) -> Texts:
        """The step's sentence by language. Raises KeyError for an unknown kind."""
        return {
            language: text.format_map(
                {name: self._word(name, value, language) for name, value in params.items()}
            )
            for language, text in self.wording[kind].texts.items()
        }

    def firm_only(self, kind: str) -> bool:
        """Whether only the firm reads steps of this kind."""
        return self.wording[kind].firm_only

    def _word(self, name: str, value: str | Texts, language: str) -> str:
        if isinstance(value, dict):
            return value[language]
        return self.labels[name][value][language] if name in self.labels else value


def flat(params: Named) -> dict[str, str]:
    """The parameters as they are stored: texts by language become `name_en`, `name_zh`."""
    stored: dict[str, str] = {}
    for name, value in params.items():
        if isinstance(value, dict):
            stored |= {f"{name}_{language}": word for language, word in value.items()}
        else:
            stored[name] = value
    return stored
