import type { Messages } from "@/i18n/messages";
import type en from "../en/forms";

const zh: Messages<typeof en> = {
  draft_restored: "已恢复未提交的内容，保存于",
  draft_discard: "放弃这些内容",
  leave_title: "离开前保留未提交的内容？",
  leave_text: "内容尚未提交。可以作为草稿保存在此浏览器中，稍后继续。",
  leave_stay: "留在此页",
  leave_keep: "存为草稿并离开",
  leave_discard: "放弃",
  stale_title: "他人已先保存",
  stale_text: "您的内容没有丢失。请逐项选择保留哪个版本，然后重新保存。",
  stale_same: "对方的修改与您的内容不冲突，可以直接重新保存。",
  stale_field: "字段",
  stale_mine: "我的",
  stale_theirs: "对方的",
  stale_continue: "采用所选内容",
  stale_back: "返回表单",
  scale_ends: "{{from}} {{low}}，{{to}} {{high}}",
  clear: "清除",
  pick_time: "日期与时间",
  other_clock: "按公司所在时区（{{zone}}），与您的本地时间不同。",
  pick_day: "日期",
  find: "输入以查找",
  searching: "正在搜索…",
  nothing_found: "没有找到",
  cancel: "取消",
  save: "保存",
  required: "请填写此项",
  required_mark: "必填",
};
export default zh;
