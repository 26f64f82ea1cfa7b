import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import { ownPath, readShared } from "../src/sw/shared-link.js";

declare const VECTORS: string;

interface Case {
  name: string;
  url?: string;
  text?: string;
  title?: string;
  path: string;
  words?: string;
  is_empty?: boolean;
}

const { origin, cases } = JSON.parse(readFileSync(`${VECTORS}/share.json`, "utf8")) as { origin: string; cases: Case[] };

for (const { name, path, words = "", is_empty = false, ...given } of cases) {
  test(`shared: ${name}`, () => {
    const shared = new URLSearchParams(Object.entries(given) as [string, string][]);
    assert.deepEqual(readShared(shared, origin), { path, words, isEmpty: is_empty });
  });
}

/** Pieces of which addresses that mislead are made, in any order, among anything else. */
const piece = fc.oneof(
  fc.constantFrom("https://", "http://", "respite.example", "evil.example", "/", "//", "\\", "@", ":", "?", "#", "..", "."),
  fc.constantFrom("%2f", "%5C", "%00", "%2e", "%zz", "%", "javascript:", "data:", " ", "\n", "\t", "articles", "de"),
  fc.string({ maxLength: 4, unit: "binary" }),
);
const misleading = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(""));

function isAtHome(path: string): boolean {
  // As a link in a page would be read.
  const read = [path, encodeURI(path)].map((href) => new URL(href, `${origin}/share/?url=x`));
  return read.every((url) => url.origin === origin && !url.pathname.startsWith("//"));
}

test("whatever is shared, what comes of it never leaves our origin", () => {
  fc.assert(
    fc.property(misleading, misleading, misleading, fc.boolean(), (url, text, title, isOurs) => {
      const shared = new URLSearchParams({ url: isOurs ? `${origin}/${url}` : url, text, title });
      const { path } = readShared(shared, origin);
      return path === "" || (/^\/([^/\\]+\/)*$/.test(path) && isAtHome(path));
    }),
    { numRuns: 3_000 },
  );
});

test("an address of ours is found by its path, whatever is asked of it", () => {
  const segment = fc.string({ unit: fc.constantFrom(..."abcxyz0189-_üß"), minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(fc.array(segment, { maxLength: 4 }), fc.webQueryParameters(), fc.webFragments(), (segments, query, hash) => {
      const path = segments.length > 0 ? `/${segments.join("/")}/` : "/";
      return ownPath(`${origin}${encodeURI(path)}?${query}#${hash}`, origin) === path;
    }),
  );
});
