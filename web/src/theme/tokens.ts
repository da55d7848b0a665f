/** The visual language, set once. Accent: only what can be acted on. Colour of state: never alone. */
import type { ThemeConfig } from "antd";
import { theme as antdTheme } from "antd";

export type Appearance = "light" | "dark";

const FONT =
  '"Inter Variable", Inter, -apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei", ' +
  '"Noto Sans CJK SC", "Noto Sans SC", sans-serif';

const PALETTE = {
  light: {
    accent: "#2f4fc4", accentSoft: "#eef1fc", ink: "#1b1f27", inkSoft: "#565d6b", inkFaint: "#646b78",
    line: "#e4e6eb", lineStrong: "#c9cdd6", ground: "#f6f7f9", surface: "#ffffff", hover: "#f3f4f8",
    red: "#b42318", redSoft: "#fdf0ee", amber: "#8f5406", amberSoft: "#fdf4e3", green: "#0f6b45", greenSoft: "#e9f6f0",
    note: "#fbf7e9", noteLine: "#e5d9a8",
  },
  dark: {
    accent: "#93a9ff", accentSoft: "#232b4a", ink: "#e8eaef", inkSoft: "#aab1bf", inkFaint: "#929aaa",
    line: "#2b303a", lineStrong: "#434a58", ground: "#12151a", surface: "#191d24", hover: "#21262f",
    red: "#ff9a8f", redSoft: "#3a1f1d", amber: "#f0bd6b", amberSoft: "#382b16", green: "#74d3a7", greenSoft: "#17332a",
    note: "#2a2718", noteLine: "#544b22",
  },
} as const;

/** `still`: nothing moves. By the token: antd places a menu wrongly while a style cuts its transitions short. */
export function themeFor(appearance: Appearance, still: boolean): ThemeConfig {
  const p = PALETTE[appearance];
  return {
    algorithm: appearance === "dark" ? antdTheme.darkAlgorithm : antdTheme.defaultAlgorithm,
    token: {
      colorPrimary: p.accent, colorLink: p.accent, colorInfo: p.accent,
      colorSuccess: p.green, colorWarning: p.amber, colorError: p.red,
      colorText: p.ink, colorTextSecondary: p.inkSoft, colorTextTertiary: p.inkFaint,
      colorTextPlaceholder: p.inkFaint, colorBgLayout: p.ground, colorBgContainer: p.surface,
      colorBgElevated: p.surface, colorBorder: p.lineStrong, colorBorderSecondary: p.line,
      fontFamily: FONT, fontSize: 14, borderRadius: 6, borderRadiusLG: 8, borderRadiusSM: 4,
      controlHeight: 32, sizeUnit: 4, sizeStep: 4, wireframe: false, motion: !still, motionDurationMid: "0.12s",
      motionDurationSlow: "0.16s",
      ...(appearance === "dark" ? { colorTextLightSolid: "#10131a" } : {}),
    },
    components: {
      Button: { primaryShadow: "none", defaultShadow: "none", dangerShadow: "none", fontWeight: 500 },
      Form: { verticalLabelPadding: "0 0 4px", itemMarginBottom: 16 },
      Modal: { titleFontSize: 16 },
      Tabs: { horizontalItemPadding: "8px 0", horizontalMargin: "0 0 12px" },
    },
  };
}

/** The same tokens as CSS variables, so that our own styles and antd's never drift apart. */
export function cssVariables(appearance: Appearance): Record<string, string> {
  const vars: Record<string, string> = { "--font": FONT };
  for (const [name, value] of Object.entries(PALETTE[appearance])) {
    vars[`--${name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}`] = value;
  }
  return vars;
}
