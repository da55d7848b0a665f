export { OwnEngagements } from "./OwnEngagements";
export { WaitingPage } from "./WaitingPage";
