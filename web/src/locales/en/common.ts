export default {
  more: "More",
  edit: "Edit",
  remove: "Remove",
  nobody: "Nobody",
  days_late_one: "{{count}} day late",
  days_late_other: "{{count}} days late",
};
