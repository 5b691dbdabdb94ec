// Reads an RDF file and writes its quads as lines: `node ntriples.mjs FILE`. N3.js for Turtle, TriG and N-Quads, jsonld.js
// (with no way to load anything from the network) for JSON-LD.
import { createReadStream, readFileSync } from "node:fs";
import { StreamParser } from "n3";
import jsonld from "jsonld";

const escapes = { "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r" };
const text = (value) => value.replace(/[\\"\n\r]/g, (c) => escapes[c]);
const STRING = "http://www.w3.org/2001/XMLSchema#string";

function term(t) {
  if (t.termType === "NamedNode") return `<${t.value}>`;
  if (t.termType === "Quad") return `<<( ${term(t.subject)} ${term(t.predicate)} ${term(t.object)} )>>`;
  if (t.termType === "BlankNode") return t.value.startsWith("_:") ? t.value : `_:${t.value}`;
  const tail = t.language ? `@${t.language}` : t.datatype.value === STRING ? "" : `^^<${t.datatype.value}>`;
  return `"${text(t.value)}"${tail}`;
}

const graph = (g) => (!g || g.termType === "DefaultGraph" ? "" : ` ${term(g)}`);
const write = (q) =>
  process.stdout.write(`${term(q.subject)} ${term(q.predicate)} ${term(q.object)}${graph(q.graph)} .\n`);

const [file] = process.argv.slice(2);
if (file.endsWith(".jsonld")) {
  const documentLoader = (url) => { throw new Error(`wants to load ${url}`); };
  const quads = await jsonld.toRDF(JSON.parse(readFileSync(file, "utf8")), { documentLoader });
  quads.forEach(write);
} else {
  const format = file.endsWith(".nq") ? "N-Quads" : file.endsWith(".trig") ? "TriG" : "Turtle";
  const parser = new StreamParser({ format });
  for await (const quad of createReadStream(file).pipe(parser)) write(quad);
}
