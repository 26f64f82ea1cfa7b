import assert from "node:assert/strict";
import { test } from "node:test";
import { Calm, type Clock } from "../src/page/calm.js";

/** A clock that stands still until it is moved on. */
class Standing implements Clock {
  time = 0;
  #due = new Map<number, { at: number; work: () => void }>();
  #last = 0;
  now = () => this.time;
  set = (work: () => void, milliseconds: number) => {
    this.#due.set(++this.#last, { at: this.time + milliseconds, work });
    return this.#last;
  };
  clear = (timer: unknown) => void this.#due.delete(timer as number);

  pass(milliseconds: number): void {
    this.time += milliseconds;
    for (const [timer, { at, work }] of [...this.#due]) {
      if (at > this.time) continue;
      this.#due.delete(timer);
      work();
    }
  }
}

function listening(): { clock: Standing; calm: Calm<string>; heard: string[] } {
  const [clock, heard] = [new Standing(), [] as string[]];
  const calm = new Calm<string>((told) => told !== "online", (told) => heard.push(told), clock);
  return { clock, calm, heard };
}

test("trouble is told at once, its end when it has lasted", () => {
  const { clock, calm, heard } = listening();
  calm.tell("online");
  calm.tell("offline");
  assert.deepEqual(heard, ["online", "offline"]);
  calm.tell("online");
  clock.pass(1_499);
  assert.deepEqual(heard, ["online", "offline"]);
  clock.pass(1);
  assert.deepEqual(heard, ["online", "offline", "online"]);
});

test("a network that flaps every second for a minute is never said to be back before it is", () => {
  const { clock, calm, heard } = listening();
  for (let second = 0; second < 60; second += 1) {
    calm.tell(second % 2 ? "online" : "offline");
    clock.pass(1_000);
  }
  assert.deepEqual(new Set(heard), new Set(["offline"]));
  clock.pass(60_000);
  assert.equal(heard.at(-1), "online");
  assert.equal(heard.filter((told) => told === "online").length, 1);
});

test("a network that is back for a little longer each time is believed ever later, and at once after a quiet time", () => {
  const { clock, calm, heard } = listening();
  const timesBack = () => heard.filter((told) => told === "online").length;
  for (let flap = 0; flap < 12; flap += 1) {
    calm.tell("offline");
    clock.pass(5_000);
    calm.tell("online");
    clock.pass(5_000);
  }
  assert.equal(timesBack(), 2);
  clock.pass(60_000);
  clock.pass(60_000);
  assert.equal(timesBack(), 3);
  calm.tell("offline");
  calm.tell("online");
  clock.pass(1_500);
  assert.equal(timesBack(), 4);
});

test("the last good word is the one that is passed on", () => {
  const [clock, heard] = [new Standing(), [] as string[]];
  const calm = new Calm<string>((told) => told === "offline", (told) => heard.push(told), clock);
  calm.tell("offline");
  calm.tell("keeping");
  calm.tell("online");
  clock.pass(1_500);
  assert.deepEqual(heard, ["offline", "online"]);
});
