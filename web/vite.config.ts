import { defineConfig } from "vitest/config";
import react from "@vitejs/plugin-react";

/** The running instance that the development server asks. */
const API = process.env["RAPPORT_API"] ?? "http://127.0.0.1:8080";

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { "@": new URL("./src", import.meta.url).pathname } },
  server: {
    host: "127.0.0.1",
    proxy: { "/api": { target: API, changeOrigin: false } },
  },
  build: {
    target: "es2022",
    sourcemap: false,
    manifest: true,
    chunkSizeWarningLimit: 1200,
    rollupOptions: { input: ["index.html", "survey.html"] },
  },
  test: {
    environment: "happy-dom",
    include: ["src/**/*.test.{ts,tsx}", "survey/**/*.test.ts"],
    // Also on a busy machine.
    testTimeout: 30_000,
    isolate: false,
    setupFiles: ["vitest.setup.ts"],
    env: { TZ: "America/New_York" },
  },
});
