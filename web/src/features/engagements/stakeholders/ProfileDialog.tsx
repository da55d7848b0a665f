import { Form, Input, Select, Slider } from "antd";
import { useTranslation } from "react-i18next";
import type { Engagement, Stakeholder } from "@/api/types";
import { AskDialog } from "@/components/form/AskDialog";
import { useTouch } from "@/lib/useTouch";
import { useTeam } from "../api";
import { addProfile, changeProfile, type ProfileBody } from "./api";
import { STANCE_ORDER } from "./StanceMark";

type Values = Omit<ProfileBody, "name"> & { user_id?: string };
const WORDS = ["traits", "motives", "concerns", "approach"] as const;
const trimmed = (text: string | null | undefined) => text?.trim() || null;

/** A profile: where the person stands, where they should, and how to get there. */
export function ProfileDialog({
  engagement,
  item,
  onClose,
}: {
  engagement: Engagement;
  item?: Stakeholder;
  onClose: () => void;
}) {
  const { t } = useTranslation(["stakeholders", "forms", "engagements"]);
  const touch = useTouch();
  const team = useTeam(engagement.id);
  const people = team.data?.client ?? [];
  const needed = [{ required: true, message: t("forms:required") }];
  const submit = async ({ user_id = "", ...values }: Values) => {
    const body = { ...values, ...Object.fromEntries(WORDS.map((word) => [word, trimmed(values[word])])) } as Omit<
      ProfileBody,
      "name"
    >;
    if (item) await changeProfile(item, body);
    else {
      const person = people.find((each) => each.user_id === user_id);
      await addProfile({
        ...body,
        engagement_id: engagement.id,
        user_id,
        name: person?.name ?? "",
        title: person ? t(`engagements:role.${person.role}`) : null,
      });
    }
    await touch(["stakeholders"]);
  };
  const initial: Partial<Values> = item
    ? { ...item, user_id: item.user_id ?? undefined }
    : { influence: 3, interest: 3, stance_now: "neutral", stance_wanted: "supportive" };
  const stances = STANCE_ORDER.map((value) => ({ value, label: t(`stance.${value}`) }));
  // Each end keeps its word within the field; antd would centre it on the end and let it hang over.
  const marks = {
    1: { label: t("little"), style: { transform: "none" } },
    5: { label: t("much"), style: { transform: "translateX(-100%)" } },
  };
  return (
    <AskDialog<Values>
      open
      title={item ? item.name : t("add")}
      okText={t("forms:save")}
      initial={initial}
      submit={submit}
      onClose={onClose}
    >
      {!item && (
        <Form.Item name="user_id" label={t("person")} rules={needed}>
          <Select
            options={people.map((person) => ({
              value: person.user_id,
              label: `${person.name} · ${t(`engagements:role.${person.role}`)}`,
            }))}
          />
        </Form.Item>
      )}
      <div className="form-grid">
        <Form.Item name="influence" label={t("influence")}>
          <Slider min={1} max={5} marks={marks} />
        </Form.Item>
        <Form.Item name="interest" label={t("interest")}>
          <Slider min={1} max={5} marks={marks} />
        </Form.Item>
        <Form.Item name="stance_now" label={t("stance_now")} rules={needed}>
          <Select options={stances} />
        </Form.Item>
        <Form.Item name="stance_wanted" label={t("stance_wanted")} rules={needed}>
          <Select options={stances} />
        </Form.Item>
      </div>
      {WORDS.map((word) => (
        <Form.Item key={word} name={word} label={t(word)}>
          <Input.TextArea autoSize={{ minRows: 1, maxRows: 6 }} maxLength={8000} />
        </Form.Item>
      ))}
    </AskDialog>
  );
}
