import { useEffect, useState } from "react";

/** The value after it has rested for `wait` milliseconds. */
export function useDeferred<T>(value: T, wait: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => { setSettled(value); }, wait);
    return () => { clearTimeout(timer); };
  }, [value, wait]);
  return settled;
}
