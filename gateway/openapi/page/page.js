"use strict";
const METHODS = ["get", "post", "put", "patch", "delete"];
const DEEPEST = 4;

function make(tag, text, ...children) {
  const element = document.createElement(tag);
  if (text) element.textContent = text;
  element.append(...children);
  return element;
}

function row(name, said, why) {
  return make("tr", "", make("td", "", make("code", name)), make("td", said), make("td", why));
}

/** The schema behind a reference, and what it is called. */
function resolved(schema, document_) {
  const name = schema?.$ref?.split("/").pop();
  return name ? { name, schema: document_.components.schemas[name] ?? {} } : { name: undefined, schema: schema ?? {} };
}

/** The choices of a schema without the null among them. */
const choicesOf = (schema) => (schema.anyOf ?? schema.oneOf ?? []).filter((each) => each.type !== "null");

/** What a value may be, in words: "text", "one of open, closed", "list of uuid, or null". */
function saidOf(reference, document_) {
  const { name, schema } = resolved(reference, document_);
  const types = [schema.type].flat();
  const none = types.includes("null") || (schema.anyOf ?? schema.oneOf ?? []).some((each) => each.type === "null")
    ? ", or null" : "";
  const choices = choicesOf(schema);
  if (choices.length > 0) return choices.map((each) => saidOf(each, document_)).join(" or ") + none;
  if (schema.enum) return `one of ${schema.enum.join(", ")}`;
  if (schema.const !== undefined) return `always ${schema.const}`;
  if (types.includes("array")) return `list of ${saidOf(schema.items, document_)}${none}`;
  if (types.includes("object") || schema.properties) return (name ?? "object") + none;
  const bounds = [["minLength", "at least", " long"], ["maxLength", "at most", " long"], ["minimum", "from", ""], ["maximum", "to", ""]]
    .filter(([key]) => schema[key] !== undefined)
    .map(([key, word, end]) => `${word} ${schema[key]}${end}`);
  const type = types.find((each) => each !== "null");
  return [schema.format ?? (type === "string" ? "text" : type) ?? "anything", ...bounds].join(", ") + none;
}

/** The object that a schema holds, directly, as one choice or in a list. */
function objectIn(reference, document_) {
  const { schema } = resolved(reference, document_);
  if (schema.properties) return schema;
  if (schema.type === "array") return objectIn(schema.items, document_);
  for (const each of choicesOf(schema)) {
    const found = objectIn(each, document_);
    if (found) return found;
  }
  return undefined;
}

/** A value's parts, and theirs, as rows: `items[].client.name`. */
function fields(schema, document_, before = "", depth = 0) {
  const rows = [];
  for (const [name, each] of Object.entries(schema.properties)) {
    const needed = schema.required?.includes(name) ? ", required" : "";
    const why = each.description ?? resolved(each, document_).schema.description ?? "";
    rows.push(row(before + name, saidOf(each, document_) + needed, why));
    const inner = depth < DEEPEST ? objectIn(each, document_) : undefined;
    const list = resolved(each, document_).schema.type === "array" ? "[]" : "";
    if (inner) rows.push(...fields(inner, document_, `${before}${name}${list}.`, depth + 1));
  }
  return rows;
}

function shape(content, document_) {
  const [kind, { schema } = {}] = Object.entries(content ?? {})[0] ?? [];
  if (!schema) return [];
  const holds = objectIn(schema, document_);
  const said = make("p", `${saidOf(schema, document_)} (${kind})`);
  return holds ? [said, make("table", "", ...fields(holds, document_))] : [said];
}

function parameters(list, document_) {
  const rows = list.map((each) => {
    const said = `${each.in}: ${saidOf(each.schema, document_)}${each.required ? ", required" : ""}`;
    return row(each.name, said, each.description ?? "");
  });
  return make("table", "", ...rows);
}

function answers(responses, document_) {
  const fails = (status) => status === "default" || Number(status) >= 400;
  const [good, bad] = [false, true].map((wanted) => Object.entries(responses).filter(([status]) => fails(status) === wanted));
  const parts = good.flatMap(([status, answer]) => [
    make("h3", `${status} ${answer.description ?? ""}`),
    ...shape(answer.content, document_),
  ]);
  const refused = bad.map(([status, answer]) => make("li", `${status} ${answer.description ?? ""}`));
  return refused.length > 0 ? [...parts, make("h3", "Refused"), make("ul", "", ...refused)] : parts;
}

function operation(method, path, it, document_) {
  const block = make("details");
  block.dataset.words = `${method} ${path} ${it.summary ?? ""}`.toLowerCase();
  const head = make("summary", "", make("b", method.toUpperCase()), make("code", path), ` ${it.summary ?? ""}`);
  const body = make("div");
  body.className = "body";
  block.append(head, body);
  block.addEventListener("toggle", () => {
    if (body.childElementCount) return;
    if (it.description) body.append(make("p", it.description));
    if (it.parameters?.length) body.append(make("h3", "Parameters"), parameters(it.parameters, document_));
    const takes = shape(it.requestBody?.content, document_);
    if (takes.length > 0) body.append(make("h3", "Takes"), ...takes);
    body.append(...answers(it.responses ?? {}, document_));
  });
  return block;
}

/** Hides what the words do not name, and the headings under which nothing is left. */
function filter(main, wanted) {
  let left = 0;
  for (const section of main.children) {
    const blocks = [...section.querySelectorAll(":scope > details")];
    for (const block of blocks) block.hidden = !wanted.every((word) => block.dataset.words.includes(word));
    const found = blocks.filter((block) => !block.hidden).length;
    section.hidden = found === 0;
    left += found;
  }
  document.getElementById("start").hidden = wanted.length > 0;
  document.getElementById("nothing").hidden = left > 0;
}

async function show() {
  const main = document.getElementById("operations");
  const response = await fetch("/api/openapi.json");
  const document_ = await response.json();
  const groups = new Map();
  for (const [path, item] of Object.entries(document_.paths)) {
    // By the collection that one looks for: /api/v1/clients/{id}/merge is of the clients.
    const group = path.split("/")[3];
    for (const method of METHODS.filter((each) => item[each])) {
      if (!groups.has(group)) groups.set(group, []);
      groups.get(group).push(operation(method, path, item[method], document_));
    }
  }
  for (const [group, blocks] of [...groups].sort()) main.append(make("section", "", make("h2", group), ...blocks));
  const problem = document_.components.schemas.Problem;
  if (problem) document.getElementById("problem").append(make("table", "", ...fields(problem, document_)));
  document.getElementById("filter").addEventListener("input", (event) => {
    filter(main, event.target.value.toLowerCase().split(/\s+/).filter(Boolean));
  });
}

show();
