"""What each step of a case's history says, in both languages, as data."""

from typing import NamedTuple


class Wording(NamedTuple):
    """One kind of step: whether only the firm reads it, and its sentence per language."""

    firm_only: bool
    en: str
    zh: str


def _open(en: str, zh: str) -> Wording:
    return Wording(False, en, zh)


def _firm(en: str, zh: str) -> Wording:
    return Wording(True, en, zh)


WORDING: dict[str, Wording] = {
    "opened": _open("{actor} raised a {case_kind}: {subject}", "{actor}提出{case_kind}：{subject}"),
    "acknowledged": _open(
        "Received as {number}. Next: an agent takes the case and tells you by when you will "
        "hear from us.",
        "已受理，编号 {number}。下一步：客服将接手并告知答复时间。",
    ),
    "assigned": _open("{assignee} takes care of the case.", "{assignee}负责处理此工单。"),
    "unassigned": _firm("{actor} took the case back from dispatch.", "{actor}撤回了指派。"),
    "started": _open("Work has started.", "已开始处理。"),
    "replied": _open("{actor} replied.", "{actor}已回复。"),
    "noted": _firm("{actor} added an internal note.", "{actor}添加了内部备注。"),
    "changed": _firm("{actor} changed: {fields}.", "{actor}修改了：{fields}。"),
    "about_changed": _firm(
        "{actor} changed whom the case is about.", "{actor}更改了工单的当事人。"
    ),
    "restated": _open("{actor} restated the need: {text}", "{actor}复述了需求：{text}"),
    "need_confirmed": _open("{actor} confirmed the need.", "{actor}确认了需求。"),
    "need_corrected": _open(
        "{actor} corrected the need: {comment}", "{actor}更正了需求：{comment}"
    ),
    "waiting": _open("Waiting for you: {reason}", "等待您的回复：{reason}"),
    "resumed": _open("The case is being worked on again.", "工单继续处理。"),
    "promise_made": _open(
        "{actor} promised {promise_kind} by {due}.", "{actor}承诺在 {due} 前{promise_kind}。"
    ),
    "promise_renegotiated": _open(
        "The promise of {promise_kind} moved from {earlier} to {due}: {reason}",
        "{promise_kind}的承诺时间由 {earlier} 改为 {due}：{reason}",
    ),
    "promise_moved": _open(
        "The promise of {promise_kind} moved from {earlier} to {due}, as we waited for you.",
        "因等待您的回复，{promise_kind}的承诺时间由 {earlier} 顺延至 {due}。",
    ),
    "promise_kept": _open(
        "The promise of {promise_kind} was kept.", "{promise_kind}的承诺已兑现。"
    ),
    "promise_broken": _open(
        "The promise of {promise_kind} by {due} was broken.",
        "在 {due} 前{promise_kind}的承诺未兑现。",
    ),
    "promise_released": _open(
        "The promise of {promise_kind} is no longer needed.", "{promise_kind}的承诺不再需要。"
    ),
    "solution_offered": _open("{actor} offered: {title}", "{actor}提出方案：{title}"),
    "solution_accepted": _open("{actor} accepted: {title}", "{actor}接受了方案：{title}"),
    "solution_declined": _open(
        "{actor} declined: {title} ({reason})", "{actor}谢绝了方案：{title}（{reason}）"
    ),
    "solution_withdrawn": _open("{actor} took back: {title}", "{actor}撤回了方案：{title}"),
    "resolved": _open("{actor} resolved the case: {resolution}", "{actor}已解决：{resolution}"),
    "follow_up_scheduled": _open("A follow-up is planned for {due_on}.", "计划于 {due_on} 回访。"),
    "follow_up_recorded": _open("{actor} followed up.", "{actor}已回访。"),
    "follow_up_waived": _firm(
        "{actor} waived the follow-up: {reason}", "{actor}免除了回访：{reason}"
    ),
    "closed": _open("{actor} closed the case.", "{actor}关闭了工单。"),
    "reopened": _open("{actor} reopened the case: {reason}", "{actor}重新打开工单：{reason}"),
    "withdrawn": _open("{actor} withdrew the case: {reason}", "{actor}撤回了工单：{reason}"),
}

LABELS: dict[str, dict[str, tuple[str, str]]] = {
    "case_kind": {
        "request": ("request", "服务请求"),
        "complaint": ("complaint", "投诉"),
        "praise": ("praise", "表扬"),
        "suggestion": ("suggestion", "建议"),
        "inquiry": ("inquiry", "咨询"),
    },
    "promise_kind": {
        "first_response": ("a first response", "首次答复"),
        "update": ("an update", "通报进展"),
        "resolution": ("a resolution", "解决问题"),
        "solution": ("a solution", "提出方案"),
        "callback": ("a call", "回电"),
    },
}
"""Enumerated parameters and their names in a sentence: (English, Chinese)."""
