export default {
  open: "Open",
  more: "More",
  edit: "Edit",
  remove: "Remove",
  yes: "Yes",
  no: "No",
  nobody: "Nobody",
  days_late_one: "{{count}} day late",
  days_late_other: "{{count}} days late",
  loading: "Loading",
};
