import type { Messages } from "@/i18n/messages";
import type en from "../en/messages";

const zh: Messages<typeof en> = {
  title: "沟通记录",
  none_firm: "还没有沟通。",
  none_client: "还没有沟通。如有补充，请随时留言。",
  from: "{{name}} 的消息",
  note_from: "{{name}} 的内部备注",
  automatic: "自动消息",
  side_client: "客户",
  side_firm: "本公司",
  kind_label: "书写类型",
  note: "内部备注",
  reply: "公开回复",
  write_note: "写内部备注",
  write_reply: "回复客户",
  write_message: "留言",
  who_note: "仅同事可见",
  who_reply: "{{name}} 可见",
  who_firm: "顾问团队可见",
  add_note: "添加备注",
  send: "发送",
};
export default zh;
