import type { FormInstance } from "antd";
import type { Problem } from "@/api/problem";

/** Says what is wrong at the fields concerned; answers the problem while anything of it has no place there. */
export function placeProblem<V extends object>(form: FormInstance<V>, problem: Problem): Problem | null {
  const wrong = problem.fields();
  const shown = form.getFieldsValue() as object;
  const placed = Object.keys(wrong).filter((name) => name in shown);
  form.setFields(placed.map((name) => ({ name: name as never, errors: wrong[name] })));
  form.getFieldInstance(placed[0] as never)?.focus?.();
  return placed.length > 0 && placed.length === Object.keys(wrong).length ? null : problem;
}
