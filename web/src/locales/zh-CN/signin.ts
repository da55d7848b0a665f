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
  demo: "演示环境：所有账号密码均为 rapport-demo。选择身份登录",
  role: {
    admin: "管理员", partner: "合伙人", manager: "客户经理", lead: "顾问方项目经理", agent: "服务专员",
    ceo: "客户高层", pm: "客户方项目经理",
  },
  invitation_title: "{{name}}，欢迎加入",
  invitation_plain: "欢迎加入",
  invitation_lead: "您的账号是 {{email}}，请设置密码以开始使用。",
  name: "姓名",
  need_name: "请输入您的姓名",
  new_password: "密码",
  password_help: "至少 10 个字符。一句短语既好记又难猜。",
  password_short: "至少需要 10 个字符",
  accept: "开始使用",
  invitation_gone: "此邀请无法使用",
  invitation_gone_text: "邀请可能已使用、已撤回或已过期。请联系邀请人重新发送。",
  to_sign_in: "前往登录",
};
export default zh;
