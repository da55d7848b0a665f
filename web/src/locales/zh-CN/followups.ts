import type { Messages } from "@/i18n/messages";
import type en from "../en/followups";

const zh: Messages<typeof en> = {
  title: "回访",
  none: "解决之后，回访确认问题是否真正解决。",
  plan: "安排回访",
  plan_title: "安排回访",
  due_on: "日期",
  scheduled: "待回访",
  waived: "已免除",
  satisfied: "满意",
  unsatisfied: "不满意",
  satisfied_label: "客户是否满意？",
  score: "评分",
  score_low: "很不满意",
  score_high: "非常满意",
  score_said: "评分 {{score}}/5",
  notes: "客户反馈",
  reopen: "重新打开工单",
  reopen_help: "问题未解决，继续处理。",
  record: "记录回访",
  record_title: "记录回访",
  waive: "免除",
  waive_title: "免除回访",
  reason: "原因",
};
export default zh;
