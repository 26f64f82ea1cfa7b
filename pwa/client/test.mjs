// Bundles the tests (Node runs no TypeScript) and runs them. `node test.mjs sync` runs those whose file name has "sync".

import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "build/tests");
const wanted = process.argv[2] ?? "";
const tests = readdirSync(join(here, "tests")).filter((name) => name.endsWith(".test.ts") && name.includes(wanted));
if (tests.length === 0) {
  console.error(`No test has "${wanted}" in its name.`);
  process.exit(1);
}

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
await build({
  absWorkingDir: here,
  entryPoints: tests.map((name) => `tests/${name}`),
  outdir: out,
  outExtension: { ".js": ".mjs" },
  bundle: true,
  platform: "node",
  target: "node20",
  format: "esm",
  sourcemap: "inline",
  logLevel: "warning",
  define: { VECTORS: JSON.stringify(join(here, "../../tests/vectors")) },
});
const files = readdirSync(out).map((name) => join(out, name));
const { status } = spawnSync(process.execPath, ["--enable-source-maps", "--test", "--test-reporter=dot", ...files], { stdio: "inherit" });
process.exitCode = status ?? 1;
