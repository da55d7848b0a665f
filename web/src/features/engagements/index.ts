export { EngagementsPage } from "./engagement/EngagementsPage";
export { NewEngagementPage, EditEngagementPage } from "./engagement/EditPages";
export { EngagementFrame } from "./engagement/EngagementFrame";
export { HistoryPage } from "./engagement/HistoryPage";
export { PlanPage } from "./plan/PlanPage";
export { DeliverablesPage } from "./deliverables/DeliverablesPage";
export { DeliverablePage } from "./deliverables/DeliverablePage";
export { StakeholdersPage } from "./stakeholders/StakeholdersPage";
export { TeamPage } from "./team/TeamPage";
