"use strict";
const METHODS = ["get", "post", "put", "patch", "delete"];

function make(tag, text, ...children) {
  const element = document.createElement(tag);
  if (text) element.textContent = text;
  element.append(...children);
  return element;
}

function parameters(list) {
  const table = make("table");
  for (const each of list) {
    const row = make("tr");
    row.append(make("td", "", make("code", each.name)), make("td", each.in + (each.required ? ", required" : "")), make("td", each.description ?? ""));
    table.append(row);
  }
  return table;
}

function schemaOf(content, document_) {
  const schema = Object.values(content ?? {})[0]?.schema;
  const name = schema?.$ref?.split("/").pop();
  return name ? { [name]: document_.components.schemas[name] } : schema;
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
    if (it.parameters?.length) body.append(parameters(it.parameters));
    const takes = schemaOf(it.requestBody?.content, document_);
    if (takes) body.append(make("h4", "Takes"), make("pre", JSON.stringify(takes, null, 2)));
    for (const [status, answer] of Object.entries(it.responses ?? {})) {
      const gives = schemaOf(answer.content, document_);
      body.append(make("h4", `${status} ${answer.description ?? ""}`));
      if (gives && status !== "default") body.append(make("pre", JSON.stringify(gives, null, 2)));
    }
  });
  return block;
}

async function show() {
  const main = document.getElementById("operations");
  const response = await fetch("/api/openapi.json");
  const document_ = await response.json();
  const groups = new Map();
  for (const [path, item] of Object.entries(document_.paths)) {
    for (const method of METHODS) {
      if (!item[method]) continue;
      const tag = item[method].tags?.[0] ?? path.split("/")[3];
      if (!groups.has(tag)) groups.set(tag, []);
      groups.get(tag).push(operation(method, path, item[method], document_));
    }
  }
  for (const [tag, blocks] of [...groups].sort()) main.append(make("section", "", make("h2", tag), ...blocks));
  document.getElementById("filter").addEventListener("input", (event) => {
    const wanted = event.target.value.toLowerCase();
    for (const block of main.querySelectorAll("details")) block.hidden = !block.dataset.words.includes(wanted);
  });
}

show();
