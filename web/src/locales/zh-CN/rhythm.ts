import type { Messages } from "@/i18n/messages";
import type en from "../en/rhythm";

const zh: Messages<typeof en> = {
  title: "等级与联络频次",
  grade: "等级",
  set_grade: "设定等级",
  regrade: "调整等级",
  grade_title: "设定 {{name}} 的等级",
  reason: "原因",
  reason_help: "同事会在等级旁看到此说明。",
  meaning: {
    A: "A 级：每 7 天致电，每 60 天拜访", B: "B 级：每 7 天致电，每 90 天拜访", C: "C 级：每 14 天致电，每 120 天拜访",
    none: "不设等级：没有到期提醒",
  },
  next_contact: "下次联系",
  call: "电话",
  visit: "拜访",
  next_call: "下次致电",
  next_visit: "下次拜访",
  last: "上次",
  never: "尚无记录",
  ungraded: "尚未定级。等级决定与客户的联络频次。",
  history: "历次等级",
  hide_history: "收起历次等级",
  taken_away: "取消等级：",
  due: "到期",
  overdue: "联络已逾期",
  this_week: "一周内到期",
};
export default zh;
