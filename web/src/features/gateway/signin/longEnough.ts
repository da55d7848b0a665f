import type { FormRule } from "antd";

const SHORTEST = 10;

/** The rule of a new password: the help beneath the field says it, the error how much is missing. */
export function longEnough(say: (missing: number) => string): FormRule {
  return {
    validator: (_, password: string | undefined) => {
      const missing = SHORTEST - [...(password ?? "")].length;
      return missing > 0 ? Promise.reject(new Error(say(missing))) : Promise.resolve();
    },
  };
}
