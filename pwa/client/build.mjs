// Builds what a phone gets. `node build.mjs` takes two to three seconds; it prints what each piece weighs, and fails where one
// is too heavy.

import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import { build } from "esbuild";
import { rollup } from "rollup";
import { minify } from "terser";

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
  { from: "src/sw/worker.ts", to: join(own, "worker.js"), format: "iife", budget: 20, pressed: true },
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
      // What is split is written once it is put together.
      write: !splitting,
      format,
      bundle: true,
      minify: true,
      target: "es2022",
      charset: "utf8",
      logLevel: "warning",
    }),
  ),
);

/**
 * Put what a split script needs at once into one file. Every module that is used at once and later again is a file of its
 * own at first, and each file costs a phone a request and a slow one a moment before anything can be read.
 */
async function putTogether({ to }, { metafile, outputFiles }) {
  const code = new Map(outputFiles.map(({ path, text }) => [path, text]));
  const root = dirname(to);
  const pathOf = (name) => relative(here, join(root, name));
  const atOnce = new Set([to]);
  for (const path of atOnce) {
    const { imports } = metafile.outputs[relative(here, path)];
    for (const { path: next, kind } of imports) if (kind === "import-statement") atOnce.add(join(here, next));
  }
  const bundle = await rollup({
    input: to,
    plugins: [{ name: "memory", resolveId: (id, importer) => (importer ? join(dirname(importer), id) : id), load: (id) => code.get(id) }],
  });
  const { output } = await bundle.generate({
    format: "es",
    compact: true,
    entryFileNames: basename(to),
    chunkFileNames: ({ name }) => `${CHUNKS}/${name.split(".")[0]}.[hash].js`,
    hashCharacters: "base36",
    // Not the script itself: its name has no hash here, so nothing else may import it.
    manualChunks: (id) => (atOnce.has(id) && id !== to ? "first" : undefined),
  });
  for (const { fileName, code: text } of output) {
    mkdirSync(dirname(join(root, fileName)), { recursive: true });
    writeFileSync(join(root, fileName), text);
  }
  const chunks = new Map(output.map((chunk) => [chunk.fileName, chunk]));
  const first = new Set([basename(to)]);
  for (const name of first) for (const next of chunks.get(name).imports) first.add(next);
  return { first: [...first].map(pathOf), later: [...chunks.keys()].filter((name) => !first.has(name)).map(pathOf) };
}

const split = new Map();
for (const [place, piece] of there.entries()) if (piece.splitting) split.set(piece.from, await putTogether(piece, built[place]));

// The worker is read again whenever the browser has ended it: what takes another second here saves each phone a kilobyte.
for (const { to } of there.filter(({ pressed }) => pressed)) {
  // None of its properties does anything when it is read, and none of its functions is ever made with `new`.
  const compress = { passes: 4, unsafe_arrows: true, pure_getters: true };
  const { code } = await minify(readFileSync(to, "utf8"), { ecma: 2020, compress });
  writeFileSync(to, code);
}

/** What a script says, as `src/words/speech.ts` has it: each text, or the two for one and for many. */
const SAID = /\b(say|many)\(\s*"((?:[^"\\]|\\.)*)"(?:,\s*"((?:[^"\\]|\\.)*)")?/g;

function saidIn(source) {
  const sources = Object.keys(built[there.findIndex(({ from }) => from === source)].metafile.inputs);
  const calls = sources.flatMap((path) => [...readFileSync(join(here, path), "utf8").matchAll(SAID)]);
  const texts = calls.map(([, call, one, other]) => (call === "many" ? [one, other] : [one]));
  return [...new Map(texts.map((text) => [text[0], text])).values()].sort();
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
  const { first, later } = split.get(piece.from) ?? { first: [relative(here, piece.to)], later: [] };
  weigh(piece.to.slice(join(here, "..").length + 1), first, piece.budget);
  if (!piece.splitting) continue;
  weigh("  loaded when needed", later, LATER);
  // The document names what the script will import at once, so that nothing waits for the script to say so.
  writeFileSync(join(own, "first.json"), JSON.stringify(first.slice(1).map((path) => `pwa/${CHUNKS}/${basename(path)}`)));
}
// A release that a test makes carries its fault on top.
process.exitCode = heavy && !process.argv.includes("--of-any-weight") ? 1 : 0;
