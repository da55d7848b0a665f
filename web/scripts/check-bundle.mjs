/** Fails the build when what a first visit loads is over its bound: 400 kB gzip, a survey 60 kB. */
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const LIMITS = { "index.html": 400_000, "survey.html": 60_000 };
const dist = new URL("../dist/", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL(".vite/manifest.json", dist), "utf8"));

function collect(key, seen = new Set()) {
  const chunk = manifest[key];
  if (!chunk || seen.has(chunk.file)) return seen;
  seen.add(chunk.file);
  for (const file of chunk.css ?? []) seen.add(file);
  for (const next of chunk.imports ?? []) collect(next, seen);
  return seen;
}

const size = (file) => gzipSync(readFileSync(new URL(file, dist))).length;
let over = false;
for (const [page, limit] of Object.entries(LIMITS)) {
  const files = [page, ...collect(page)];
  const total = files.reduce((sum, file) => sum + size(file), 0);
  for (const file of files) console.log(`${String(size(file)).padStart(8)}  ${file}`);
  console.log(`${page}: ${total} bytes gzip of ${limit}`);
  over ||= total > limit;
}
if (over) process.exit(1);
