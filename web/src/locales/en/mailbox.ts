export default {
  title: "Mailbox",
  lead: "No mail server is configured, so outgoing mail stays here.",
  empty_title: "No mail yet",
  empty_text: "Invitations and notices appear here as they are sent.",
  choose: "Choose a mail to read it.",
  to: "To",
};
