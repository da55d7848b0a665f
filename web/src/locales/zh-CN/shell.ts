import type { Messages } from "@/i18n/messages";
import type en from "../en/shell";

const zh: Messages<typeof en> = {
  skip: "跳到正文",
  navigation: "导航",
  open_navigation: "打开导航",
  administration: "管理",
  place: {
    week: "我的一周", clients: "客户", opportunities: "商机", engagements: "咨询项目", cases: "工单", users: "用户", imports: "导入", keys: "接口密钥", audit: "审计记录", letters: "失败事件",
    mailbox: "邮箱", requests: "服务与投诉", surveys: "满意度", own_surveys: "问卷", waiting: "待我处理", own_engagements: "我的项目", account: "我的账户",
  },
  short: { own_engagements: "我的项目" },
  our_firm: "您的顾问团队",
  command_hint: "前往、操作或查找",
  command_short: "前往、操作或查找",
  command_label: "命令与搜索",
  command_results: "结果",
  command_go: "前往",
  command_do: "操作",
  command_found: "找到",
  command_searching: "正在搜索…",
  command_none: "没有找到“{{text}}”。可以试试名称的一部分、编号、拼音或首字母。",
  do: {
    new_client: "新增客户", new_case: "登记工单", new_opportunity: "新增商机", import: "导入客户", invite: "邀请用户", key: "创建接口密钥",
    light: "浅色外观", dark: "深色外观",
  },
  switch_language: "切换语言",
  appearance: { system: "跟随设备外观", light: "浅色", dark: "深色" },
  me_menu: "账户菜单",
  shortcuts: "键盘快捷键",
  shortcut: {
    command: "前往、操作或查找任何内容", move: "列表中：下一行、上一行", open: "打开该行", select: "选中该行",
    search: "搜索列表", close: "关闭面板、取消选择", send: "发送回复或备注",
  },
  sign_out: "退出登录",
  behind: "实时更新已中断，当前内容可能略有延迟，恢复后会自动更新。",
  no_page_title: "没有这个页面",
  no_page: "地址可能有误，或者您无权查看该记录。",
  closed_title: "您的账号未开通此页面",
  closed: "如工作需要，请联系邀请您的人员。",
  go_home: "回到首页",
};
export default zh;
