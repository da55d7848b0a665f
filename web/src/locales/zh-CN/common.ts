import type { Messages } from "@/i18n/messages";
import type en from "../en/common";

const zh: Messages<typeof en> = {
  more: "更多",
  edit: "编辑",
  remove: "移除",
  nobody: "无",
  save_picture: "保存为图片（PNG）",
  picture_failed: "图片未能生成，内容没有任何改动，请重试。",
  not_copied: "浏览器不允许自动复制，请在此选中后手动复制：",
  days_late_other: "逾期 {{count}} 天",
  show_all: "全部显示",
  show_less: "收起",
  show_more_other: "显示其余 {{count}} 项",
};
export default zh;
