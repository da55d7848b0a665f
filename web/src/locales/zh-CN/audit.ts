import type { Messages } from "@/i18n/messages";
import type en from "../en/audit";
import act from "./acts";
import field from "./fields";

const zh: Messages<typeof en> = {
  title: "审计记录",
  count_other: "共 {{shown}} 条",
  all: "全部记录",
  when: "时间",
  who: "人员",
  what: "操作",
  record: "记录",
  service: "位置",
  before: "之前",
  after: "之后",
  request: "请求编号",
  one_person: "某一人员",
  one_record: "某一记录",
  by_person: "此人的全部操作",
  of_record: "此记录的全部操作",
  act,
  field,
  field_name: "字段",
  as_recorded: "查看原始记录",
  recorded_as: "记录名",
  sealed_as: "已封存：{{service}}第 {{seq}} 条",
  in: { clients: "客户", engagements: "项目", desk: "服务台", surveys: "调查", gateway: "登录与人员" },
  kind: {
    client: "客户", contact: "联系人", interaction: "联络记录", opportunity: "商机", import: "导入",
    engagement: "项目", case: "工单", user: "人员", key: "接口密钥", deliverable: "交付物", task: "任务",
    stakeholder: "干系人", member: "成员身份", response: "答卷", round: "调研批次", campaign: "调研规则",
    view: "视图", audit: "审计记录", dead_letter: "失败事件",
  },
  since: { hour: "最近一小时", day: "最近 24 小时", week: "最近 7 天", month: "最近 30 天" },
  empty_title: "没有记录",
  empty_text: "谁对哪条记录做了什么，都按顺序封存在这里。",
};
export default zh;
