import type { Messages } from "@/i18n/messages";
import type en from "../en/problems";

const zh: Messages<typeof en> = {
  unreachable_title: "无法连接到系统",
  unreachable: "网络或服务器没有响应。",
  unexpected_title: "出了点问题",
  unexpected: "服务器未能处理此请求。",
  to_start: "返回首页",
  back: "返回",
  retry: "重试",
  copied: "请求编号已复制",
  copy_request_id: "复制请求编号",
  safe: {
    nothing_changed: "没有更改任何数据。",
    draft_kept: "尚未保存，您填写的内容仍在此处。",
    unknown: "无法确定是否已保存；重试不会重复执行。",
  },
  next: {
    retry: "请检查网络后重试。",
    sign_in: "请重新登录。",
    ask_admin: "如有需要，请联系管理员。",
    mend_fields: "请修改所指内容后重新提交。",
    compare: "请查看当前状态后再决定。",
    wait: "请稍候再试。",
    go_back: "请返回列表重新打开。",
    report: "如再次出现，请提供请求编号。",
  },
};
export default zh;
