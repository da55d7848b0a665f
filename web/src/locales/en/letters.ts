export default {
  title: "Failed events",
  about:
    "Each of these was tried six times and set aside. Everything else goes on; only what belongs to the same record may wait behind it.",
  in: {
    clients: "Clients",
    engagements: "Engagements",
    desk: "Service desk",
    surveys: "Surveys",
    gateway: "Sign-in and people",
  },
  quiet: "Nothing waits in",
  comma: ", ",
  handler: "Failed in",
  no_event: "Not a readable event",
  record: "Record",
  erased: "Person erased",
  hidden: "Not yours to read",
  says: "What the event says",
  replay: "Handle again",
  replay_all: "Handle all again",
  replayed: "Handled; its effect is there now",
  all_done: "All are handled",
  some_failed: "{{count}} still fail",
  discard: "Give up",
  discard_title: "Give this event up?",
  discard_text:
    "What it should have changed here never happens, and it cannot be brought back. The record it came from stays as it is; the audit trail keeps that you decided so.",
  discarded: "Given up",
  older: "Show older events ({{count}} more)",
  empty_title: "No event has failed",
  empty_text:
    "When one part of Rapport cannot take in what another one tells it, the event waits here: handle it again once the cause is mended, or give it up.",
};
