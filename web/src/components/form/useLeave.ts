import { useCallback } from "react";
import { useNavigate } from "react-router";

/** Goes on to what was made or saved, after the form knows that it is sent: its guard would ask otherwise. */
export function useLeave() {
  const navigate = useNavigate();
  return useCallback((to: string) => { setTimeout(() => void navigate(to), 0); }, [navigate]);
}
