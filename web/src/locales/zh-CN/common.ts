import type { Messages } from "@/i18n/messages";
import type en from "../en/common";

const zh: Messages<typeof en> = {
  open: "打开",
  more: "更多",
  edit: "编辑",
  remove: "移除",
  yes: "是",
  no: "否",
  nobody: "无",
  days_late_other: "逾期 {{count}} 天",
  loading: "正在加载",
};
export default zh;
