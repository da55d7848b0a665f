import { Button, Form, Input } from "antd";
import { useState } from "react";
import { flushSync } from "react-dom";
import { useTranslation } from "react-i18next";
import { Link, useNavigate, useParams } from "react-router";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { Problem } from "@/api/problem";
import type { Language } from "@/api/types";
import { ME } from "@/auth/me";
import { placeProblem } from "@/components/form/placeProblem";
import { changeLanguage } from "@/i18n";
import { asProblem, ProblemNotice } from "@/components/ProblemNotice";
import { LineSkeleton } from "@/components/Skeletons";
import { useTitle } from "@/lib/useTitle";
import { Door } from "./Door";
import { longEnough } from "./longEnough";

interface Invitation { email: string; name: string | null; language: Language }
interface Values { name: string; password: string }

export function AcceptInvitationPage() {
  const { t } = useTranslation("signin");
  useTitle(t("invitation_plain"));
  const { token = "" } = useParams();
  const invitation = useQuery({
    queryKey: ["invitation", token], retry: false, staleTime: Infinity,
    queryFn: async ({ signal }) => {
      const path = `/auth/invitations/${encodeURIComponent(token)}`;
      const found = await api.get<Invitation>(path, undefined, signal);
      await changeLanguage(found.language); // as chosen by whoever invites, not as the browser would have it
      return found;
    },
  });
  if (invitation.isPending) return <Door title={t("invitation_plain")}><LineSkeleton width="80%" /></Door>;
  if (invitation.isError) {
    const status = asProblem(invitation.error).status;
    if (status === 0 || status >= 500)
      return (
        <Door title={t("invitation_plain")}>
          <ProblemNotice error={invitation.error} onRetry={() => void invitation.refetch()} compact />
        </Door>
      );
    return (
      <Door title={t("invitation_gone")} lead={t("invitation_gone_text")}>
        <Link to="/sign-in">
          <Button block>{t("to_sign_in")}</Button>
        </Link>
      </Door>
    );
  }
  return <Accept token={token} invitation={invitation.data} />;
}

function Accept({ token, invitation }: { token: string; invitation: Invitation }) {
  const { t } = useTranslation("signin");
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [form] = Form.useForm<Values>();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const accept = async (values: Values) => {
    setBusy(true);
    setProblem(null);
    try {
      await api.post("/auth/invitations/accept", { token, ...values });
      queries.removeQueries({ queryKey: ME });
      await navigate("/", { replace: true });
    } catch (error) {
      flushSync(() => { setBusy(false); }); // a field that is switched off does not take the focus
      setProblem(placeProblem(form, asProblem(error)));
    } finally { setBusy(false); }
  };
  return (
    <Door
      title={invitation.name ? t("invitation_title", { name: invitation.name }) : t("invitation_plain")}
      lead={t("invitation_lead", { email: invitation.email })}
    >
      <Form<Values>
        form={form}
        layout="vertical"
        requiredMark={false}
        scrollToFirstError={{ focus: true }}
        disabled={busy}
        initialValues={{ name: invitation.name ?? "" }}
        onFinish={(values) => void accept(values)}
      >
        <Form.Item
          name="name"
          label={t("name")}
          rules={[{ required: true, whitespace: true, message: t("need_name") }]}
        >
          <Input autoComplete="name" size="large" />
        </Form.Item>
        <Form.Item
          name="password"
          label={t("new_password")}
          extra={t("password_help")}
          rules={[longEnough((count) => t("password_short", { count }))]}
        >
          <Input.Password autoComplete="new-password" size="large" />
        </Form.Item>
        {problem && <ProblemNotice error={problem} compact />}
        <Button type="primary" htmlType="submit" size="large" block loading={busy}>{t("accept")}</Button>
      </Form>
    </Door>
  );
}
