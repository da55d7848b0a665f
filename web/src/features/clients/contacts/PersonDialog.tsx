import { Form, Input, Select, Switch } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import type { Contact } from "@/api/types";
import { AskDialog } from "@/components/form/AskDialog";
import { useClearing } from "@/components/form/useClearing";
import { useTouch } from "@/lib/useTouch";

const CHANNELS = ["mobile", "phone", "email", "wechat"] as const;
const ROLES = ["decider", "influencer", "user", "gatekeeper", "champion", "other"] as const;

type Values = Partial<Omit<Contact, "id" | "version" | "can">>;

/** Adds a person to a client, or changes one. */
export function PersonDialog({
  clientId,
  person,
  open,
  onClose,
}: {
  clientId: string;
  person: Contact | null;
  open: boolean;
  onClose: () => void;
}) {
  const { t } = useTranslation(["clients", "forms"]);
  const clearing = useClearing();
  const touch = useTouch();
  const submit = async (values: Values) => {
    if (person) await api.patch(`/contacts/${person.id}`, values, person.version);
    else await api.post("/contacts", { ...values, client_id: clientId });
    await touch(["contacts", "clients"]);
  };
  return (
    <AskDialog<Values>
      open={open}
      title={person ? t("person_edit", { name: person.name }) : t("person_add")}
      okText={t("save")}
      initial={person ?? { do_not_contact: false }}
      submit={submit}
      onClose={onClose}
    >
      <div className="form-grid">
        <Form.Item name="name" label={t("person_name")} rules={[{ required: true, message: t("forms:required") }]}>
          <Input maxLength={120} autoFocus />
        </Form.Item>
        <Form.Item name="title" label={t("person_title")}>
          <Input maxLength={120} />
        </Form.Item>
        <Form.Item name="department" label={t("department")}>
          <Input maxLength={120} />
        </Form.Item>
        <Form.Item name="mobile" label={t("mobile")}>
          <Input inputMode="tel" maxLength={40} />
        </Form.Item>
        <Form.Item name="phone" label={t("phone")}>
          <Input inputMode="tel" maxLength={40} />
        </Form.Item>
        <Form.Item name="email" label={t("email")}>
          <Input inputMode="email" maxLength={200} />
        </Form.Item>
        <Form.Item name="wechat" label={t("wechat")}>
          <Input maxLength={80} />
        </Form.Item>
        <Form.Item name="preferred_channel" label={t("preferred_channel")}>
          <Select allowClear={clearing} options={CHANNELS.map((value) => ({ value, label: t(`channel.${value}`) }))} />
        </Form.Item>
        <Form.Item name="decision_role" label={t("decision_role")}>
          <Select allowClear={clearing} options={ROLES.map((value) => ({ value, label: t(`role.${value}`) }))} />
        </Form.Item>
        <Form.Item name="do_not_contact" label={t("do_not_contact")} valuePropName="checked">
          <Switch />
        </Form.Item>
      </div>
      <Form.Item
        noStyle
        shouldUpdate={(before: Values, after: Values) => before.do_not_contact !== after.do_not_contact}
      >
        {({ getFieldValue }) =>
          Boolean(getFieldValue("do_not_contact")) && (
            <Form.Item
              name="do_not_contact_reason"
              label={t("do_not_contact_reason")}
              rules={[{ required: true, message: t("do_not_contact_need") }]}
            >
              <Input maxLength={200} />
            </Form.Item>
          )
        }
      </Form.Item>
      <Form.Item name="notes" label={t("notes")}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={4000} />
      </Form.Item>
    </AskDialog>
  );
}
