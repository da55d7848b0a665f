import type { ReactNode } from "react";
import { LanguageSwitch } from "@/app/LanguageSwitch";

/** The page before one is in: nothing but the way in. */
export function Door({ title, lead, children }: { title: string; lead?: string; children: ReactNode }) {
  return (
    <div className="door">
      <header className="door-bar">
        <div className="brand">
          <img src="/icon.svg" alt="" width={24} height={24} />
          <span>Rapport</span>
        </div>
        <LanguageSwitch />
      </header>
      <main className="door-in">
        <div className="door-box"><h1>{title}</h1>{lead && <p>{lead}</p>}{children}</div>
      </main>
    </div>
  );
}
