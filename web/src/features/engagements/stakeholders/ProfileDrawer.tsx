import { Button, Drawer, Form, Input } from "antd";
import { Check, Pencil, Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Engagement, Stakeholder } from "@/api/types";
import { usePermission } from "@/auth/permissions";
import { DueDay } from "@/components/DueDay";
import { AskDialog } from "@/components/form/AskDialog";
import { DayPicker } from "@/components/form/InstantPicker";
import { ColleagueSelect } from "@/components/form/RecordSelect";
import { Facts, Section } from "@/components/Page";
import { ProblemNotice } from "@/components/ProblemNotice";
import { RowSkeletons } from "@/components/Skeletons";
import { useAct } from "@/components/useAct";
import { Day } from "@/components/When";
import { useTouch } from "@/lib/useTouch";
import { finishAction, planAction, useActions } from "./api";
import { Bypasses } from "./Bypasses";
import { ChannelNote } from "./ChannelNote";
import { ProfileDialog } from "./ProfileDialog";
import { StanceMark } from "./StanceMark";

const WORDS = ["traits", "motives", "concerns", "approach"] as const;

/** One person as the firm sees them: stance, what moves them, how to reach them, what to do next. */
export function ProfileDrawer({
  engagement,
  item,
  onClose,
}: {
  engagement: Engagement;
  item: Stakeholder;
  onClose: () => void;
}) {
  const { t } = useTranslation("stakeholders");
  const [editing, setEditing] = useState(false);
  const mayEdit = usePermission("stakeholder:edit");
  return (
    <Drawer
      open
      size={440}
      placement="right"
      onClose={onClose}
      title={item.name}
      extra={
        mayEdit && (
          <Button
            size="small"
            icon={<Pencil size={14} />}
            onClick={() => {
              setEditing(true);
            }}
          >
            {t("edit")}
          </Button>
        )
      }
    >
      <div className="drawer-body">
        <Facts
          items={[
            [t("stance_now"), <StanceMark key="n" stance={item.stance_now} />],
            [t("stance_wanted"), <StanceMark key="w" stance={item.stance_wanted} />],
            [
              t("influence"),
              <span key="i" className="num">
                {t("of_five", { value: item.influence })}
              </span>,
            ],
            [
              t("interest"),
              <span key="t" className="num">
                {t("of_five", { value: item.interest })}
              </span>,
            ],
            ...WORDS.filter((word) => item[word]).map(
              (word) =>
                [
                  t(word),
                  <span key={word} className="pre">
                    {item[word]}
                  </span>,
                ] as const,
            ),
          ]}
        />
        <ChannelNote engagement={engagement} who={item} name={item.name} />
        <Actions engagement={engagement} item={item} />
        <Bypasses engagement={engagement} item={item} />
      </div>
      {editing && (
        <ProfileDialog
          engagement={engagement}
          item={item}
          onClose={() => {
            setEditing(false);
          }}
        />
      )}
    </Drawer>
  );
}

function Actions({ engagement, item }: { engagement: Engagement; item: Stakeholder }) {
  const { t } = useTranslation("stakeholders");
  const actions = useActions(item.id);
  const may = usePermission("stakeholder:plan");
  const [planning, setPlanning] = useState(false);
  const finish = useAct((id: string) => finishAction(item.id, id), { touches: ["stakeholders"], done: t("done") });
  return (
    <Section
      title={t("actions")}
      actions={
        may && (
          <Button
            size="small"
            icon={<Plus size={14} />}
            onClick={() => {
              setPlanning(true);
            }}
          >
            {t("plan")}
          </Button>
        )
      }
    >
      {actions.isPending ? (
        <RowSkeletons rows={2} />
      ) : actions.isError ? (
        <ProblemNotice error={actions.error} onRetry={() => void actions.refetch()} compact />
      ) : actions.data.length === 0 ? (
        <p className="empty-small">{t("no_actions")}</p>
      ) : (
        <ul className="lines">
          {actions.data.map((action) => (
            <li key={action.id}>
              <span>{action.text}</span>
              {action.done_on ? (
                <span className="mark mark-good">
                  <Check size={14} aria-hidden="true" />
                  <Day on={action.done_on} />
                </span>
              ) : (
                <DueDay on={action.due_on} />
              )}
              <span className="meta body">
                {action.owner && <span>{action.owner.name}</span>}
                {!action.done_on && may && (
                  <Button
                    size="small"
                    type="link"
                    className="flush-small"
                    loading={finish.isPending && finish.variables === action.id}
                    onClick={() => {
                      finish.mutate(action.id);
                    }}
                  >
                    {t("finish")}
                  </Button>
                )}
              </span>
            </li>
          ))}
        </ul>
      )}
      {planning && (
        <PlanDialog
          engagement={engagement}
          item={item}
          onClose={() => {
            setPlanning(false);
          }}
        />
      )}
    </Section>
  );
}

interface Planned {
  text: string;
  due_on: string;
  owner_id?: string | null;
}

/** Planning a touch shows the channel: directly, or through whom. */
function PlanDialog({ engagement, item, onClose }: { engagement: Engagement; item: Stakeholder; onClose: () => void }) {
  const { t } = useTranslation(["stakeholders", "forms"]);
  const touch = useTouch();
  const needed = [{ required: true, whitespace: true, message: t("forms:required") }];
  const submit = async ({ owner_id = null, ...values }: Planned) => {
    await planAction(item.id, { ...values, owner_id });
    await touch(["stakeholders"]);
  };
  return (
    <AskDialog<Planned>
      open
      title={t("plan_title", { name: item.name })}
      okText={t("plan")}
      submit={submit}
      onClose={onClose}
    >
      <ChannelNote engagement={engagement} who={item} name={item.name} quiet />
      <Form.Item name="text" label={t("what")} rules={needed}>
        <Input.TextArea autoSize={{ minRows: 2 }} maxLength={8000} autoFocus />
      </Form.Item>
      <Form.Item name="due_on" label={t("due_on")} rules={[{ required: true, message: t("forms:required") }]}>
        <DayPicker />
      </Form.Item>
      <Form.Item name="owner_id" label={t("owner")} extra={t("owner_help")}>
        <ColleagueSelect />
      </Form.Item>
    </AskDialog>
  );
}
