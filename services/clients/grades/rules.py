"""What may not be done with grades; no input or output."""

from shared.errors import Conflict


class SameGrade(Conflict):
    """The client has this grade already."""

    code = "same_grade"
    title = {"en": "Nothing changes", "zh": "等级未变化"}
    text = {"en": "The client has this grade already.", "zh": "该客户已是此等级。"}
