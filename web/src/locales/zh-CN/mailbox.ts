import type { Messages } from "@/i18n/messages";
import type en from "../en/mailbox";

const zh: Messages<typeof en> = {
  title: "邮箱",
  lead: "尚未配置邮件服务器，发出的邮件保存在这里。",
  empty_title: "还没有邮件",
  empty_text: "邀请和通知发出后会显示在这里。",
  choose: "选择一封邮件查看。",
  to: "收件人",
};
export default zh;
