import type { Messages } from "@/i18n/messages";
import type en from "../en/house";

const zh: Messages<typeof en> = {
  waiting: "待我处理",
  count_other: "有 {{count}} 项等待您处理",
  reviews: "待评审",
  work: "待办",
  answers: "您的请求",
  surveys: "问卷",
  nothing_title: "没有待您处理的事项",
  nothing_text: "需要您评审、决策、办理或答复的事项都会集中显示在这里。",
  to_engagements: "查看我的项目",
};
export default zh;
