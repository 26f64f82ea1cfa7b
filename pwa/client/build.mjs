// Builds what a phone gets. `node build.mjs` takes well under two seconds; it prints what each piece weighs.

import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const statics = join(here, "../static/pwa");
const own = join(here, "build");

/** The folder of what the page's script loads when it is needed. Its files' names say their content: none is ever another. */
const CHUNKS = "chunks";
/** How many KB of brotli all of that may weigh together: every phone keeps it. */
const LATER = 60;

/** What is built, where it goes, and how many KB of brotli it may weigh; a script that is split, before anybody does anything. */
const pieces = [
  { from: "src/app.ts", to: join(statics, "app.js"), format: "esm", budget: 12, splitting: true },
  { from: "src/sw/worker.ts", to: join(own, "worker.js"), format: "iife", budget: 24 },
  { from: "src/search/worker.ts", to: join(statics, "search.js"), format: "iife", budget: 14 },
  { from: "src/sw/retire.ts", to: join(own, "retire.js"), format: "iife", budget: 1 },
  { from: "styles/app.css", to: join(statics, "app.css"), budget: 14 },
];

const there = pieces.filter(({ from }) => existsSync(join(here, from)));
rmSync(join(statics, CHUNKS), { recursive: true, force: true });
mkdirSync(statics, { recursive: true });
mkdirSync(own, { recursive: true });
const built = await Promise.all(
  there.map(({ from, to, format, splitting = false }) =>
    build({
      metafile: true,
      absWorkingDir: here,
      entryPoints: { [basename(to).replace(/\.\w+$/, "")]: from },
      outdir: dirname(to),
      chunkNames: `${CHUNKS}/[name].[hash]`,
      splitting,
      format,
      bundle: true,
      minify: true,
      target: "es2022",
      charset: "utf8",
      logLevel: "warning",
    }),
  ),
);

/** What a script says, as `src/words/speech.ts` has it: each text, or the two for one and for many. */
const SAID = /\b(say|many)\(\s*"((?:[^"\\]|\\.)*)"(?:,\s*"((?:[^"\\]|\\.)*)")?/g;

function saidIn(source) {
  const sources = Object.keys(built[there.findIndex(({ from }) => from === source)].metafile.inputs);
  const calls = sources.flatMap((path) => [...readFileSync(join(here, path), "utf8").matchAll(SAID)]);
  const texts = calls.map(([, call, one, other]) => (call === "many" ? [one, other] : [one]));
  return [...new Map(texts.map((text) => [text[0], text])).values()].sort();
}

/** Name the files that a built script needs at once, itself first, and those that it loads when they are needed. */
function partsOf({ from }) {
  const { outputs } = built[there.findIndex((piece) => piece.from === from)].metafile;
  const script = Object.keys(outputs).find((path) => outputs[path].entryPoint === from);
  const first = new Set([script]);
  for (const path of first) for (const { path: next, kind } of outputs[path].imports) if (kind === "import-statement") first.add(next);
  return { first: [...first], later: Object.keys(outputs).filter((path) => !first.has(path)) };
}

writeFileSync(join(own, "words.json"), JSON.stringify({ page: saidIn("src/app.ts"), worker: saidIn("src/sw/worker.ts") }));

let heavy = false;

function weigh(name, paths, budget) {
  const kilobytes = paths.reduce((sum, path) => sum + brotliCompressSync(readFileSync(join(here, path))).length, 0) / 1024;
  const over = kilobytes > budget;
  heavy ||= over;
  console.log(`${name.padEnd(24)} ${kilobytes.toFixed(1)} KB brotli of ${budget}${over ? "  TOO HEAVY" : ""}`);
}

for (const piece of there) {
  const { first, later } = partsOf(piece);
  weigh(piece.to.slice(join(here, "..").length + 1), first, piece.budget);
  if (!piece.splitting) continue;
  weigh("  loaded when needed", later, LATER);
  // The document names what the script will import at once, so that nothing waits for the script to say so.
  writeFileSync(join(own, "first.json"), JSON.stringify(first.slice(1).map((path) => `pwa/${CHUNKS}/${basename(path)}`)));
}
process.exitCode = heavy ? 1 : 0;
