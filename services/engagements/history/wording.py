"""What each step of an engagement's history says, in both languages, as data."""

from shared.sentences import Sentences, Texts, Wording, both, firm

WORDING: dict[str, Wording] = {
    "drafted": both("{actor} drafted {number}: {title}", "{actor}起草了 {number}：{title}"),
    "drafted_from_opportunity": firm(
        "{number} was drafted from a won opportunity: {title}",
        "由赢单商机自动起草 {number}：{title}",
    ),
    "changed": both("{actor} changed the engagement.", "{actor}修改了项目信息。"),
    "proposed": both("{actor} put the draft to the client.", "{actor}向客户提交了项目方案。"),
    "activated": both("The engagement is running.", "项目正式启动。"),
    "held": both("{actor} put the work on hold: {reason}", "{actor}暂停了项目：{reason}"),
    "resumed": both("The work goes on.", "项目恢复执行。"),
    "closing": both("The engagement is being closed.", "项目进入收尾阶段。"),
    "closed": both("{actor} closed the engagement.", "{actor}关闭了项目。"),
    "cancelled": both("{actor} cancelled the engagement: {reason}", "{actor}取消了项目：{reason}"),
    "member_added": both("{person} joined as {role}.", "{person}加入项目组，担任{role}。"),
    "member_changed": both("The place of {person} changed.", "{person}的角色信息已调整。"),
    "member_ended": both("{person} is no longer {role} of the team.", "{person}不再担任{role}。"),
    "member_planned": both(
        "{person} will join as {role} on {day}.", "{person}将于{day}加入项目组，担任{role}。"
    ),
    "member_withdrawn": both(
        "{person} will not join as {role} after all.", "{person}不再按计划加入项目组（{role}）。"
    ),
    "plan_changed": both("{actor} changed {what}.", "{actor}调整了{what}。"),
    "plan_reopened": both(
        "{actor} changed {what}: both project managers confirm again.",
        "{actor}调整了{what}，需双方项目经理重新确认。",
    ),
    "plan_confirmed": both(
        "{actor} confirmed the plan and the team.", "{actor}确认了阶段计划与团队。"
    ),
    "phase_started": both("Phase begun: {phase}", "阶段启动：{phase}"),
    "phase_ended": both("Phase ended: {phase}", "阶段结束：{phase}"),
    "key_node_held": both("Key node held on {day}: {node}", "关键节点已于{day}召开：{node}"),
    "deliverable_planned": both(
        "{actor} added a deliverable: {deliverable}", "{actor}新增了交付物《{deliverable}》。"
    ),
    "deliverable_taken_back": both(
        "{actor} took {deliverable} back to work the comments in.",
        "{actor}收回《{deliverable}》，以吸收意见。",
    ),
    "deliverable_submitted": both(
        "{actor} put forward version {version} of {deliverable}.",
        "{actor}提交了《{deliverable}》第 {version} 版。",
    ),
    "deliverable_commented": both(
        "{actor} commented on {deliverable}.", "{actor}对《{deliverable}》发表了意见。"
    ),
    "deliverable_check_requested": both(
        "{actor} asked for the first check of {deliverable}.",
        "{actor}提请初审《{deliverable}》。",
    ),
    "deliverable_checked": both(
        "{actor} passed the first check of {deliverable}.", "{actor}通过了《{deliverable}》的初审。"
    ),
    "deliverable_rejected": both(
        "{actor} rejected {deliverable}: {reason}", "{actor}退回了《{deliverable}》：{reason}"
    ),
    "deliverable_accepted": both(
        "{actor} accepted {deliverable}.", "{actor}终审通过了《{deliverable}》。"
    ),
    "rollout_started": both(
        "{actor} began to roll out {deliverable}.", "{actor}启动了《{deliverable}》的宣贯。"
    ),
    "rollout_finished": both(
        "The rollout of {deliverable} is complete.", "《{deliverable}》宣贯完成。"
    ),
    "bypass_recorded": firm(
        "{actor} went to {person} directly.", "{actor}越级直接联系了{person}。"
    ),
}

LABELS: dict[str, dict[str, Texts]] = {
    "role": {
        "executive": {"en": "executive", "zh": "企业高层"},
        "client_pm": {"en": "client project manager", "zh": "客户方项目经理"},
        "core": {"en": "core member", "zh": "核心小组成员"},
        "peripheral": {"en": "peripheral member", "zh": "外围小组成员"},
        "director": {"en": "project director", "zh": "项目总监"},
        "consulting_pm": {"en": "consulting project manager", "zh": "顾问方项目经理"},
        "consultant": {"en": "consultant", "zh": "顾问"},
        "expert": {"en": "expert", "zh": "专家"},
    },
}
"""Enumerated parameters and their names in a sentence, by language."""

SENTENCES = Sentences(WORDING, LABELS)
