import type { Messages } from "@/i18n/messages";
import type en from "../en/week";

const zh: Messages<typeof en> = {
  title: "我的一周",
  late_other: "{{count}} 项已逾期",
  none_late: "没有逾期事项",
  due_today_other: "今天 {{count}} 项",
  strip: "本周按日概览",
  overdue: "已逾期",
  unassigned: "待接手",
  take: "我来处理",
  taken: "已由您接手",
  follow_up: "回访",
  grade: "{{grade}} 级客户",
  kind: {
    promise: "承诺", to_promise: "待承诺答复时间", call: "致电", visit: "拜访", follow_up: "回访", touch: "干系人", task: "任务", key_node: "关键节点", plan: "计划",
    deliverable_draft: "待起草", deliverable_comment: "征求意见", deliverable_check: "初审", deliverable_decide: "决策", deliverable_rollout: "宣贯",
  },
  act: {
    promise: "答复", to_promise: "承诺", contact: "记录", follow_up: "记录", touch: "查看", task: "查看", key_node: "筹备", plan: "确认",
    deliverable_draft: "起草", deliverable_comment: "提意见", deliverable_check: "初审", deliverable_decide: "决策", deliverable_rollout: "推进",
  },
  nothing_mine: "您暂无到期事项，待接手的工单见右侧。",
  empty_title: "本周没有到期事项",
  empty_manager: "客户定级后，致电和拜访会自动出现在这里；对客户的承诺、项目中等待您的事项也会显示。",
  empty_agent: "您接手的工单会按下一个承诺时间显示在这里，解决后的回访也会显示。",
  empty_consultant: "加入联合项目组后，您的任务、关键节点和评审会按日显示在这里；对客户的承诺也会显示。",
};
export default zh;
