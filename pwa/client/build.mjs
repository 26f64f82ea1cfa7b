// Builds what a phone gets. `node build.mjs` takes well under two seconds; it prints what each piece weighs.

import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const statics = join(here, "../static/pwa");
const own = join(here, "build");

/** What is built, where it goes, and how many KB of brotli it may weigh. */
const pieces = [
  { from: "src/app.ts", to: join(statics, "app.js"), format: "esm", budget: 12 },
  { from: "src/sw/worker.ts", to: join(own, "worker.js"), format: "iife", budget: 20 },
  { from: "src/sw/retire.ts", to: join(own, "retire.js"), format: "iife", budget: 1 },
  { from: "styles/app.css", to: join(statics, "app.css"), budget: 14 },
];

const there = pieces.filter(({ from }) => existsSync(join(here, from)));
mkdirSync(statics, { recursive: true });
mkdirSync(own, { recursive: true });
await Promise.all(
  there.map(({ from, to, format }) =>
    build({
      absWorkingDir: here,
      entryPoints: [from],
      outfile: to,
      format,
      bundle: true,
      minify: true,
      target: "es2022",
      charset: "utf8",
      logLevel: "warning",
    }),
  ),
);

let heavy = false;
for (const { to, budget } of there) {
  const kilobytes = brotliCompressSync(readFileSync(to)).length / 1024;
  const over = kilobytes > budget;
  heavy ||= over;
  console.log(`${to.slice(join(here, "..").length + 1).padEnd(24)} ${kilobytes.toFixed(1)} KB brotli of ${budget}${over ? "  TOO HEAVY" : ""}`);
}
process.exitCode = heavy ? 1 : 0;
