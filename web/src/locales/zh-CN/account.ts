import type { Messages } from "@/i18n/messages";
import type en from "../en/account";

const zh: Messages<typeof en> = {
  title: "我的账户",
  who: "个人信息",
  name: "姓名",
  need_name: "请输入姓名",
  email: "邮箱",
  roles: "角色",
  organisation: "单位",
  save: "保存",
  saved: "已保存",
  language: "语言",
  password: "密码",
  password_now: "当前密码",
  password_new: "新密码",
  password_need: "请输入当前密码",
  password_help: "至少 10 个字符。",
  password_short_other: "还差 {{count}} 个字符",
  password_change: "修改密码",
  password_saved: "密码已修改",
};
export default zh;
