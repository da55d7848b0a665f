export default {
  open: "Open",
  more: "More",
  edit: "Edit",
  remove: "Remove",
  yes: "Yes",
  no: "No",
  nobody: "Nobody",
  loading: "Loading",
};
