import { Page } from "./page";

const root = document.getElementById("survey");
if (root) {
  const language = navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en";
  const page = new Page(root, location.hash.slice(1), language);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") void page.flush();
  });
  void page.start();
}
