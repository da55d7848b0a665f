export { RequestsPage } from "./RequestsPage";
export { NewRequestPage } from "./NewRequestPage";
export { RequestPage } from "./RequestPage";
