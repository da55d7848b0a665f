import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { ComponentProps } from "react";
import { EmptyState } from "@/components/EmptyState";

type Props = Pick<ComponentProps<typeof EmptyState>, "icon" | "title" | "action" | "children">;

/** A whole page that says why it shows nothing, and what to do: by default, to go home. */
export function NothingHere({ action, ...said }: Props) {
  const { t } = useTranslation("shell");
  return (
    <div className="page">
      <EmptyState
        whole
        action={
          action ?? (
            <Link to="/">
              <Button>{t("go_home")}</Button>
            </Link>
          )
        }
        {...said}
      />
    </div>
  );
}
