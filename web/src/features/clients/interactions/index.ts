export { NewInteractionPage } from "./NewInteractionPage";
export { EditInteractionPage } from "./EditInteractionPage";
export { InteractionPage } from "./InteractionPage";
