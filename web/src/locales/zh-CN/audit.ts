import type { Messages } from "@/i18n/messages";
import type en from "../en/audit";

const zh: Messages<typeof en> = {
  title: "审计记录",
  count: "共 {{count}} 条",
  all: "全部记录",
  when: "时间",
  who: "人员",
  what: "操作",
  record: "记录",
  seal: "封存",
  sealed: "已封存",
  before: "之前",
  after: "之后",
  request: "请求编号",
  empty_title: "没有记录",
  empty_text: "谁对哪条记录做了什么，都按顺序封存在这里。",
};
export default zh;
