export { CasesPage } from "./CasesPage";
export { CasePage } from "./CasePage";
export { NewCasePage } from "./NewCasePage";
