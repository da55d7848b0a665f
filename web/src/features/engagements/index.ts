export { EngagementsPage } from "./engagement/EngagementsPage";
export { NewEngagementPage, EditEngagementPage } from "./engagement/EditPages";
export { EngagementFrame } from "./engagement/EngagementFrame";
export { HistoryPage } from "./engagement/HistoryPage";
export { PlanPage } from "./plan/PlanPage";
export { TeamPage } from "./team/TeamPage";
