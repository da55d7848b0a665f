export { SurveysFrame } from "./SurveysFrame";
export { ScoresPage } from "./ScoresPage";
export { CommentsPage, InvitationsPage } from "./lists";
export { FormsPage } from "./FormsPage";
export { CampaignsPage } from "./CampaignsPage";
