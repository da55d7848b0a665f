import { Button, Modal } from "antd";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useBlocker } from "react-router";
import { DialogStart } from "../DialogStart";

/** Asks before unsaved words leave the screen; they can be kept as a draft or thrown away. */
export function LeaveGuard({ when, onDiscard, onKeep }: { when: boolean; onDiscard: () => void; onKeep: () => void }) {
  const { t } = useTranslation("forms");
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => when && currentLocation.pathname !== nextLocation.pathname,
  );

  useEffect(() => {
    if (!when) return;
    const warn = (event: BeforeUnloadEvent) => { event.preventDefault(); };
    window.addEventListener("beforeunload", warn);
    return () => { window.removeEventListener("beforeunload", warn); };
  }, [when]);

  const stay = () => blocker.reset?.();
  const leave = (act: () => void) => () => { act(); blocker.proceed?.(); };
  return (
    <Modal
      open={blocker.state === "blocked"} title={t("leave_title")} destroyOnHidden onCancel={stay}
      footer={[
        <Button key="discard" danger type="text" onClick={leave(onDiscard)}>{t("leave_discard")}</Button>,
        <Button key="stay" onClick={stay}>{t("leave_stay")}</Button>,
        <Button key="keep" type="primary" onClick={leave(onKeep)}>{t("leave_keep")}</Button>,
      ]}
    >
      <DialogStart />
      <p>{t("leave_text")}</p>
    </Modal>
  );
}
