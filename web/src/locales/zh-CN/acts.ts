import type { Messages } from "@/i18n/messages";
import type en from "../en/acts";

const zh: Messages<typeof en> = {
  answer: { give: "提交答卷" },
  bypass: { record: "登记越级联系" },
  campaign: { edit: "修改调研规则" },
  case: {
    about: "指明涉及人员", assign: "派单", close: "关闭", "confirm-need": "确认需求",
    edit: "修改", open: "登记工单", reopen: "重新打开", resolve: "标记解决", restate: "复述需求",
    resume: "结束等待，继续处理", start: "开始处理", wait: "等待客户", withdraw: "撤回",
  },
  channel: { bypass: "越级联系" },
  client: {
    archive: "归档或恢复", bulk: "批量修改", create: "新建", edit: "修改",
    grade: "评定等级", merge: "合并", split: "撤销合并", stage: "变更阶段",
  },
  contact: { archive: "归档或恢复联系人", create: "添加联系人", edit: "修改联系人" },
  "dead-letter": { discard: "放弃失败事件", replay: "重新处理失败事件" },
  deliverable: {
    add: "添加交付物", check: "客户方初审", comment: "提出意见", decide: "终审",
    "finish-rollout": "完成宣贯", "request-check": "提请初审", "start-rollout": "开始宣贯",
    submit: "提交版本", "take-back": "撤回版本",
  },
  engagement: {
    activate: "启动", cancel: "取消", close: "关闭", draft: "起草", edit: "修改", hold: "暂停",
    propose: "提交客户", resume: "恢复", "start-closing": "开始收尾",
  },
  "follow-up": { plan: "安排回访", record: "记录回访", waive: "免除回访" },
  import: { apply: "导入", create: "上传或重新读取文件", discard: "弃用文件", undo: "撤销导入" },
  interaction: { amend: "补正联络记录", create: "登记联络", edit: "修改联络记录" },
  "key-node": { hold: "召开关键节点" },
  key: { create: "签发接口密钥", revoke: "吊销接口密钥" },
  me: { edit: "修改个人设置", password: "修改个人密码" },
  member: { add: "添加成员", begin: "成员身份开始", edit: "修改成员", end: "结束成员身份" },
  message: { post: "回复客户" },
  note: { add: "添加内部备注" },
  opportunity: { create: "新建商机", edit: "修改商机", move: "变更商机阶段" },
  phase: { end: "结束阶段", start: "开始阶段" },
  plan: { cascade: "顺延后续计划", change: "变更计划", confirm: "确认计划" },
  promise: { break: "承诺未兑现", keep: "兑现承诺", make: "作出承诺", renegotiate: "协商新时间" },
  session: { begin: "登录", end: "退出", family_revoked: "旧会话被再次使用，相关会话已全部终止" },
  solution: { accept: "接受方案", decline: "不接受方案", offer: "提出方案", withdraw: "撤回方案" },
  stakeholder: {
    add: "添加干系人", edit: "修改干系人画像", finish: "完成干系人行动",
    plan: "安排干系人行动",
  },
  task: { assign: "分配任务", edit: "修改任务", finish: "完成任务", start: "开始任务" },
  user: {
    activate: "启用", activated: "启用", affiliate: "变更所属客户", create: "新建",
    deactivate: "停用", deactivated: "停用", edit: "修改", erase: "删除个人信息", erased: "删除个人信息", invite: "邀请",
  },
  view: { create: "保存视图", default: "设为默认视图", delete: "删除视图", edit: "修改视图" },
};
export default zh;
