import { Checkbox, Form, Input } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import type { KeyMade } from "@/api/types";
import { useMe, useZone } from "@/auth/me";
import { AskDialog } from "@/components/form/AskDialog";
import { DayPicker } from "@/components/form/InstantPicker";
import { ColleagueSelect } from "@/components/form/RecordSelect";
import { endOfDay } from "@/lib/time";
import { useTouch } from "@/lib/useTouch";
import { useResources, useResourceName } from "./scopes";

interface Values { name: string; user_id: string; expires_on?: string | null; scopes: string[] }

export function NewKeyDialog({
  open,
  onClose,
  onMade,
}: {
  open: boolean;
  onClose: () => void;
  onMade: (made: KeyMade) => void;
}) {
  const { t } = useTranslation(["keys", "forms"]);
  const touch = useTouch();
  const me = useMe();
  const zone = useZone();
  const needed = [{ required: true, message: t("forms:required") }];
  const submit = async ({ expires_on, ...values }: Values) => {
    const made = await api.post<KeyMade>("/api-keys", {
      ...values,
      expires_at: expires_on ? endOfDay(expires_on, zone).toISOString() : null,
    });
    await touch(["api-keys"]);
    onMade(made);
  };
  return (
    <AskDialog<Values>
      open={open}
      title={t("new_title")}
      okText={t("make")}
      initial={{ user_id: me?.user.id, scopes: [] }}
      submit={submit}
      onClose={onClose}
    >
      <Form.Item
        name="name"
        label={t("name")}
        extra={t("name_help")}
        rules={[{ required: true, whitespace: true, message: t("forms:required") }]}
      >
        <Input maxLength={120} autoFocus />
      </Form.Item>
      <Form.Item name="user_id" label={t("acts_for")} extra={t("acts_for_help")} rules={needed}>
        <ColleagueSelect known={me ? { id: me.user.id, name: me.user.name } : null} />
      </Form.Item>
      <Form.Item name="expires_on" label={t("expires")} extra={t("expires_help")}>
        <DayPicker />
      </Form.Item>
      <Form.Item
        name="scopes"
        label={t("scopes")}
        rules={[{ required: true, type: "array", min: 1, message: t("scopes_need") }]}
      >
        <ScopePicker />
      </Form.Item>
    </AskDialog>
  );
}

/** Every kind of record, to be read and to be written. */
function ScopePicker({
  id,
  value = [],
  onChange,
}: {
  id?: string;
  value?: string[];
  onChange?: (scopes: string[]) => void;
}) {
  const { t } = useTranslation("keys");
  const resources = useResources();
  const say = useResourceName();
  const toggle = (scope: string, on: boolean) => {
    onChange?.(on ? [...value, scope] : value.filter((kept) => kept !== scope));
  };
  return (
    <div id={id} className="scopes" role="group" aria-label={t("scopes")} tabIndex={-1}>
      {resources.map(({ name, acts }) => (
        <div key={name} className="scope">
          <span>{say(name)}</span>
          {(["read", "write"] as const).map((act) => {
            const scope = `${name}:${act}`;
            return acts.has(act) ? (
              <Checkbox
                key={act}
                checked={value.includes(scope)}
                aria-label={`${say(name)}: ${t(`act.${act}`)}`}
                onChange={(event) => {
                  toggle(scope, event.target.checked);
                }}
              >
                {t(`act.${act}`)}
              </Checkbox>
            ) : (
              <span key={act} />
            );
          })}
        </div>
      ))}
    </div>
  );
}
