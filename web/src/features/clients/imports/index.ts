export { ImportsPage } from "./ImportsPage";
export { ImportPage } from "./ImportPage";
