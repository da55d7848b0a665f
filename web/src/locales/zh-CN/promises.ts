import type { Messages } from "@/i18n/messages";
import type en from "../en/promises";

const zh: Messages<typeof en> = {
  title: "承诺时间",
  none: "还没有承诺时间，客户在等一个确切的答复时间。",
  make: "作出承诺",
  make_title: "承诺时间",
  kind_label: "承诺内容",
  kind: { first_response: "首次答复", update: "进展答复", solution: "提出方案", resolution: "解决问题", callback: "回电" },
  status: { made: "已承诺", kept: "已兑现", broken: "未兑现", superseded: "已改期", released: "不再需要" },
  due: "应于",
  due_label: "截止时间",
  hours: "须在公司工作时间内。",
  text: "说明",
  text_help: "客户会看到此说明。",
  kept_rate: {
    of_client: "承诺兑现率 {{rate}}（已了结 {{due}} 项，兑现 {{kept}} 项）",
    imported: "其中 {{imported}} 项来自导入的历史记录",
    mine: "我的承诺兑现率 {{rate}}（已了结 {{due}} 项，兑现 {{kept}} 项）",
  },
  keep: "标记为已兑现",
  keep_title: "承诺已兑现",
  keep_note: "如何兑现",
  renegotiate: "协商新时间",
  renegotiate_title: "在到期前协商新的时间",
  new_time: "新的时间",
  reason: "原因",
  reason_help: "客户会看到此内容。",
  moved_from: "原定",
  clock: {
    none: "尚未承诺",
    none_open: "没有待兑现的承诺",
    late_minute_other: "超时 {{count}} 分钟",
    late_hour_other: "超时 {{count}} 小时",
    late_day_other: "超时 {{count}} 天",
    left_minute_other: "剩余 {{count}} 分钟",
    left_hour_other: "剩余 {{count}} 小时",
    left_day_other: "剩余 {{count}} 天",
  },
};
export default zh;
