import { Page } from "./page";

const root = document.getElementById("survey");
if (root) {
  const language = navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en";
  // Whoever comes from Rapport reads on in the language that they read there.
  const asked = new URLSearchParams(location.search).get("language");
  const chosen = asked === "zh" || asked === "en" ? asked : null;
  const page = new Page(root, location.hash.slice(1), chosen ?? language, chosen !== null);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") void page.flush();
  });
  // Another link pasted into the same tab changes the address behind its # alone.
  addEventListener("hashchange", () => { location.reload(); });
  void page.start();
}
