import type { Messages } from "@/i18n/messages";
import type en from "../en/solutions";

const zh: Messages<typeof en> = {
  title: "解决方案",
  none: "需求已确认。可提出最多四个方案供客户选择。",
  full: "已有四个方案待选，请先撤回一个。",
  offer: "提出方案",
  offer_title: "提出方案",
  name: "方案名称",
  description: "我们将怎么做",
  description_help: "客户会与其他方案并列比较。",
  cost: "客户费用",
  cost_yours: "贵方费用",
  free: "无",
  duration: "所需工作日",
  days_other: "{{count}} 个工作日",
  risk_label: "风险",
  risk: { low: "低", medium: "中", high: "高" },
  status: { offered: "待选择", accepted: "已接受", declined: "已谢绝", not_chosen: "未选用", withdrawn: "已撤回" },
  declined_because: "谢绝原因：",
  accept: "接受",
  accept_title: "接受“{{title}}”？",
  accept_text: "将按此方案开始处理，其他方案不再保留。",
  accepted: "已接受，可以开始处理。",
  decline: "谢绝",
  decline_title: "谢绝“{{title}}”",
  decline_reason: "哪里不合适",
  decline_help: "有助于我们找到合适的方案。",
  withdraw: "撤回",
  withdraw_title: "撤回“{{title}}”？",
  withdraw_text: "客户将无法再接受该方案，历史记录仍会保留。",
};
export default zh;
