import { render, screen } from "@testing-library/react";
import { beforeAll, expect, it } from "vitest";
import type { Case } from "@/api/types";
import { changeLanguage, startLanguage } from "@/i18n";
import { RequestKind } from "./RequestKind";

const complaint = (channel: Case["channel"]) => ({ kind: "complaint", channel }) as Case;

beforeAll(async () => { await startLanguage(); });

it.each([
  ["en", "Follow-up of a survey answer", "Complaint"],
  ["zh-CN", "问卷答复跟进", "投诉"],
] as const)("calls a complaint only what the client raised (%s)", async (language, followed, raised) => {
  await changeLanguage(language);
  const { rerender } = render(<RequestKind item={complaint("survey")} />);
  expect(screen.getByText(followed)).toBeDefined();
  expect(screen.queryByText(raised)).toBeNull();
  rerender(<RequestKind item={complaint("portal")} />);
  expect(screen.getByText(raised)).toBeDefined();
});
