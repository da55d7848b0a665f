"""The sentence of a step, from its kind and parameters; pure."""

from services.engagements.history.wording import LABELS, WORDING

Named = dict[str, str | dict[str, str]]
"""Parameters of a sentence; one given by language (en, zh) is said in each."""


def step_text(kind: str, params: Named) -> dict[str, str]:
    """The step's sentence as {"en": ..., "zh": ...}. Raises KeyError for an unknown kind."""
    wording = WORDING[kind]
    return {
        "en": wording.en.format_map(_named(params, "en")),
        "zh": wording.zh.format_map(_named(params, "zh")),
    }


def flat(params: Named) -> dict[str, str]:
    """The parameters as they are stored: texts by language become `name_en`, `name_zh`."""
    stored: dict[str, str] = {}
    for name, value in params.items():
        if isinstance(value, dict):
            stored |= {f"{name}_{language}": said for language, said in value.items()}
        else:
            stored[name] = value
    return stored


def firm_only(kind: str) -> bool:
    """Whether only the firm reads steps of this kind."""
    return WORDING[kind].firm_only


def _named(params: Named, language: str) -> dict[str, str]:
    said: dict[str, str] = {}
    for name, value in params.items():
        if isinstance(value, dict):
            said[name] = value[language]
        elif name in LABELS:
            said[name] = LABELS[name][value][language]
        else:
            said[name] = value
    return said
