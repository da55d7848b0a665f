export default {
  unreachable_title: "Rapport cannot be reached",
  unreachable: "The network or the server does not answer.",
  unexpected_title: "Something went wrong",
  unexpected: "The server could not answer this request.",
  retry: "Try again",
  copied: "Request id copied",
  copy_request_id: "Copy the request id",
  safe: {
    nothing_changed: "Nothing was changed.",
    draft_kept: "Nothing was saved; what you typed is still here.",
    unknown: "It is not certain whether this was saved; trying again does it only once.",
  },
  next: {
    retry: "Check your connection and try again.",
    sign_in: "Please sign in again.",
    ask_admin: "If you need this, ask an administrator of the firm.",
    mend_fields: "Mend what is named and send again.",
    compare: "Look at the current state, then decide again.",
    wait: "Wait a moment, then try again.",
    go_back: "Go back to the list and open it from there.",
    report: "If it happens again, pass on the request id.",
  },
};
