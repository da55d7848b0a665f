"""What each step of a case's history says, in both languages, as data."""

from collections.abc import Iterable

from shared.sentences import Sentences, Texts, Wording, both, firm

WORDING: dict[str, Wording] = {
    "opened": both("{actor} raised {case_kind}: {subject}", "{actor}提出{case_kind}：{subject}"),
    "acknowledged": both(
        "Received as {number}. Next: an agent takes the case and tells you by when you will "
        "hear from us.",
        "已受理，编号 {number}。下一步：客服将接手并告知答复时间。",
    ),
    "assigned": both("{assignee} takes care of the case.", "{assignee}负责处理此工单。"),
    "unassigned": firm("{actor} took the case back from dispatch.", "{actor}撤回了指派。"),
    "started": both("Work has started.", "已开始处理。"),
    "replied": both("{actor} replied.", "{actor}已回复。"),
    "noted": firm("{actor} added an internal note.", "{actor}添加了内部备注。"),
    "changed": firm("{actor} changed: {fields}.", "{actor}修改了：{fields}。"),
    "about_changed": firm("{actor} changed whom the case is about.", "{actor}更改了工单的当事人。"),
    "restated": both("{actor} restated the need: {text}", "{actor}复述了需求：{text}"),
    "need_confirmed": both("{actor} confirmed the need.", "{actor}确认了需求。"),
    "need_corrected": both("{actor} corrected the need: {comment}", "{actor}更正了需求：{comment}"),
    "waiting": both("{actor} needs from the client: {reason}", "{actor}需要客户提供：{reason}"),
    "resumed": both("The case is being worked on again.", "工单继续处理。"),
    "promise_made": both(
        "{actor} promised {promise_kind} by {due}.", "{actor}承诺在 {due} 前{promise_kind}。"
    ),
    "promise_renegotiated": both(
        "The promise of {promise_kind} moved from {earlier} to {due}: {reason}",
        "{promise_kind}的承诺时间由 {earlier} 改为 {due}：{reason}",
    ),
    "promise_moved": both(
        "The promise of {promise_kind} moved from {earlier} to {due}, as we waited for the client.",
        "因等待客户回复，{promise_kind}的承诺时间由 {earlier} 顺延至 {due}。",
    ),
    "promise_kept": both("The promise of {promise_kind} was kept.", "{promise_kind}的承诺已兑现。"),
    "promise_broken": both(
        "The promise of {promise_kind} by {due} was broken.",
        "在 {due} 前{promise_kind}的承诺未兑现。",
    ),
    "promise_released": both(
        "The promise of {promise_kind} is no longer needed.", "{promise_kind}的承诺不再需要。"
    ),
    "solution_offered": both("{actor} offered: {title}", "{actor}提出方案：{title}"),
    "solution_accepted": both("{actor} accepted: {title}", "{actor}接受了方案：{title}"),
    "solution_declined": both(
        "{actor} declined: {title} ({reason})", "{actor}谢绝了方案：{title}（{reason}）"
    ),
    "solution_withdrawn": both("{actor} took back: {title}", "{actor}撤回了方案：{title}"),
    "resolved": both("{actor} resolved the case: {resolution}", "{actor}已解决：{resolution}"),
    "follow_up_scheduled": both("A follow-up is planned for {due_on}.", "计划于{due_on}回访。"),
    "follow_up_recorded": both("{actor} followed up.", "{actor}已回访。"),
    "follow_up_waived": firm(
        "{actor} waived the follow-up: {reason}", "{actor}免除了回访：{reason}"
    ),
    "closed": both("{actor} closed the case.", "{actor}关闭了工单。"),
    "reopened": both("{actor} reopened the case: {reason}", "{actor}重新打开工单：{reason}"),
    "withdrawn": both("{actor} withdrew the case: {reason}", "{actor}撤回了工单：{reason}"),
}

LABELS: dict[str, dict[str, Texts]] = {
    "case_kind": {
        "request": {"en": "a request", "zh": "服务请求"},
        "complaint": {"en": "a complaint", "zh": "投诉"},
        "praise": {"en": "a word of praise", "zh": "表扬"},
        "suggestion": {"en": "a suggestion", "zh": "建议"},
        "inquiry": {"en": "an inquiry", "zh": "咨询"},
    },
    "promise_kind": {
        "first_response": {"en": "a first response", "zh": "首次答复"},
        "update": {"en": "an update", "zh": "通报进展"},
        "resolution": {"en": "a resolution", "zh": "解决问题"},
        "solution": {"en": "a solution", "zh": "提出方案"},
        "callback": {"en": "a call", "zh": "回电"},
    },
}
"""Enumerated parameters and their names in a sentence, by language."""

FIELDS: dict[str, Texts] = {
    "subject": {"en": "subject", "zh": "主题"},
    "description": {"en": "matter", "zh": "事由"},
    "remedy_sought": {"en": "remedy sought", "zh": "期望的处理结果"},
    "kind": {"en": "kind", "zh": "类型"},
    "priority": {"en": "priority", "zh": "优先级"},
    "severity": {"en": "severity", "zh": "严重程度"},
}
"""What the firm may correct of a case, by language."""


def fields_named(names: Iterable[str]) -> Texts:
    """The names of corrected fields as a list in each language."""
    found = [FIELDS[name] for name in names]
    return {
        "en": ", ".join(field["en"] for field in found),
        "zh": "、".join(field["zh"] for field in found),
    }


SENTENCES = Sentences(WORDING, LABELS)
