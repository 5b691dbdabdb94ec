"use strict";
// The query page. All text that comes from the graph is set as text, never as HTML.

const $ = (id) => document.getElementById(id);
const NUMERIC = /#(integer|decimal|double|float)$/;
const JSON_ROWS = "application/sparql-results+json";
const ROWS = { own: 12, named: 5 }; // of the editor: of a named query its answer is what is asked for
const LONGEST_ADDRESS = 6000; // a query of more characters is kept in the page alone
let about = { base: "", queries: [], explorer: false, names: false };
let current = null;
let bound = ""; // the named query as it stands in the editor
let asked = ""; // the query whose answer is shown

function element(name, text, attributes = {}) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

async function start() {
  $("run").addEventListener("click", runOwn);
  $("editor").addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); runOwn(); }
  });
  about = await (await fetch("/queries")).json();
  $("about").textContent = `${about.triples.toLocaleString("en")} triples; at most ${about.rows.toLocaleString("en")} rows and ${about.seconds} s for a query`;
  $("explorer").hidden = !about.explorer;
  for (const query of about.queries) {
    const button = element("button", query.title, { type: "button", title: query.question, "data-name": query.name });
    button.addEventListener("click", () => choose(query, {}));
    $("queries").append(button);
  }
  $("parameters").addEventListener("submit", (event) => { event.preventDefault(); runNamed(); });
  for (const button of document.querySelectorAll(".save")) button.addEventListener("click", () => save(button));
  window.addEventListener("popstate", restore);
  if (location.search) restore();
}

// Show what the address says: a named query with its values, a query of one's own, or nothing yet.
function restore() {
  const state = new URLSearchParams(location.search);
  const wanted = about.queries.find((query) => query.name === state.get("name"));
  if (wanted) { choose(wanted, Object.fromEntries(state)); return; }
  own();
  clear();
  if (state.get("query")) { $("editor").value = state.get("query"); run(); }
}

// Put what is asked into the address, so that it can be sent, and left and come back to.
function keep(values) {
  const to = `/query?${values}`;
  if (to.length < LONGEST_ADDRESS && to !== location.pathname + location.search) history.pushState(null, "", to);
}

function head(query) {
  current = query;
  for (const button of $("queries").children) {
    button.setAttribute("aria-current", String(query !== null && button.dataset.name === query.name));
  }
  $("title").textContent = query ? query.title : "Your own query";
  $("question").textContent = query ? query.question : "Choose a question from the list, or write SPARQL.";
}

function own() {
  head(null);
  bound = "";
  $("editor").rows = ROWS.own;
  $("parameters").replaceChildren();
}

function runOwn() {
  const query = $("editor").value;
  if (!current || query !== bound) { own(); keep(new URLSearchParams({ query })); }
  return run();
}

// Offer the names that the typed one begins, where a parameter names a thing.
function offerNames(input) {
  const list = element("datalist", undefined, { id: `names-${input.name}` });
  input.setAttribute("list", list.id);
  input.setAttribute("autocomplete", "off");
  input.addEventListener("input", async () => {
    const typed = input.value;
    if (!typed.trim()) return;
    const reply = await fetch(`/api/search?${new URLSearchParams({ q: typed, limit: 8 })}`);
    if (!reply.ok || input.value !== typed) return; // the server is busy, or more was typed meanwhile
    const { matches, parcel } = await reply.json();
    const label = new Map(parcel.things.n.map((n, i) => [n, parcel.things.label[i]]));
    list.replaceChildren(...[...new Set(matches.map(([thing]) => label.get(thing)))].map((name) => element("option", undefined, { value: name })));
  });
  return list;
}

function choose(query, values) {
  head(query);
  $("parameters").replaceChildren(...query.parameters.map((parameter) => {
    const label = element("label", `${parameter.name}${parameter.required ? " (needed)" : ""}: ${parameter.about}`);
    const choices = parameter.type === "text" ? parameter.of : [];
    const input = choices.length
      ? element("select", undefined, { name: parameter.name })
      : element("input", undefined, { name: parameter.name, type: "text" });
    if (choices.length) {
      input.append(element("option", "any", { value: "" }), ...choices.map((choice) => element("option", choice, { value: choice })));
    }
    if (parameter.type === "number" || parameter.type === "integer") input.inputMode = "decimal";
    input.required = parameter.required;
    const given = values[parameter.name] || "";
    input.value = choices.find((choice) => choice.toLowerCase() === given.toLowerCase()) || given;
    label.append(input);
    if (about.names && parameter.type === "entity") label.append(offerNames(input));
    return label;
  }));
  if (query.parameters.length) {
    $("parameters").append(element("button", "Ask", { type: "submit" }));
  }
  const missing = query.parameters.find((p) => p.required && !values[p.name]);
  if (missing) {
    clear();
    $("editor").value = bound = "";
    keep(new URLSearchParams({ ...given(values), name: query.name }));
    $("status").textContent = `Give ${missing.name}, then Ask.`;
    $("parameters").querySelector(`[name="${missing.name}"]`).focus();
  } else {
    runNamed();
  }
}

// The values of the current query's parameters, empty ones and all else left out.
function given(values) {
  return Object.fromEntries(current.parameters.map((p) => [p.name, (values[p.name] || "").trim()]).filter(([, value]) => value));
}

async function runNamed() {
  const values = new URLSearchParams(given(Object.fromEntries(new FormData($("parameters")))));
  const reply = await fetch(`/queries/${encodeURIComponent(current.name)}?${values}`);
  const text = await reply.text();
  if (!reply.ok) { clear(); $("error").textContent = text; return; }
  $("editor").value = bound = text;
  $("editor").rows = ROWS.named;
  values.set("name", current.name);
  keep(values);
  await run();
}

function ask(query, accept) {
  return fetch("/sparql", {
    method: "POST",
    headers: { "content-type": "application/sparql-query", accept },
    body: query,
  });
}

function clear() {
  $("error").textContent = "";
  $("status").textContent = "";
  $("answer").replaceChildren();
  for (const button of document.querySelectorAll(".save")) button.disabled = true;
}

async function run() {
  clear();
  const query = $("editor").value;
  const began = performance.now();
  $("status").textContent = "Asking…";
  $("run").disabled = true;
  try {
    const reply = await ask(query, `${JSON_ROWS}, text/turtle;q=0.9`);
    const seconds = ((performance.now() - began) / 1000).toFixed(2);
    if (!reply.ok) {
      $("status").textContent = "";
      $("error").textContent = await reply.text();
      return;
    }
    asked = query;
    const rows = (reply.headers.get("content-type") || "").startsWith(JSON_ROWS);
    const count = rows ? showRows(await reply.json()) : showText(await reply.text());
    $("status").textContent = `${count} in ${seconds} s`;
    for (const button of document.querySelectorAll(".save")) {
      button.disabled = (button.dataset.name === "answer.ttl") === rows || (button.dataset.name === "answer.csv" && !rows);
    }
  } catch (error) {
    $("status").textContent = "";
    $("error").textContent = `The server did not answer: ${error.message}`;
  } finally {
    $("run").disabled = false;
  }
}

function showText(text) {
  $("answer").replaceChildren(element("pre", text));
  return "a graph";
}

function showRows(answer) {
  if ("boolean" in answer) { $("answer").replaceChildren(element("p", answer.boolean ? "Yes." : "No.")); return "one answer"; }
  const names = answer.head.vars;
  // a column x with its xLabel is one column: the label, linked
  const shown = names.filter((name) => !names.includes(`${name}Label`));
  const table = element("table");
  const head = table.createTHead().insertRow();
  const subject = (name) => (name.endsWith("Label") && names.includes(name.slice(0, -5)) ? name.slice(0, -5) : name);
  for (const name of shown) head.append(element("th", subject(name), { scope: "col" }));
  const body = table.createTBody();
  for (const row of answer.results.bindings) {
    const line = body.insertRow();
    for (const name of shown) line.append(cell(row[name], row[subject(name)]));
  }
  $("answer").replaceChildren(table);
  const count = answer.results.bindings.length;
  return `${count.toLocaleString("en")} row${count === 1 ? "" : "s"}`;
}

function cell(value, about_) {
  const made = element("td");
  if (!value) return made;
  if (NUMERIC.test(value.datatype || "")) made.className = "number";
  const text = value.type === "uri" && value.value.startsWith(about.base) ? value.value.slice(about.base.length) : value.value;
  if (text.length > 60) made.className = "long";
  const link = about_ && about_.type === "uri" ? address(about_.value) : null;
  if (link) made.append(element("a", text, { href: link, ...(link.startsWith("/") ? {} : { rel: "noopener noreferrer", target: "_blank" }) }));
  else made.textContent = text;
  return made;
}

// Things lead into the explorer, web addresses to the web; nothing else is a link.
function address(iri) {
  const id = iri.startsWith(about.base) ? iri.slice(about.base.length) : "";
  if (/^(system|hardware|model|dataset|paper)\//.test(id)) return about.explorer ? `/#n=${encodeURIComponent(id)}` : null;
  return !id && /^https?:\/\//.test(iri) ? iri : null;
}

async function save(button) {
  const reply = await ask(asked, button.dataset.accept);
  if (!reply.ok) { $("error").textContent = await reply.text(); return; }
  const link = element("a", undefined, { download: button.dataset.name, href: URL.createObjectURL(await reply.blob()) });
  link.click();
  URL.revokeObjectURL(link.href);
}

start().catch((error) => { $("error").textContent = `The page could not start: ${error.message}`; });
