"""What each sign-in of the demonstration meets: which cases, engagements, surveys, and what waits.

Nothing here depends on the day on which the demonstration is loaded, but what waits on some days.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

HUAXIN_PROCESS: Final = "华信装备流程体系优化"
HUAXIN_IT: Final = "华信装备信息化规划"
HENGDA: Final = "恒达华南运营标准化"
RUNNING: Final = {HUAXIN_PROCESS, HUAXIN_IT, HENGDA}
ALL_CLIENTS: Final = 59
ALL_CASES: Final = 54
Waiting = set[tuple[str, str]]
"""Kind and Chinese title."""


class FirmSees(NamedTuple):
    """What somebody of the firm meets of all clients and cases; `hidden` are subjects of cases."""

    engagements: set[str]
    waiting: Waiting = set()
    some_days: Waiting = set()
    week: dict[str, int] = {}
    """How much there is of each question of the week; of the others there is nothing."""
    hidden: set[str] = set()


class ClientSees(NamedTuple):
    """What somebody of a client meets: subjects of cases, and of the case they are asked about."""

    engagements: set[str] = set()
    cases: set[str] = set()
    asked_about: set[str] = set()
    waiting: Waiting = set()
    some_days: Waiting = set()


INTERIM: Final = ("key_node", "设计方案中期汇报")
DIAGNOSIS: Final = ("key_node", "诊断汇报会")
ACCEPTANCE: Final = ("key_node", "项目验收会")
COMPLAINT: Final = "两次询问没有得到答复"
WRONG_FIRM: Final = "客服把集团的案例授权发错了公司"

FIRM: Final = {
    "admin@firm.example": FirmSees(RUNNING),
    "partner@firm.example": FirmSees(
        RUNNING,
        {INTERIM, DIAGNOSIS, ("task", "向企业高层汇报诊断结论")},
        {ACCEPTANCE},
        week={"touches": 2, "reviews": 4},
    ),
    "manager@firm.example": FirmSees(RUNNING, week={"contacts": 12, "promised": 1}),
    "lead@firm.example": FirmSees({HUAXIN_PROCESS}, {INTERIM}, week={"touches": 1, "reviews": 3}),
    "consultant@firm.example": FirmSees(
        {HUAXIN_PROCESS, HENGDA},
        {INTERIM, ("task", "设定流程绩效指标并测定基线")},
        {ACCEPTANCE},
        week={"touches": 4},
    ),
    "bystander@firm.example": FirmSees(set()),
    "agent@firm.example": FirmSees(set(), week={"promised": 6, "follow-ups": 1}),
    "agent2@firm.example": FirmSees(set(), week={"promised": 2}, hidden={COMPLAINT, WRONG_FIRM}),
}
CLIENT: Final = {
    "ceo@huaxin.example": ClientSees(
        {HUAXIN_PROCESS},
        {"汇报材料建议控制在十页以内", "评审会材料能否只看一页纸"},
        {"评审会材料能否只看一页纸"},
        {INTERIM, ("deliverable_decide", "产销计划协同规则")},
    ),
    "pm@huaxin.example": ClientSees(
        {HUAXIN_PROCESS},
        {
            "希望调整下周访谈的时间",
            "需要一份顾问驻场日程表",
            "顾问临时更换没有提前告知",
            "请提供评审会议程模板",
        },
        {"请提供评审会议程模板"},
        {INTERIM, ("deliverable_check", "流程绩效指标与基线")},
    ),
    "core@huaxin.example": ClientSees(
        {HUAXIN_PROCESS},
        {COMPLAINT, "访谈纪要迟迟没有收到", "计划协同研讨会组织得很好", "流程图模板请再发一份"},
        {"流程图模板请再发一份"},
        {
            ("task", "分领域研讨设计关键流程"),
            ("task", "编写流程文件：输入、活动、相互作用、输出、客户、价值"),
        },
    ),
    "peripheral@huaxin.example": ClientSees(
        {HUAXIN_PROCESS},
        {"现状调研问卷需要谁来填", "申请增加一次排产工具操作辅导", "意见提交后还能修改吗"},
        {"意见提交后还能修改吗"},
        {("deliverable_comment", "流程文件汇编"), ("task", "组织外围小组研读试用并反馈")},
    ),
    "it@huaxin.example": ClientSees(
        {HUAXIN_IT},
        {"信息化现状清单的填写口径", "请提供接口调研的问题清单"},
        {"请提供接口调研的问题清单"},
        {
            ("deliverable_draft", "现状流程图册"),
            ("deliverable_draft", "管理诊断报告"),
            ("task", "绘制现状流程"),
            DIAGNOSIS,
        },
    ),
    "left@huaxin.example": ClientSees(),
    "pm@hengda.example": ClientSees(
        {HENGDA},
        {"结项报告请补充夜班数据", WRONG_FIRM, "验收会需要准备哪些资料"},
        {"验收会需要准备哪些资料"},
        {("deliverable_check", "实施效果评估报告")},
        {ACCEPTANCE},
    ),
}
LEADS: Final = {"director", "consulting_pm"}
LED: Final = "led"
"""Stands for the engagements that the reader leads, as project manager or director."""
SEES: Final[dict[str, FirmSees | ClientSees]] = {**FIRM, **CLIENT}
WEEK: Final[dict[str, tuple[str, dict[str, Any]]]] = {
    "contacts": ("clients", {"mine": True, "due_before": "9999-12-31"}),
    "promised": ("cases", {"mine": True, "live": True}),
    "touches": ("stakeholder-actions", {}),
    "follow-ups": ("follow-ups", {"mine": True, "status": "scheduled"}),
    "reviews": ("deliverables", {"status": "commenting,checking,deciding", "engagement_id": LED}),
}
"""The questions of `web/src/features/week/api.ts`, but what waits and what nobody has taken."""
