import { defineConfig, type PluginOption } from "vite";
import react from "@vitejs/plugin-react";

const API = process.env["RAPPORT_API"];

/** Without RAPPORT_API the development server answers /api from a small in-memory firm. */
async function developmentFirm(): Promise<PluginOption> {
  const { firm } = await import("./dev/firm");
  return firm();
}

export default defineConfig(async ({ command, mode }) => ({
  plugins: [
    react(),
    command === "serve" && mode !== "test" && !API ? await developmentFirm() : null,
  ],
  resolve: { alias: { "@": new URL("./src", import.meta.url).pathname } },
  server: {
    host: "127.0.0.1",
    proxy: API ? { "/api": { target: API, changeOrigin: false } } : undefined,
  },
  build: {
    target: "es2022",
    sourcemap: false,
    manifest: true,
    chunkSizeWarningLimit: 1200,
  },
  test: {
    environment: "happy-dom",
    include: ["src/**/*.test.{ts,tsx}"],
    env: { TZ: "America/New_York" },
  },
}));
