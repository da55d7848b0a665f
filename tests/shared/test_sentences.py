"""Sentences of histories: data in two languages, filled with what people wrote."""

import pytest

from shared.sentences import Sentences, both, firm, flat

SENTENCES = Sentences(
    {
        "joined": both("{person} joined {phase} as {role}.", "{person}加入{phase}，担任{role}。"),
        "noted": firm("{person} noted.", "{person}备注。"),
    },
    {"role": {"expert": {"en": "expert", "zh": "专家"}}},
)
PHASE = {"en": "Diagnosis", "zh": "诊断"}


def test_what_is_given_by_language_is_said_in_each() -> None:
    said = SENTENCES.said("joined", {"person": "陈", "role": "expert", "phase": PHASE})
    assert said == {"en": "陈 joined Diagnosis as expert.", "zh": "陈加入诊断，担任专家。"}


def test_what_people_write_is_no_template() -> None:
    assert SENTENCES.said("noted", {"person": "{x}{}"})["en"] == "{x}{} noted."


def test_a_kind_without_a_sentence_is_an_error() -> None:
    with pytest.raises(KeyError):
        SENTENCES.said("unheard_of", {})


def test_each_kind_says_whether_the_firm_alone_reads_it() -> None:
    assert [SENTENCES.firm_only(kind) for kind in ("joined", "noted")] == [False, True]


def test_texts_by_language_are_stored_under_a_name_each() -> None:
    stored = flat({"person": "陈", "phase": PHASE})
    assert stored == {"person": "陈", "phase_en": "Diagnosis", "phase_zh": "诊断"}
