import type { Messages } from "@/i18n/messages";
import type en from "../en/letters";

const zh: Messages<typeof en> = {
  title: "失败事件",
  about: "以下事件各已尝试六次，仍未成功，因而搁置。其他工作照常进行，只有同一记录的后续事件可能在等待。",
  in: { clients: "客户", engagements: "项目", desk: "服务台", surveys: "调查", gateway: "登录与人员" },
  quiet: "没有待处理事件",
  comma: "、",
  handler: "失败于",
  no_event: "无法识别的事件",
  record: "记录",
  erased: "人员已删除",
  hidden: "您无权查看内容",
  says: "事件内容",
  replay: "重新处理",
  replay_all: "全部重新处理",
  replayed: "处理成功，结果已生效",
  all_done: "已全部处理成功",
  some_failed: "仍有 {{count}} 个事件失败",
  discard: "放弃",
  discard_title: "放弃这个事件？",
  discard_text: "它本应带来的更改将不会发生，也无法恢复。来源记录保持不变；审计记录会写明这是您的决定。",
  discarded: "已放弃",
  older: "显示更早的事件（还有 {{count}} 个）",
  empty_title: "没有失败的事件",
  empty_text: "当系统的一部分无法接收另一部分的通知时，事件会留在这里：排除原因后重新处理，或者放弃。",
};
export default zh;
