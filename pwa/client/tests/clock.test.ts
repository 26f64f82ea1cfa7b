/** Times on the reader's clock: by the day there, through both clock changes, in zones that differ by half hours. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { daysOf, zoneName } from "../src/meetings/clock.js";

const told = (values: string[], zone: string, now = 0) =>
  daysOf(values, zone, "en-GB", now).map(({ name, times }) => `${name}: ${times.map(({ clock }) => clock).join(" ")}`);

test("daysOf: a moment is on the day that it is where the reader is", () => {
  const moments = ["2026-12-02T20:00:00+00:00", "2026-12-02T20:30:00+00:00"];
  assert.deepEqual(told(moments, "Europe/London"), ["Wednesday 2 December: 20:00 20:30"]);
  assert.deepEqual(told(moments, "Australia/Lord_Howe"), ["Thursday 3 December: 07:00 07:30"]);
  assert.deepEqual(told(moments, "Asia/Kolkata"), ["Thursday 3 December: 01:30 02:00"]);
  assert.deepEqual(told(moments, "America/St_Johns"), ["Wednesday 2 December: 16:30 17:00"]);
});

test("daysOf: midnight is 00:00 and never 24:00", () => {
  assert.deepEqual(told(["2026-12-02T00:00:00+00:00"], "Europe/London"), ["Wednesday 2 December: 00:00"]);
});

test("daysOf: the hour that is there twice, and the one that is skipped", () => {
  assert.deepEqual(told(["2026-10-25T00:30:00+00:00", "2026-10-25T01:30:00+00:00"], "Europe/London"), ["Sunday 25 October: 01:30 01:30"]);
  assert.deepEqual(told(["2026-03-29T00:30:00+00:00", "2026-03-29T01:00:00+00:00"], "Europe/London"), ["Sunday 29 March: 00:30 02:00"]);
  assert.deepEqual(told(["2026-10-03T15:00:00+00:00", "2026-10-03T15:30:00+00:00"], "Australia/Lord_Howe"), ["Sunday 4 October: 01:30 02:30"]);
});

test("daysOf: what has passed is not offered, and what is no time is none", () => {
  const now = Date.parse("2026-12-02T09:00:00Z");
  assert.deepEqual(told(["2026-12-02T09:00:00+00:00", "2026-12-02T09:30:00+00:00", "soon"], "Europe/London", now), ["Wednesday 2 December: 09:30"]);
});

test("daysOf: the same day of two years is two days", () => {
  assert.equal(told(["2026-12-02T09:00:00+00:00", "2027-12-02T09:00:00+00:00"], "UTC").length, 2);
});

test("zoneName: names summer and winter time apart", () => {
  assert.equal(zoneName("Europe/Berlin", "en-GB", new Date("2026-12-01T00:00:00Z")), "Central European Standard Time");
  assert.equal(zoneName("Europe/Berlin", "en-GB", new Date("2026-07-01T00:00:00Z")), "Central European Summer Time");
});
