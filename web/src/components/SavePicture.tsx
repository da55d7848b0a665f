import { App, Button } from "antd";
import { ImageDown } from "lucide-react";
import { useState, type RefObject } from "react";
import { useTranslation } from "react-i18next";
import { savePicture } from "@/lib/picture";
import { PHONE, useMedia } from "@/lib/useWidth";

interface Props {
  /** What is drawn, top to bottom. */
  parts: readonly RefObject<HTMLElement | null>[];
  what: string;
  of: string;
}

/** Saves what people would rather look at as a file they can put into a report. */
export function SavePicture({ parts, what, of }: Props) {
  const { t, i18n } = useTranslation("common");
  const { message } = App.useApp();
  const phone = useMedia(PHONE);
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    try {
      await savePicture(
        { what, of, language: i18n.language },
        parts.map((part) => part.current).filter((part) => part !== null),
      );
    } catch {
      void message.error(t("picture_failed"));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button
      icon={<ImageDown size={15} />}
      loading={busy}
      aria-label={t("save_picture")}
      title={t("save_picture")}
      onClick={() => void save()}
    >
      {phone ? null : t("save_picture")}
    </Button>
  );
}
