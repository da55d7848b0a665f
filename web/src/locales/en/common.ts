export default {
  more: "More",
  edit: "Edit",
  remove: "Remove",
  nobody: "Nobody",
  save_picture: "Save as picture (PNG)",
  picture_failed: "The picture could not be made. Nothing was changed; please try again.",
  not_copied: "This browser let nothing be copied. Select it here and copy it by hand:",
  days_late_one: "{{count}} day late",
  days_late_other: "{{count}} days late",
  show_all: "Show all",
  show_less: "Show less",
};
