export { ClientsPage } from "./ClientsPage";
export { ClientPage } from "./ClientPage";
export { NewClientPage } from "./NewClientPage";
export { EditClientPage } from "./EditClientPage";
