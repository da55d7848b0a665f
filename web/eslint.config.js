import js from "@eslint/js";
import hooks from "eslint-plugin-react-hooks";
import ts from "typescript-eslint";

export default ts.config(
  { ignores: ["dist", "node_modules", "src/api/schema.d.ts"] },
  js.configs.recommended,
  ...ts.configs.strict,
  {
    files: ["**/*.{ts,tsx}"],
    plugins: { "react-hooks": hooks },
    rules: {
      "react-hooks/rules-of-hooks": "error",
      "react-hooks/exhaustive-deps": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "max-lines": ["error", { max: 300 }],
      eqeqeq: "error",
      "no-console": "error",
    },
  },
  { rules: { "max-len": ["error", { code: 120, ignoreUrls: true }] } },
  // A sentence is one string, however long.
  { files: ["src/locales/**"], rules: { "max-len": ["error", { code: 120, ignoreStrings: true }] } },
  {
    files: ["src/**/*.{ts,tsx}", "survey/**/*.ts"],
    ignores: ["src/api/**", "survey/api.ts"],
    rules: { "no-restricted-globals": ["error", { name: "fetch", message: "Ask through @/api/client." }] },
  },
  {
    files: ["scripts/**"],
    languageOptions: { globals: { fetch: "readonly", console: "readonly", process: "readonly", URL: "readonly" } },
    rules: { "no-console": "off" },
  },
);
