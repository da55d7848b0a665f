import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Engagement, Gap, Phase, Task } from "@/api/types";
import { ProblemNotice } from "@/components/ProblemNotice";
import { useAct } from "@/components/useAct";
import { sayText } from "@/lib/said";
import { ENGAGEMENT_KEYS, useTeam } from "../api";
import { Gaps } from "../team/Gaps";
import { MemberDialog, type MemberAsked } from "../team/MemberDialog";
import { endPhase, startPhase } from "./api";

/** Which role a gap is about; one without a role concerns every phase. */
const ROLE_OF: Record<string, string> = {
  no_consulting_pm: "consulting_pm",
  no_client_pm: "client_pm",
  no_executive: "executive",
  no_domain: "core",
  domain_without_core: "core",
  domain_without_peripheral: "peripheral",
};

/** Of what the team lacks, what keeps this phase from starting. */
function blocking(phase: Phase, gaps: readonly Gap[]): Gap[] {
  return gaps.filter((gap) => {
    const role = ROLE_OF[gap.code];
    return !role || (phase.needs as readonly string[]).includes(role);
  });
}

/** What leads on: end the phase at work, or start the next one; what blocks it stands here with its mend. */
export function NextPhase({
  item,
  phases,
  tasks,
}: {
  item: Engagement;
  phases: readonly Phase[];
  tasks: readonly Task[];
}) {
  // Not who may staff: the client's project manager may, and begins no phase. No phase begins while closing.
  const leads = item.can?.includes("edit") ?? false;
  const active = phases.find((phase) => phase.status === "active");
  const next = phases.find((phase) => phase.status === "planned");
  if (!leads || item.status !== "active") return null;
  if (active)
    return (
      <EndPhase
        phase={active}
        left={tasks.filter((task) => task.phase_id === active.id && task.status !== "done").length}
      />
    );
  return next ? <StartPhase item={item} phase={next} /> : null;
}

function StartPhase({ item, phase }: { item: Engagement; phase: Phase }) {
  const { t, i18n } = useTranslation("plan");
  const team = useTeam(item.id);
  const [asked, setAsked] = useState<MemberAsked | null>(null);
  const start = useAct(() => startPhase(phase.id), {
    touches: ENGAGEMENT_KEYS,
    done: t("phase_started"),
    onProblem: () => true,
  });
  const name = sayText(phase.title, i18n.language);
  const gaps = blocking(phase, team.data?.gaps ?? []);
  const agreed = Boolean(item.plan_confirmed_client_at && item.plan_confirmed_consulting_at);
  return (
    <>
      {start.isError && <ProblemNotice error={start.error} compact />}
      {gaps.length > 0 && (
        <>
          <p className="soft ask-text">{t("blocked", { phase: name })}</p>
          <Gaps gaps={gaps} team={team.data} staffs={item.staffs} onMend={setAsked} />
        </>
      )}
      {gaps.length === 0 && agreed && (
        <section className="banner">
          <p>
            <strong>{t("next_phase", { phase: name })}</strong>
          </p>
          <div className="banner-acts">
            <Button
              type="primary"
              loading={start.isPending}
              onClick={() => {
                start.mutate();
              }}
            >
              {t("start_phase", { phase: name })}
            </Button>
          </div>
        </section>
      )}
      {asked && team.data && (
        <MemberDialog
          engagement={item}
          team={team.data}
          asked={asked}
          onClose={() => {
            setAsked(null);
          }}
        />
      )}
    </>
  );
}

function EndPhase({ phase, left }: { phase: Phase; left: number }) {
  const { t, i18n } = useTranslation("plan");
  const end = useAct(() => endPhase(phase.id), { touches: ENGAGEMENT_KEYS, done: t("phase_ended") });
  const name = sayText(phase.title, i18n.language);
  if (left > 0) return null;
  return (
    <section className="banner banner-good">
      <p>
        <strong>{t("all_done", { phase: name })}</strong>
      </p>
      <div className="banner-acts">
        <Button
          type="primary"
          loading={end.isPending}
          onClick={() => {
            end.mutate();
          }}
        >
          {t("end_phase", { phase: name })}
        </Button>
      </div>
    </section>
  );
}
