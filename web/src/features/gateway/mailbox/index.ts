export { MailboxPage } from "./MailboxPage";
