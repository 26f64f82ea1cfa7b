import { ANNA, BEN, type Fate, FakePhone, FakeServer, letter } from "./outbox-world.js";
import { Stage } from "./outbox-stage.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { State } from "../src/outbox/database.js";
import type { Desk } from "../src/outbox/desk.js";
import { draftOf } from "../src/outbox/drafts.js";
import { type Network, flush } from "../src/outbox/flush.js";
import { TakenBack, queue, takeBack, waiting, withdraw } from "../src/outbox/items.js";
import type { Ring } from "../src/outbox/sealing.js";
import { hear, ringOf, session, wipe } from "../src/outbox/session.js";

const RUNS = Number(process.env.RUNS ?? 1_000);
const FATES: readonly Fate[] = ["ok", "lost", "lost", "lost", "silence", "silence", "portal", "csrf", "html", 401, 403, 409, 413, 422, 429, 500];
const ACTS = ["write", "write", "flush", "flush", "flush", "withdraw", "change", "change", "log out", "session ends", "log in", "log in as another", "time"] as const;
type Act = (typeof ACTS)[number];

/** What somebody has written and been told is kept. */
interface Written {
  readonly text: string;
  readonly account: string;
  /** Whether it may be gone unsent: taken back by its writer, or its account has left. */
  mayVanish: boolean;
}

class Play {
  readonly server = new FakeServer();
  readonly phone = new FakePhone(this.server);
  readonly written: Written[] = [];
  #number = 0;

  async act(act: Act, desk: Desk): Promise<void> {
    switch (act) {
      case "write":
        return this.#write(desk);
      case "withdraw": {
        const [item] = await waiting(desk);
        if (item && (await withdraw(desk, item.id)) === TakenBack.Done) this.#mayVanish(({ text }) => text === item.letter.body.text);
        return;
      }
      case "change":
        return this.#change(desk);
      case "log out":
        this.#mayVanish(() => true);
        await wipe(desk);
        this.#mayVanish(() => true);
        this.server.session = null;
        return hear(desk, null, desk.now());
      case "session ends":
        this.server.session = null;
        return;
      case "log in":
        return this.#logIn(desk, ANNA);
      case "log in as another":
        return this.#logIn(desk, BEN);
      case "time":
        this.phone.now += 3_600_000;
        return;
      case "flush":
    }
  }

  /** Hold a worker to what it was told: nothing leaves for an account but in a round that heard that account. */
  guarded({ fetch }: Network): Network["fetch"] {
    let told: string | null = null;
    return async (address, init) => {
      if (init.method === "POST") assert.ok((JSON.parse(init.body as string) as { text: string }).text.startsWith(told ?? "nobody"));
      const response = await fetch(address, init);
      if (address === "/api/v1/session/") told = ((await response.clone().json()) as { user: { id: string } | null }).user?.id ?? null;
      return response;
    };
  }

  async #logIn(desk: Desk, account: string): Promise<void> {
    this.server.session = account;
    this.#mayVanish((written) => written.account !== account);
    // The page after a log-in asks whose session it is; somebody else may have logged in meanwhile.
    const asked_at = desk.now();
    await hear(desk, this.server.session, asked_at);
    this.#mayVanish((written) => written.account !== account);
  }

  async #write(desk: Desk): Promise<void> {
    const { account, signed_in } = await session(desk);
    const ring = account && signed_in ? await ringOf(desk, account) : undefined;
    if (!ring) return;
    const text = `${ring.id} ${this.#number++}`;
    await this.#queue(desk, ring, text);
  }

  async #queue(desk: Desk, ring: Ring, text: string, key?: string): Promise<void> {
    const written: Written = { text, account: ring.id, mayVanish: false };
    this.written.push(written);
    // What could not be kept is said not to be.
    await queue(desk, ring, letter(text), key).catch(() => (written.mayVanish = true));
  }

  async #change(desk: Desk): Promise<void> {
    const [item] = await waiting(desk);
    const { account } = await session(desk);
    const ring = account ? await ringOf(desk, account) : undefined;
    if (!item || !ring) return;
    const text = String(item.letter.body.text);
    if ((await takeBack(desk, item)) !== TakenBack.Done) return;
    this.#mayVanish((written) => written.text === text);
    const kept = await draftOf(desk, ring, "contact team");
    if (!kept || kept.values.text !== text) return;
    await this.#queue(desk, ring, `${text}'`, kept.key);
  }

  #mayVanish(which: (written: Written) => boolean): void {
    for (const written of this.written.filter(which)) written.mayVanish = true;
  }

  /** All is well from here on: whoever's things are here logs in, and everything is sent. */
  async settle(): Promise<void> {
    this.server.fates = [];
    const { account } = await session(this.phone.desk);
    this.server.session = account;
    for (let round = 0; round < 3; round += 1) {
      this.phone.now += 2 * 3_600_000;
      if (account) await hear(this.phone.desk, account, this.phone.now);
      await this.phone.flush();
    }
  }

  async check(): Promise<void> {
    const made = [...this.server.made.entries()];
    const rows = await this.phone.rows();
    const shown = await waiting(this.phone.desk);
    assert.ok(rows.every(({ state }) => state === State.Sent || state === State.Failed), "everything has come to an end");
    for (const [, { author, text }] of made) assert.ok(text.startsWith(author), `${text} was made by ${author}`);
    for (const { text, account, mayVanish } of this.written) {
      const times = made.filter(([, one]) => one.text === text).length;
      assert.ok(times <= 1, `${text} was made ${times} times`);
      const isHere = shown.some((item) => item.state === State.Failed && item.letter.body.text === text);
      assert.ok(times === 1 || isHere || mayVanish, `${text} of ${account} has vanished`);
      if (times === 1) assert.ok(!isHere, `${text} has arrived, and is said to have failed`);
      // Changed while nobody knew whether it had arrived: one of the two, never both.
      assert.ok(times === 0 || !made.some(([, one]) => one.text === `${text}'`), `${text} was made as it was and as changed`);
      const keys = new Set(this.server.received.filter((one) => one.text === text).map(({ key }) => key));
      assert.ok(keys.size <= 1, `${text} was sent under ${keys.size} keys`);
    }
  }
}

const plays = fc.record({
  // What is in one scene happens at once.
  scenes: fc.array(fc.array(fc.constantFrom(...ACTS), { minLength: 1, maxLength: 4 }), { minLength: 2, maxLength: 6 }),
  fates: fc.array(fc.constantFrom(...FATES), { maxLength: 6 }),
  choices: fc.array(fc.nat(1_000), { minLength: 60, maxLength: 200 }),
  kills: fc.array(fc.nat(40), { minLength: 60, maxLength: 200 }),
});

test("whatever happens in whatever order: sent once, as its writer, or still here", async () => {
  await fc.assert(
    fc.asyncProperty(plays, async ({ scenes, fates, choices, kills }) => {
      const play = new Play();
      play.server.session = ANNA;
      play.server.fates = [...fates];
      await hear(play.phone.desk, ANNA, play.phone.now);
      let [at, killAt] = [0, 0];
      const choose = (many: number) => (choices[at++ % choices.length] ?? 0) % many;
      const isKilled = () => kills[killAt++ % kills.length] === 0;
      for (const acts of scenes) {
        const stage = new Stage();
        for (const act of acts) {
          if (act === "flush") stage.enter("worker", play.phone, (desk, network) => flush(desk, { ...network, fetch: play.guarded(network) }));
          else stage.enter(act, play.phone, (desk) => play.act(act, desk));
        }
        await stage.play(choose, isKilled);
      }
      await play.settle();
      await play.check();
      await play.phone.connection.close();
    }),
    // A play is found again by its seed and path; to make hundreds of choices fewer takes minutes and shows no more.
    { numRuns: RUNS, endOnFailure: true },
  );
});
