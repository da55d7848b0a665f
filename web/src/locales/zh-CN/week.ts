import type { Messages } from "@/i18n/messages";
import type en from "../en/week";

const zh: Messages<typeof en> = {
  title: "我的一周",
  late_other: "{{count}} 项承诺已超时",
  none_late: "没有超时的承诺",
  my_cases: "我的承诺",
  no_cases: "目前没有由您处理的工单。",
  unassigned: "待分派",
  follow_ups: "本周回访",
  follow_up: "回访",
  my_clients: "我的客户",
  no_clients: "您还没有负责的客户。",
  my_records: "我的最近联络",
  no_records: "还没有联络记录。",
  next: "下一步",
  all: "全部",
  empty_title: "暂无待办",
  empty_text: "由您负责的承诺、回访和客户会显示在这里。",
};
export default zh;
