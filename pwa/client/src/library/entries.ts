/** The shapes that travel in the feed, and the rows they become on the phone. */

export type Cursor = number | string;

/** What is shared between languages, as one that is not the default shows it. */
export interface Other {
  readonly html?: string;
  readonly card?: string;
  readonly country_name?: string;
  readonly facets?: readonly (readonly [name: string, value: string, label: string])[];
}

/** One change of `/sync/changes/`, as docs/architecture.md has it. */
export interface Change {
  readonly revision: number;
  readonly op: "upsert" | "delete";
  readonly kind: string;
  readonly id: string;
  readonly path: string | null;
  readonly starts_at: string | null;
  readonly ends_at: string | null;
  readonly language?: string;
  readonly title?: string;
  readonly published_at?: string | null;
  readonly html?: string;
  readonly card?: string;
  /** Addresses at which it stood before. */
  readonly former?: readonly string[];
  readonly others?: Readonly<Record<string, Other>>;
  readonly data: Readonly<Record<string, unknown>> | null;
}

/** One page of the feed. */
export interface Changes {
  readonly changes: readonly Change[];
  readonly cursor: Cursor;
  readonly more: boolean;
  readonly epoch: string | number;
  readonly template_version?: string;
  readonly remaining?: number;
}

/** The kind under which the row of a tombstone stands, so that no list or count ever meets one. */
export const TOMBSTONE = "tombstone";

/** One thing in the store. Its page's text lies in a store of its own, so that lists read rows alone. */
export interface Row {
  readonly id: string;
  readonly kind: string;
  readonly path: string;
  /** Addresses it had: those the server knew of, and those it had while this phone knew it. */
  readonly former: readonly string[];
  readonly revision: number;
  /** Which copy of the library brought it; see `Library.restart`. */
  readonly copy: number;
  /** The language it is written in; what is shared between languages is in the default one. */
  readonly language: string;
  readonly title: string;
  readonly published_at: string | null;
  readonly starts_at: string | null;
  readonly ends_at: string | null;
  readonly card: string;
  /** Cards in other languages; their pages' texts lie beside its own, see `Library.text`. */
  readonly others: Readonly<Record<string, Omit<Other, "html">>>;
  readonly data: Readonly<Record<string, unknown>>;
  /** Whether its text is here: `title` is the row alone, `again` one whose text was here and has changed since. */
  readonly held?: "whole" | "title" | "again";
  /** What its text takes as stored, or took when it was last here as of this revision. */
  readonly text_bytes?: number;
  /** What the row itself takes, about. */
  readonly row_bytes?: number;
}

/** Say whether the text of a row is here. Rows of earlier releases say nothing about it: all of theirs were. */
export function holds(row: Pick<Row, "held">): boolean {
  return row.held === undefined || row.held === "whole";
}

/** Say whether a row may be shown at a moment (milliseconds): begun, and not ended. */
export function runsAt(row: Pick<Row, "starts_at" | "ends_at">, now: number): boolean {
  const begun = row.starts_at === null || Date.parse(row.starts_at) <= now;
  return begun && (row.ends_at === null || Date.parse(row.ends_at) > now);
}

/** Say whether what may have been taken down may be shown at a moment (milliseconds). */
export function standsAt(row: Pick<Row, "kind" | "starts_at" | "ends_at">, now: number): boolean {
  return row.kind !== TOMBSTONE && runsAt(row, now);
}

/** Give the text that a row's data has under a name, or "". */
export function text(row: Pick<Row, "data">, name: string): string {
  const value = row.data[name];
  return typeof value === "string" ? value : "";
}

/** Give the list of strings that a row's data has under a name, or an empty one. */
export function words(row: Row, name: string): readonly string[] {
  const value = row.data[name];
  return Array.isArray(value) ? value.filter((word) => typeof word === "string") : [];
}
