import type { Messages } from "@/i18n/messages";
import type en from "../en/interactions";

const zh: Messages<typeof en> = {
  client: "客户",
  title: "联络记录：{{kind}}",
  new_title: "记录联络",
  kind_label: "方式",
  kind: { call: "电话", visit: "拜访", meeting: "会议", message: "消息", mail: "邮件", event: "活动", greeting: "问候" },
  when: "时间",
  with: "客户方人员",
  with_help: "客户方参与的人员。",
  our_side: "我方人员",
  summary: "沟通内容",
  summary_help: "记下事实和关键原话。24 小时内可修改，之后只能补充更正。",
  intent: "合作意向",
  intent_help: "意向有多强？未谈及可留空。",
  intent_short: "合作意向 {{value}}/5",
  next_step: "下一步",
  next_step_on: "日期",
  record: "保存记录",
  recorded: "已记录",
  details: "详情",
  locked: "已锁定：只能补充更正，不能改写。",
  edit: "修改",
  edit_title: "修改联络记录",
  amend: "补充更正",
  amend_title: "补充更正记录",
  amend_summary: "正确内容",
  amend_help: "原始内容仍会保留在旁边。",
  amend_reason: "更正原因",
  amendments: "更正记录",
};
export default zh;
