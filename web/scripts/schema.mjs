/**
 * Writes src/api/schema.d.ts from the OpenAPI document of a running instance or a file:
 *   npm run schema -- http://127.0.0.1:8080/api/openapi.json
 * With --check it changes nothing and fails when what is there is not what would be written.
 */
import { readFileSync, writeFileSync } from "node:fs";
import openapiTS, { astToString } from "openapi-typescript";

const [source, flag] = process.argv.slice(2);
if (!source) {
  console.error("Name the address or the file of the OpenAPI document.");
  process.exit(2);
}
const target = new URL("../src/api/schema.d.ts", import.meta.url);
const document = source.startsWith("http")
  ? await (await fetch(source)).json()
  : JSON.parse(readFileSync(source, "utf8"));
/** Shapes only: addresses stand in the features' api.ts files, where the browser tests meet them. */
const shapes = {
  openapi: document.openapi,
  info: { title: "Rapport", version: "1" },
  paths: {},
  components: { schemas: document.components.schemas },
};
const types = astToString(await openapiTS(shapes, { alphabetize: true }));
const text = `/* Written by scripts/schema.mjs; do not edit. */\n${types}`;

if (flag !== "--check") {
  writeFileSync(target, text);
} else if (readFileSync(target, "utf8") !== text) {
  console.error("The interface's types are not those of the API: run `npm run schema`, then mend what no longer fits.");
  process.exit(1);
}
