/** Notes as files: for reading (Markdown) and for taking elsewhere and back (JSON). They are made here and handed to nobody. */

import { LONGEST_NOTE, type Note, byArticle } from "./notes.js";

const FORMAT = "respite-notes";

/** Write notes as Markdown, article by article in the order of their first note. */
export function markdown(notes: readonly Note[], origin: string): string {
  const parts = byArticle(notes).map((ofOne) => {
    const [first] = ofOne as [Note];
    return [`## ${line(first.article.title)}`, `<${origin}${first.article.path}>`, ...ofOne.map(written)].join("\n\n");
  });
  return `${parts.join("\n\n")}\n`;
}

function written({ quote, text, made_at }: Note): string {
  const parts = [`*${[line(quote.section), made_at.slice(0, 10)].filter(Boolean).join(", ")}*`];
  if (quote.exact) parts.push(`> ${line(quote.exact)}`);
  if (text) parts.push(text);
  return parts.join("\n\n");
}

/** What is one line stays one, and says nothing to Markdown. */
function line(text: string): string {
  return text.replace(/\s+/g, " ").replace(/([\\`*_[\]<>#])/g, "\\$1");
}

/** Write notes as JSON. */
export function json(notes: readonly Note[], now = new Date()): string {
  return `${JSON.stringify({ format: FORMAT, version: 1, exported_at: now.toISOString(), notes }, null, 1)}\n`;
}

/** Read notes from JSON that was written so; null where it is something else. */
export function readJson(text: string): Note[] | null {
  try {
    const { format, version, notes } = JSON.parse(text) as { format: unknown; version: unknown; notes: unknown };
    if (format !== FORMAT || version !== 1 || !Array.isArray(notes)) return null;
    const read = notes.map(noteOf);
    return read.every((note) => note !== null) ? read : null;
  } catch {
    return null;
  }
}

/** Take of a note what a note has, each of its kind and no longer than we would have it: a file may come from anywhere. */
function noteOf(given: unknown): Note | null {
  const { id, article, quote, text, made_at, changed_at } = Object(given) as Partial<Note>;
  const strings = [id, text, made_at, changed_at, article?.id, article?.path, article?.title, article?.language, quote?.exact, quote?.prefix, quote?.suffix, quote?.anchor, quote?.section];
  if (!strings.every((value) => typeof value === "string" && value.length <= LONGEST_NOTE)) return null;
  // It becomes a link: nothing but a path of this site.
  if (!/^\/(?!\/)/.test(article?.path ?? "") || Number.isNaN(Date.parse(made_at ?? "")) || Number.isNaN(Date.parse(changed_at ?? ""))) return null;
  return {
    id: id as string,
    article: { id: article?.id ?? "", path: article?.path ?? "", title: article?.title ?? "", language: article?.language ?? "" },
    quote: { exact: quote?.exact ?? "", prefix: quote?.prefix ?? "", suffix: quote?.suffix ?? "", anchor: quote?.anchor ?? "", section: quote?.section ?? "" },
    text: text as string,
    made_at: made_at as string,
    changed_at: changed_at as string,
    is_lost: false,
  };
}
