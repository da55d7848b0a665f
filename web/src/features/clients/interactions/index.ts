export { NewInteractionPage } from "./NewInteractionPage";
export { InteractionPage } from "./InteractionPage";
