import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

/** What this is, why it matters, the one button; `whole` when it is all there is on the page. */
export function EmptyState({ icon: Icon, title, children, action, whole = false }: {
  icon: LucideIcon; title: string; children?: ReactNode; action?: ReactNode; whole?: boolean;
}) {
  const Title = whole ? "h1" : "h2";
  return (
    <div className="empty">
      <Icon size={28} strokeWidth={1.5} aria-hidden="true" />
      <Title>{title}</Title>
      {children && <p>{children}</p>}
      {action}
    </div>
  );
}
