"""The registry's own acts as sentences, in both languages."""

from collections.abc import Mapping
from typing import Any, Final

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

STAGES: Final[dict[str, dict[str, str]]] = {
    "lead": {"en": "Lead", "zh": "线索"},
    "site_survey": {"en": "Site survey", "zh": "现场调研"},
    "value_proposition": {"en": "Value proposition", "zh": "价值主张"},
    "decision_maker_confirmed": {"en": "Decision maker", "zh": "确认决策人"},
    "qualified": {"en": "Qualified", "zh": "资格确认"},
    "needs_analysis": {"en": "Needs analysis", "zh": "需求分析"},
    "perception_analysis": {"en": "Perception analysis", "zh": "认知分析"},
    "proposal": {"en": "Proposal", "zh": "提交方案"},
    "negotiation": {"en": "Negotiation", "zh": "商务谈判"},
    "won": {"en": "Won", "zh": "赢单"},
    "lost": {"en": "Lost", "zh": "输单"},
}
"""The stages of an opportunity; the words of a client's lifecycle are its own."""

WORDS: Final[dict[str, dict[str, str]]] = {
    "prospect": {"en": "Prospect", "zh": "潜在"},
    "qualified": {"en": "Qualified", "zh": "已确认"},
    "negotiating": {"en": "Negotiating", "zh": "洽谈中"},
    "active": {"en": "Active", "zh": "合作中"},
    "dormant": {"en": "Dormant", "zh": "休眠"},
    "former": {"en": "Former", "zh": "已结束"},
    "disqualified": {"en": "Disqualified", "zh": "不合格"},
    "call": {"en": "Call", "zh": "电话"},
    "visit": {"en": "Visit", "zh": "拜访"},
    "meeting": {"en": "Meeting", "zh": "会议"},
    "message": {"en": "Message", "zh": "消息"},
    "mail": {"en": "Mail", "zh": "邮件"},
    "event": {"en": "Event", "zh": "活动"},
    "greeting": {"en": "Greeting", "zh": "问候"},
}


def sentence(source: str, kind: str, params: Mapping[str, Any]) -> dict[str, str]:
    """The act as a sentence by language; known words among the parameters are translated."""
    texts = SENTENCES[source, kind]
    words = STAGES if source == "opportunity" else WORDS
    return {
        language: text.format(
            **{
                name: words.get(str(value), {}).get(language, value)
                for name, value in params.items()
            }
        )
        for language, text in texts.items()
    }
