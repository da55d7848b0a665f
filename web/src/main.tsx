import "@fontsource-variable/inter/wght.css";
import "./theme/base.css";
import "./theme/shell.css";
import "./theme/list.css";
import "./theme/parts.css";
import "./theme/pages.css";
import "./theme/work.css";
import "./theme/print.css";
import { QueryClientProvider } from "@tanstack/react-query";
import { createRoot } from "react-dom/client";
import { RouterProvider } from "react-router";
import { whenOtherSession, whenSignedOut } from "./api/client";
import { queries } from "./api/queries";
import { router } from "./app/routes";
import { ME } from "./auth/me";
import { meet } from "./auth/session";
import { startLanguage } from "./i18n";
import { Theme } from "./theme/Theme";

const root = document.getElementById("root");
if (!root) throw new Error("The page has no place for the interface.");

whenSignedOut(() => {
  if (queries.getQueryData(ME)) {
    queries.clear();
    void router.navigate(`/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`);
  }
});

whenOtherSession(meet);
await startLanguage();
createRoot(root).render(
  <QueryClientProvider client={queries}>
    <Theme><RouterProvider router={router} /></Theme>
  </QueryClientProvider>,
);
