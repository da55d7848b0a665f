export { OwnEngagements } from "./OwnEngagements";
