"""The registry's own acts as sentences, in both languages."""

from collections.abc import Mapping
from typing import Any, Final

from shared.states import in_words

SENTENCES: Final[dict[tuple[str, str], dict[str, str]]] = {
    ("client", "registered"): {"en": "Client registered", "zh": "客户建档"},
    ("client", "imported"): {"en": "Imported from {file_name}", "zh": "由 {file_name} 导入"},
    ("client", "updated_by_import"): {
        "en": "Updated from {file_name}",
        "zh": "由 {file_name} 更新",
    },
    ("client", "import_undone"): {
        "en": "Import of {file_name} taken back",
        "zh": "撤销 {file_name} 的导入",
    },
    ("client", "stage_changed"): {
        "en": "Stage: {before} → {after}",
        "zh": "阶段：{before} → {after}",
    },
    ("client", "graded"): {"en": "Grade {grade}: {reason}", "zh": "客户等级 {grade}：{reason}"},
    ("client", "ungraded"): {"en": "Grade removed: {reason}", "zh": "取消客户等级：{reason}"},
    ("client", "archived"): {"en": "Client archived", "zh": "客户归档"},
    ("client", "restored"): {"en": "Client restored", "zh": "客户恢复"},
    ("client", "merged"): {
        "en": "{name} ({number}) merged into this client",
        "zh": "{name}（{number}）已合并到本客户",
    },
    ("client", "split"): {
        "en": "Merge of {name} ({number}) undone: {reason}",
        "zh": "已撤销与 {name}（{number}）的合并：{reason}",
    },
    ("client", "itself_again"): {
        "en": "Separate from {name} ({number}) again: {reason}",
        "zh": "已从 {name}（{number}）中恢复为独立客户：{reason}",
    },
    ("contact", "added"): {"en": "Contact {name} added", "zh": "新增联系人 {name}"},
    ("contact", "archived"): {"en": "Contact {name} archived", "zh": "联系人 {name} 已归档"},
    ("opportunity", "opened"): {
        "en": "Opportunity opened: {subject}",
        "zh": "新建商机：{subject}",
    },
    ("opportunity", "moved"): {
        "en": "Opportunity {subject}: {before} → {after}",
        "zh": "商机“{subject}”：{before} → {after}",
    },
    ("opportunity", "won"): {"en": "Opportunity won: {subject}", "zh": "商机赢单：{subject}"},
    ("opportunity", "lost"): {
        "en": "Opportunity lost: {subject} ({reason})",
        "zh": "商机输单：{subject}（{reason}）",
    },
    ("interaction", "recorded"): {"en": "{channel}: {summary}", "zh": "{channel}：{summary}"},
    ("interaction", "amended"): {"en": "Record amended: {reason}", "zh": "补充记录：{reason}"},
}

CHANNELS: Final[Mapping[str, dict[str, str]]] = {
    "call": {"en": "Call", "zh": "电话"},
    "visit": {"en": "Visit", "zh": "拜访"},
    "meeting": {"en": "Meeting", "zh": "会议"},
    "message": {"en": "Message", "zh": "消息"},
    "mail": {"en": "Mail", "zh": "邮件"},
    "event": {"en": "Event", "zh": "活动"},
    "greeting": {"en": "Greeting", "zh": "问候"},
}


def sentence(source: str, kind: str, params: Mapping[str, Any]) -> dict[str, str]:
    """The act as a sentence by language; states and channels among the parameters are named."""
    return {
        language: text.format(**_in_words(params, language))
        for language, text in SENTENCES[source, kind].items()
    }


def _in_words(params: Mapping[str, Any], language: str) -> dict[str, Any]:
    said = in_words(params, language)
    return said | {"channel": CHANNELS[said["channel"]][language]} if "channel" in said else said
