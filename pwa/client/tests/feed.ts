/** A server's feed in memory, and a world for a round of sync to run in. */

import { type LibraryConnection, libraryConnection } from "../src/library/database.js";
import { type Change, type Cursor } from "../src/library/entries.js";
import { Answer, type Ask, type Asked } from "../src/library/feed.js";
import { Library } from "../src/library/library.js";
import type { Progress, World } from "../src/library/sync.js";
import type { AskTexts } from "../src/library/texts.js";
import { DEFAULT } from "../src/library/wishes.js";

/** A library as a server has it: the last change of each thing, in the order of revisions. */
export class Feed {
  epoch = "one";
  asked: Cursor[] = [];
  textsAsked: string[] = [];
  pageLength = 10;
  #changes = new Map<string, Change>();
  #revision = 0;

  /** Publish some things, or publish them again. */
  publish(...ids: string[]): void {
    for (const id of ids) {
      this.#put({
        ...EMPTY,
        op: "upsert",
        id,
        path: `/articles/${id}/`,
        title: `The article ${id}`,
        published_at: `2026-01-01T00:00:${String(this.#revision % 60).padStart(2, "0")}+00:00`,
        html: `<main id="main"><h1>${id}</h1><p>${"Text of it. ".repeat(60)}</p></main>`,
        card: `<article>${id}</article>`,
        data: { topics: ["sleep"], summary: `About ${id}` },
      });
    }
  }

  put(change: Partial<Change> & { id: string }): void {
    this.#put({ ...EMPTY, ...change });
  }

  withdraw(id: string, reason = "It was out of date."): void {
    this.#put({ ...EMPTY, op: "delete", id, path: `/articles/${id}/`, data: { reason, replacement_path: "" } });
  }

  /** Come back from a backup: another epoch, counted anew. */
  restore(...ids: string[]): void {
    this.epoch += "'";
    this.#changes.clear();
    this.#revision = 0;
    this.publish(...ids);
  }

  /** The living things, as `id@revision`. */
  get living(): string[] {
    return [...this.#changes.values()].filter(({ op }) => op === "upsert").map(named).sort();
  }

  /** The texts of articles, as they are now. */
  readonly askTexts: AskTexts = (ids) => {
    this.textsAsked.push(...ids);
    const texts = ids.flatMap((id) => {
      const change = this.#changes.get(id);
      return change?.op === "upsert" ? [{ id, revision: change.revision, html: change.html ?? "" }] : [];
    });
    return Promise.resolve({ texts, wait: 0 });
  };

  readonly ask: Ask = (after, _signal, texts = true) => {
    this.asked.push(after);
    const all = [...this.#changes.values()].sort((a, b) => a.revision - b.revision);
    if (Number(after) > this.#revision) return Promise.resolve({ answer: Answer.Gone });
    const rest = all.filter(({ revision }) => revision > Number(after));
    const changes = rest.slice(0, this.pageLength).map((change) => (texts ? change : titled(change)));
    const cursor = changes.at(-1)?.revision ?? this.#revision;
    const remaining = rest.length - changes.length;
    const page = { changes, cursor, more: remaining > 0, epoch: this.epoch, template_version: "t", remaining };
    return Promise.resolve({ answer: Answer.Page, page } satisfies Asked);
  };

  #put(change: Change): void {
    this.#changes.set(change.id, { ...change, revision: ++this.#revision });
  }
}

/** An article as the feed has it when it was asked for titles. */
function titled(change: Change): Change {
  const { html: _, ...title } = change;
  return change.kind === "article" ? title : change;
}

const EMPTY: Change = {
  revision: 0,
  op: "upsert",
  kind: "article",
  id: "",
  path: null,
  starts_at: null,
  ends_at: null,
  title: "",
  published_at: null,
  html: "",
  card: "",
  data: {},
};

export function named({ id, revision }: { id: string; revision: number }): string {
  return `${id}@${revision}`;
}

let databases = 0;

/** A library of its own, with the connection to it. */
export function newLibrary(clock?: () => number): { library: Library; connection: LibraryConnection } {
  const connection = libraryConnection(`test-${++databases}`);
  return { library: new Library(connection, clock), connection };
}

/** What is living on the phone, as `id@revision`, with every page's text checked to be there. */
export async function livingOn(library: Library): Promise<string[]> {
  const rows = await library.articles();
  for (const row of rows) {
    const text = await library.text(row.id);
    if (!text?.includes(`<h1>${row.id}</h1>`)) throw new Error(`the text of ${row.id} is missing`);
  }
  return rows.map(named).sort();
}

/** A world with nothing special about it. */
export function world(library: Library, feed: Feed, special: Partial<World> = {}): World & { steps: Progress[]; told: string[] } {
  const steps: Progress[] = [];
  const told: string[] = [];
  let seen = false;
  return {
    library,
    ask: feed.ask,
    signal: new AbortController().signal,
    witness: {
      saw: () => Promise.resolve(seen),
      see: () => {
        seen = true;
        return Promise.resolve();
      },
    },
    makeRoom: () => Promise.resolve(false),
    forget: () => Promise.resolve(),
    rest: () => undefined,
    askTexts: feed.askTexts,
    wishes: DEFAULT,
    wanted: { saved: new Set(), topics: [] },
    renewed: (changes) => void told.push(...changes.map(({ id }) => id)),
    told,
    progress: (step) => steps.push(step),
    steps,
    ...special,
  };
}

/** Web Locks of one phone. */
export function newLocks(): Pick<LockManager, "request"> {
  let held = false;
  const request = async (_name: string, _options: unknown, callback: (lock: unknown) => Promise<unknown>) => {
    if (held) return callback(null);
    held = true;
    try {
      return await callback({});
    } finally {
      held = false;
    }
  };
  return { request: request as LockManager["request"] };
}
