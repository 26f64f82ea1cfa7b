import "./platform.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { sentence } from "../src/elements/connection.js";
import { pause } from "../src/page/pause.js";
import { places, remember } from "../src/page/places.js";
import { shareable } from "../src/elements/share.js";
import { Keeping, Network, type Standing } from "../src/protocol/messages.js";
import { smallest } from "../src/sw/media.js";

function standing(special: Partial<Standing>): Standing {
  return { type: "standing", network: Network.Online, measured_at: 1, rests_until: 0, keeping: Keeping.Idle, done: 0, total: null, bytes: 0, articles: 38, ...special };
}

const sentences: [Partial<Standing>, boolean, string][] = [
  [{}, true, "Online"],
  [{ network: Network.Unknown }, true, "Online"],
  [{}, false, "No connection. 38 articles can be read on this phone."],
  [{ network: Network.Unknown, articles: 1 }, false, "No connection. 1 article can be read on this phone."],
  [{ network: Network.Unknown, articles: 0 }, false, "No connection. No articles are on this phone yet."],
  [{ network: Network.Offline }, true, "Respite cannot be reached just now. 38 articles can be read on this phone."],
  [{ network: Network.Down }, true, "Our server is not answering properly. 38 articles can be read on this phone."],
  [{ network: Network.Slow }, true, "Slow connection"],
  [{ keeping: Keeping.Fetching, done: 120, total: 500 }, true, "Keeping the library on this phone, 120 of 500"],
  [{ keeping: Keeping.Fetching, done: 120 }, true, "Keeping the library on this phone, 120 so far"],
  [{ network: Network.Portal }, true, "This network wants a log-in first. 38 articles can be read on this phone."],
  [{ keeping: Keeping.Full }, true, "This phone is full. 38 articles can be read on this phone."],
];
for (const [known, onLine, text] of sentences) {
  test(`it says: ${text}`, () => {
    assert.equal(sentence({ standing: standing(known), onLine }).text, text);
  });
}

test("what was measured counts for more than what the phone says, until the phone says something else", () => {
  const measured = (at: number) => standing({ network: Network.Online, measured_at: at });
  assert.equal(sentence({ standing: measured(10), onLine: false, changed_at: 20 }).state, "offline");
  assert.equal(sentence({ standing: measured(30), onLine: false, changed_at: 20 }).state, "online");
  const lost = standing({ network: Network.Offline, measured_at: 10 });
  assert.equal(sentence({ standing: lost, onLine: true, changed_at: 20 }).state, "online");
});

test("it says so without a worker too", () => {
  assert.equal(sentence({ standing: null, onLine: false }).state, "offline");
  assert.equal(sentence({ standing: null, onLine: true }).state, "online");
});

test("tries become rarer, and never rarer than once a minute", () => {
  assert.deepEqual([0, 1, 2, 3, 4, 5, 50].map(pause), [2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
});

test("what is shared follows nobody around", () => {
  const address = "https://respite.example/articles/a/?utm_source=x&page=2&fbclid=y&UTM_Medium=z#cite-1";
  assert.equal(shareable(address), "https://respite.example/articles/a/?page=2");
});

test("the smallest size of a card's first picture is chosen, from our own media only", () => {
  const card = `<a><img src="/media/images/h/a.800.webp" srcset="/media/images/h/a.800.webp 800w, /media/images/h/a.400.webp 400w"></a>`;
  assert.equal(smallest(card), "/media/images/h/a.400.webp");
  assert.equal(smallest(`<img src="/media/images/h/a.webp">`), "/media/images/h/a.webp");
  assert.equal(smallest(`<img src="https://elsewhere.example/a.webp">`), null);
  assert.equal(smallest("<p>no picture</p>"), null);
});

test("places are remembered by address, the latest last, those of a release before too, and no more than two hundred", () => {
  const kept = new Map<string, string>([["respite-places", JSON.stringify({ "/old/": 0.5 })]]);
  const storage = { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value) };
  (globalThis as Record<string, unknown>).localStorage = storage;
  assert.deepEqual(places()["/old/"], { share: 0.5, section: "", anchor: "" });
  remember("/a/", { share: 0.3, section: "Four patterns", anchor: "four-patterns" });
  assert.equal(places()["/a/"]?.section, "Four patterns");
  remember("/a/", null);
  assert.equal(places()["/a/"], undefined);
  for (let number = 0; number < 300; number += 1) remember(`/${number}/`, { share: 0.3, section: "", anchor: "" });
  assert.equal(Object.keys(places()).length, 200);
  assert.equal(places()["/299/"]?.share, 0.3);
});
