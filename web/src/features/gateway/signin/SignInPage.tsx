import { Button, Form, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useSearchParams } from "react-router";
import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { Problem } from "@/api/problem";
import { ME } from "@/auth/me";
import { asProblem, ProblemNotice } from "@/components/ProblemNotice";
import { useTitle } from "@/lib/useTitle";
import { Door } from "./Door";

interface Credentials { email: string; password: string }

/** Only an address inside this site may be returned to. */
function safeNext(next: string | null): string {
  return next?.startsWith("/") && !next.startsWith("//") && !next.includes("\\") ? next : "/";
}

export function SignInPage() {
  const { t } = useTranslation("signin");
  useTitle(t("title"));
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  const enter = async (credentials: Credentials) => {
    setBusy(true);
    setProblem(null);
    try {
      await api.post("/auth/session", credentials);
      queries.removeQueries({ queryKey: ME });
      await navigate(safeNext(params.get("next")), { replace: true });
    } catch (error) { setProblem(asProblem(error)); }
    finally { setBusy(false); }
  };
  return (
    <Door title={t("title")} lead={t("lead")}>
      <Form<Credentials>
        layout="vertical"
        requiredMark={false}
        scrollToFirstError={{ focus: true }}
        disabled={busy}
        onFinish={(values) => void enter(values)}
      >
        <Form.Item name="email" label={t("email")} rules={[{ required: true, message: t("need_email") }]}>
          <Input autoComplete="username" inputMode="email" autoFocus size="large" />
        </Form.Item>
        <Form.Item name="password" label={t("password")} rules={[{ required: true, message: t("need_password") }]}>
          <Input.Password autoComplete="current-password" size="large" />
        </Form.Item>
        {problem
          && (problem.status === 401 ? (
            <p role="alert" className="form-wrong">
              {t("wrong")}
            </p>
          ) : (
            <ProblemNotice error={problem} compact />
          ))}
        <Button type="primary" htmlType="submit" size="large" block loading={busy}>
          {t("submit")}
        </Button>
      </Form>
    </Door>
  );
}
