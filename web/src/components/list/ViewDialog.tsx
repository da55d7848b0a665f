import { Form, Input, Radio, Select } from "antd";
import { useTranslation } from "react-i18next";
import type { SavedView } from "@/api/types";
import { useMe } from "@/auth/me";
import { hasRole } from "@/auth/permissions";
import { FIRM_ROLES, useRoleNames } from "@/auth/roles";
import { AskDialog } from "@/components/form/AskDialog";
import { useTouch } from "@/lib/useTouch";
import { changeView, keepView, type ViewBody } from "./views";

type Share = "personal" | "team" | "role" | "public";
interface Values {
  name: string;
  share?: Share;
  role?: SavedView["role"];
}
interface Props {
  list: string;
  address: string;
  view?: SavedView;
  onClose: () => void;
  onKept: (view: SavedView) => void;
}

const shareOf = (view: SavedView | undefined): Share => (view?.role ? "role" : view?.audience ?? "personal");

/** Names a view and says whom it is for. */
export function ViewDialog({ list, address, view, onClose, onKept }: Props) {
  const { t } = useTranslation(["lists", "forms"]);
  const me = useMe();
  const say = useRoleNames();
  const touch = useTouch();
  const shares: Share[] = [
    "personal",
    "team",
    "role",
    ...(hasRole(me, "admin") || view?.audience === "public" ? ["public" as const] : []),
  ];
  const submit = async ({ name, share = "personal", role }: Values) => {
    const body: ViewBody = {
      name,
      address: view?.address ?? address,
      audience: share === "role" ? "team" : share,
      role: share === "role" ? (role ?? null) : null,
    };
    const kept = view ? await changeView(view, body) : await keepView(list, body);
    await touch(["views"]);
    onKept(kept);
  };
  return (
    <AskDialog<Values>
      open
      title={t(view ? "edit_view_title" : "save_view_title")}
      okText={t("save")}
      initial={{ name: view?.name, share: shareOf(view), role: view?.role ?? undefined }}
      submit={submit}
      onClose={onClose}
    >
      <Form.Item
        name="name"
        label={t("view_name")}
        extra={t("view_help")}
        rules={[{ required: true, whitespace: true, message: t("forms:required") }]}
      >
        <Input maxLength={60} autoFocus />
      </Form.Item>
      {me?.side === "firm" && (
        <>
          <Form.Item name="share" label={t("view_for")}>
            <Radio.Group
              className="radio-list"
              options={shares.map((value) => ({ value, label: t(`view_share.${value}`) }))}
            />
          </Form.Item>
          <Form.Item noStyle dependencies={["share"]}>
            {({ getFieldValue }) =>
              getFieldValue("share") === "role" && (
                <Form.Item
                  name="role"
                  label={t("view_role")}
                  rules={[{ required: true, message: t("forms:required") }]}
                >
                  <Select options={FIRM_ROLES.map((value) => ({ value, label: say([value]) }))} />
                </Form.Item>
              )
            }
          </Form.Item>
        </>
      )}
    </AskDialog>
  );
}
