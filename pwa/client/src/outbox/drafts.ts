/** Drafts: what stands in a form that has not been sent, kept while it is being typed. */

import type { Draft } from "./database.js";
import { type Desk, Gone } from "./desk.js";
import { type Ring, type Sealed, idOf, seal, unseal } from "./sealing.js";

/** What stands in the fields of a form, by their names. */
export type Values = Readonly<Record<string, string | boolean | readonly string[]>>;

/** What is sealed of a draft. */
export interface Kept {
  /** Which form it is of. */
  readonly form: string;
  readonly values: Values;
  /** Under which key it left this phone before, where nobody knows whether it has arrived. */
  readonly key?: string;
  /** Another draft of the same form, which this one has been put before. */
  readonly other?: Values;
}

/** Give what a draft is sealed for. */
export function draftPlace(id: string): string {
  return `draft ${id}`;
}

/** Put two drafts of one form together: the later one, which remembers the other where that says something else. */
export function laterOf(one: Kept, oneAt: number, other: Kept, otherAt: number): Kept {
  const [later, earlier] = oneAt >= otherAt ? [one, other] : [other, one];
  return JSON.stringify(later.values) === JSON.stringify(earlier.values) ? later : { ...later, other: earlier.values };
}

/** Read the draft of a form; null where there is none. */
export async function draftOf({ connection }: Desk, ring: Ring, form: string): Promise<Kept | null> {
  const id = await idOf(ring, form);
  const draft = await connection.use((database) => database.get("drafts", id));
  return draft ? unseal<Kept>(ring, draftPlace(id), draft.sealed).catch(() => null) : null;
}

/** Keep what stands in a form; raises `Gone` where its holder has left this phone. */
export async function keepDraft(desk: Desk, ring: Ring, kept: Kept): Promise<void> {
  const draft = await sealedDraft(desk, ring, kept);
  await whileHeld(desk, ring, (drafts) => void drafts.put(draft));
}

/** Forget the draft of a form. */
export async function dropDraft(desk: Desk, ring: Ring, form: string): Promise<void> {
  const id = await idOf(ring, form);
  await whileHeld(desk, ring, (drafts) => void drafts.delete(id));
}

/** Seal a draft, to be put where drafts are. */
export async function sealedDraft({ now }: Desk, ring: Ring, kept: Kept): Promise<Draft> {
  const id = await idOf(ring, kept.form);
  const sealed: Sealed = await seal(ring, draftPlace(id), kept);
  return { id, holder: ring.id, changed_at: now(), sealed };
}

interface Drafts {
  put(draft: Draft): unknown;
  delete(id: string): unknown;
}

async function whileHeld({ connection }: Desk, ring: Ring, work: (drafts: Drafts) => void): Promise<void> {
  await connection.use(async (database) => {
    const transaction = database.transaction(["keys", "drafts"], "readwrite");
    const there = await transaction.objectStore("keys").get(ring.id);
    if (there?.generation !== ring.generation) throw new Gone("These keys are no longer here.");
    work(transaction.objectStore("drafts"));
    await transaction.done;
  });
}
