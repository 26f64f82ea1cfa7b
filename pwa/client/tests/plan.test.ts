import "./platform.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Row, holds } from "../src/library/entries.js";
import { GUESS_BYTES, plan } from "../src/library/plan.js";

const WANTED = { saved: new Set<string>(), topics: [] as string[] };

function row(id: string, special: Partial<Row> = {}): Row {
  const published_at = `2026-01-01T00:00:${id.slice(-2)}+00:00`;
  return {
    ...{ id, kind: "article", path: `/articles/${id}/`, former: [], revision: 1, copy: 1, language: "en", title: id },
    ...{ published_at, starts_at: null, ends_at: null, card: "", others: {}, data: { topics: [] } },
    ...{ held: "whole", text_bytes: 100, row_bytes: 10 },
    ...special,
  };
}

/** Ten articles, the last one the newest, each with a text of 100 bytes; and what they take. */
const TEN = Array.from({ length: 10 }, (_, index) => row(`a0${index}`));
const ALL = 10 * 110;

test("a library that fits stays as it is", () => {
  assert.deepEqual(plan(TEN, WANTED, ALL, ALL, true), { drop: [], fetch: [] });
  assert.deepEqual(plan(TEN, WANTED, ALL, null, true), { drop: [], fetch: [] });
});

test("one that does not gives up its oldest texts, the oldest first", () => {
  assert.deepEqual(plan(TEN, WANTED, ALL, ALL - 250, true).drop, ["a00", "a01", "a02"]);
});

test("what is saved is never given up, even where nothing fits", () => {
  const wanted = { saved: new Set(["a00", "a03"]), topics: [] };
  const { drop } = plan(TEN, wanted, ALL, 1, true);
  assert.deepEqual([drop.includes("a00"), drop.includes("a03"), drop.length], [false, false, 8]);
});

test("articles of followed topics stay before newer ones", () => {
  const rows = TEN.map((each) => (each.id < "a03" ? { ...each, data: { topics: ["sleep"] } } : each));
  assert.deepEqual(plan(rows, { saved: new Set(), topics: ["sleep"] }, ALL, ALL - 700, true).drop, [
    ...["a03", "a04", "a05", "a06", "a07", "a08", "a09"],
  ]);
});

test("where there is room again texts come back, the newest first", () => {
  const rows = TEN.map((each) => ({ ...each, held: "title" as const }));
  assert.deepEqual(plan(rows, WANTED, 100, 100 + 320, true).fetch, ["a09", "a08", "a07"]);
});

test("who has cancelled gets no text that was not here, and those that have changed again", () => {
  const rows = [row("a01", { held: "title" }), row("a02", { held: "again" }), row("a03")];
  assert.deepEqual(plan(rows, WANTED, 130, null, false), { drop: [], fetch: ["a02"] });
});

const rows = fc
  .array(
    fc.record({
      held: fc.constantFrom("whole", "title", "again", undefined),
      text_bytes: fc.option(fc.integer({ min: 1, max: 20_000 }), { nil: undefined }),
      topic: fc.constantFrom("sleep", "loss", "work"),
      second: fc.integer({ min: 10, max: 59 }),
      isSaved: fc.boolean(),
    }),
    { maxLength: 30 },
  )
  .map((given) =>
    given.map(({ held, text_bytes, topic, second, isSaved }, index) => ({
      isSaved,
      row: {
        ...row(`${index}-${second}`),
        data: { topics: [topic] },
        ...{ held, text_bytes: held === undefined ? (text_bytes ?? 1) : text_bytes },
      } as Row,
    })),
  );

test("whatever is there: what stays and comes fits, what is saved is never dropped, and a plan is followed by none", () => {
  fc.assert(
    fc.property(rows, fc.integer({ min: 0, max: 200_000 }), fc.boolean(), (given, budget, more) => {
      const all = given.map(({ row }) => row);
      const saved = new Set(given.filter(({ isSaved }) => isSaved).map(({ row }) => row.id));
      const wanted = { saved, topics: ["sleep"] };
      const weight = (each: Row) => each.text_bytes ?? GUESS_BYTES;
      const taken = (of: readonly Row[]) => of.reduce((sum, each) => sum + 10 + (holds(each) ? weight(each) : 0), 0);
      const { drop, fetch } = plan(all, wanted, taken(all), budget, more);
      assert.ok(drop.every((id) => !saved.has(id)));
      const after = all.map((each) =>
        drop.includes(each.id) ? { ...each, held: "title" as const }
        : fetch.includes(each.id) ? { ...each, held: "whole" as const, text_bytes: weight(each) }
        : each,
      );
      const unsaved = after.some((each) => holds(each) && !saved.has(each.id));
      assert.ok(taken(after) <= budget || !unsaved, `${taken(after)} of ${budget}`);
      const next = plan(after, wanted, taken(after), budget, more);
      assert.deepEqual(next, { drop: [], fetch: [] });
    }),
    { numRuns: 500 },
  );
});
