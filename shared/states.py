"""What the states of records are called in a sentence, whatever record it is about."""

from collections.abc import Mapping
from typing import Any, Final

CHINESE: Final[Mapping[str, str]] = {
    "accepted": "已接受", "active": "进行中", "analysing": "检查中", "answered": "已答",
    "applied": "已完成", "applying": "执行中", "archived": "已归档", "assigned": "已分派",
    "broken": "未兑现", "cancelled": "已取消", "changed": "已修改", "checking": "初审中",
    "closed": "已关闭", "closing": "收尾", "commenting": "征求意见中", "deactivated": "已停用",
    "deciding": "待决策", "decision_maker_confirmed": "确认决策人", "declined": "已谢绝",
    "discarded": "已弃用", "disqualified": "不合格", "done": "已完成", "dormant": "休眠",
    "draft": "草稿", "ended": "已结束", "failed": "失败", "former": "已结束", "held": "已召开",
    "in_progress": "处理中", "invited": "已邀请", "kept": "已兑现", "lead": "线索",
    "live": "在组", "lost": "输单", "made": "已承诺", "needs_analysis": "需求分析", "new": "新建",
    "negotiating": "洽谈中", "negotiation": "商务谈判", "not_chosen": "未选用",
    "offered": "待选择", "on_hold": "暂停", "open": "新建", "perception_analysis": "认知分析",
    "planned": "未开始", "proposal": "提交方案", "proposed": "已提交客户", "prospect": "潜在",
    "qualified": "已确认", "ready": "待执行", "released": "不再需要", "reopened": "已重开",
    "resolved": "已解决", "rolling_out": "宣贯中", "scheduled": "未到期",
    "site_survey": "现场调研", "solution_accepted": "方案已接受", "solution_offered": "已提方案",
    "spared": "免打扰", "superseded": "已改期", "undone": "已撤销",
    "value_proposition": "价值主张", "waiting_client": "等待客户", "waived": "已免除",
    "withdrawn": "已撤回", "won": "赢单",
}  # fmt: skip
_STATES: Final = ("current", "target")
"""The placeholders of a sentence that stand for states."""


def in_words(values: Mapping[str, Any], language: str) -> dict[str, Any]:
    """What a sentence is filled with, the states among it as people call them."""
    return {name: _said(value, language) if name in _STATES else value
            for name, value in values.items()}  # fmt: skip


def _said(state: Any, language: str) -> str:
    return CHINESE.get(str(state), str(state)) if language == "zh" else str(state).replace("_", " ")
