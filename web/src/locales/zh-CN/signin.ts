import type { Messages } from "@/i18n/messages";
import type en from "../en/signin";

const zh: Messages<typeof en> = {
  title: "登录",
  lead: "客户关系，一处尽览。",
  email: "邮箱",
  password: "密码",
  submit: "登录",
  need_email: "请输入邮箱地址",
  need_password: "请输入密码",
  wrong: "邮箱或密码不正确。请检查后重试，注意区分大小写。",
  invitation_title: "{{name}}，欢迎加入",
  invitation_plain: "欢迎加入",
  invitation_lead: "您的账号是 {{email}}，请设置密码以开始使用。",
  name: "姓名",
  need_name: "请输入您的姓名",
  new_password: "密码",
  password_help: "至少 10 个字符。一句短语既好记又难猜。",
  password_short_other: "还差 {{count}} 个字符",
  accept: "开始使用",
  invitation_gone: "此邀请无法使用",
  invitation_gone_text: "邀请可能已使用、已撤回或已过期。请联系邀请人重新发送。",
  to_sign_in: "前往登录",
};
export default zh;
