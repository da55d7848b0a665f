import { Navigate } from "react-router";
import { useMe } from "@/auth/me";

export function Home() {
  const me = useMe();
  return <Navigate replace to={me?.side === "client" ? "/waiting" : "/week"} />;
}
