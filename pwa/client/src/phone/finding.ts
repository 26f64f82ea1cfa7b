/**
 * Finding a specialist: the list, what it is filtered by, and how it is set.
 *
 * The server has the same in `pwa/finding.py`; both are held to `tests/vectors/finding.json`. Nothing of what somebody
 * asks for leaves this phone.
 */

import { escaped } from "../words/escape.js";
import { type Speech, speech } from "../words/speech.js";
import { type Specialist, order } from "../sw/specialists.js";

const ON_A_PAGE = 20;
const LONGEST = 100;
const MOST = 20;
/** In the order in which they stand on the form; also the order in an address. */
const NAMES = ["offers_consultation", "reduced_fee", "way", "topic", "modality", "language", "country", "fee"] as const;
/** Whose values have an order of their own; the others stand by their labels. */
const FIXED: Readonly<Record<string, readonly string[]>> = {
  way: ["video", "phone", "in_person", "writing"],
  fee: ["lower", "middle", "higher"],
};

/** Somebody in the list; the label of a facet is in the language of the page. */
export interface Listed extends Specialist {
  readonly facets: readonly (readonly [name: string, value: string, label: string])[];
  readonly card: string;
}

export type Asked = Readonly<Record<string, readonly string[]>>;

interface Option {
  readonly value: string;
  readonly label: string;
  readonly many: number;
  readonly isChosen: boolean;
}

/** Read what a list is to be filtered by; what is no filter is passed over. */
export function askedIn(query: URLSearchParams): Asked {
  const given = NAMES.map((name) => {
    const values = [...new Set(query.getAll(name))].filter((value) => value !== "" && value.length <= LONGEST);
    return [name, values.slice(0, MOST)] as const;
  });
  return Object.fromEntries(given.filter(([, values]) => values.length > 0));
}

/** Say whether somebody has, of each thing that is asked for, one of the values that were chosen. */
export function fits(row: Listed, asked: Asked): boolean {
  return Object.entries(asked).every(([name, values]) => values.some((value) => has(row, name, value)));
}

function has(row: Listed, name: string, value: string): boolean {
  return row.facets.some(([facet, own]) => facet === name && own === value);
}

/** Give what can be chosen of one facet, with how many would be found beside everything else that is chosen. */
export function options(rows: readonly Listed[], asked: Asked, name: string): Option[] {
  const others = Object.fromEntries(Object.entries(asked).filter(([other]) => other !== name));
  const found = rows.filter((row) => fits(row, others));
  const labels = new Map<string, string>();
  for (const { facets } of rows) for (const [facet, value, label] of facets) if (facet === name) labels.set(value, label);
  const chosen = asked[name] ?? [];
  const fixed = FIXED[name] ?? [];
  const rank = (value: string) => (fixed.includes(value) ? fixed.indexOf(value) : fixed.length);
  const given = [...labels].map(([value, label]) => {
    return { value, label, many: found.filter((row) => has(row, name, value)).length, isChosen: chosen.includes(value) };
  });
  return given.sort(
    (a, b) => rank(a.value) - rank(b.value) || compare(a.label.toLowerCase(), b.label.toLowerCase()) || compare(a.value, b.value),
  );
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** Give the address of a list: its filters in their order, then the page. */
export function address(root: string, asked: Asked, page = 1): string {
  const pairs = NAMES.flatMap((name) => (asked[name] ?? []).map((value) => `${name}=${encodeURIComponent(value)}`));
  if (page > 1) pairs.push(`page=${page}`);
  return `${root}/specialists/${pairs.length > 0 ? `?${pairs.join("&")}` : ""}`;
}

function without(asked: Asked, name: string, value: string): Asked {
  const left = Object.entries(asked).map(
    ([other, values]) => [other, values.filter((one) => other !== name || one !== value)] as const,
  );
  return Object.fromEntries(left.filter(([, values]) => values.length > 0));
}

// ---- How it is set -----------------------------------------------------------------------------

/** Set the whole of it: filters beside what they find; a few words where nobody is listed at all. */
export function listed(
  rows: readonly Listed[],
  asked: Asked,
  root: string,
  now: number,
  page = 1,
  spoken: Speech = speech(),
): string {
  const { say } = spoken;
  if (rows.length === 0) {
    const told = say("Nobody is listed here yet.");
    return `<p class="note"><span>${told} <a href="${root}/help/">${say("Help now")}</a></span></p>`;
  }
  const found = order(rows, now).filter((row) => fits(row, asked));
  return `<div class="split">${filters(rows, asked, root, spoken)}${results(found, rows, asked, root, page, spoken)}</div>`;
}

function filters(rows: readonly Listed[], asked: Asked, root: string, spoken: Speech): string {
  const { say } = spoken;
  const many = Object.values(asked).reduce((sum, values) => sum + values.length, 0);
  const title = many > 0 ? say("Filters, %(many)s chosen", { many }) : say("Filters");
  const clear = many > 0 ? `<a class="btn bare" href="${root}/specialists/">${say("Clear")}</a>` : "";
  return (
    `<form class="side" action="${root}/specialists/" method="get" aria-label="${say("Filters")}">` +
    `<p class="wide-only" aria-hidden="true">${say("Filters")}</p>` +
    `<details class="filters folds"><summary>${title}</summary><div class="stack loose">${groups(rows, asked, spoken)}` +
    `<div class="actions"><button class="btn" type="submit">${say("Show people")}</button>${clear}</div>` +
    `</div></details></form>`
  );
}

function groups(rows: readonly Listed[], asked: Asked, { say }: Speech): string {
  const boxes = (name: string) => options(rows, asked, name).map((option) => box(name, option));
  return [
    fieldset(say("Offer"), [...boxes("offers_consultation"), ...boxes("reduced_fee")]),
    fieldset(say("How to meet"), boxes("way")),
    fieldset(say("Works with"), boxes("topic")),
    choice("modality", say("Approach"), say("Any approach"), options(rows, asked, "modality")),
    choice("language", say("Language"), say("Any language"), options(rows, asked, "language")),
    choice("country", say("Country"), say("Any country"), options(rows, asked, "country")),
    choice("fee", say("Fee for a session"), say("Any fee"), options(rows, asked, "fee")),
  ].join("");
}

function fieldset(legend: string, boxes: readonly string[]): string {
  return boxes.length > 0 ? `<fieldset><legend>${legend}</legend>${boxes.join("")}</fieldset>` : "";
}

function box(name: string, { value, label, many, isChosen }: Option): string {
  return (
    `<label class="choice"><input type="checkbox" name="${name}" value="${escaped(value)}"${isChosen ? " checked" : ""}>` +
    ` <span>${escaped(label)}</span> <span>${many}</span></label>`
  );
}

function choice(name: string, label: string, any: string, given: readonly Option[]): string {
  if (given.length === 0) return "";
  const item = (option: Option) =>
    `<option value="${escaped(option.value)}"${option.isChosen ? " selected" : ""}>${escaped(option.label)} (${option.many})</option>`;
  return (
    `<div class="field"><label for="by-${name}">${label}</label><select id="by-${name}" name="${name}">` +
    `<option value="">${any}</option>${given.map(item).join("")}</select></div>`
  );
}

function results(
  found: readonly Listed[],
  rows: readonly Listed[],
  asked: Asked,
  root: string,
  page: number,
  spoken: Speech,
): string {
  const { say, many } = spoken;
  const pages = Math.max(1, Math.ceil(found.length / ON_A_PAGE));
  const number = Math.min(Math.max(page, 1), pages);
  const shown = found.slice((number - 1) * ON_A_PAGE, number * ON_A_PAGE);
  const cards = shown.length > 0 ? `<div class="found">${shown.map(({ card }) => card).join("")}</div>` : nobody(root, spoken);
  return (
    `<section aria-labelledby="found"><div class="head flush"><h2 id="found">${many("%(count)s person", "%(count)s people", found.length)}</h2>` +
    `<a href="#order">${say("How they are ordered")}</a></div>` +
    `${chosen(rows, asked, root, spoken)}${cards}${pager(asked, root, number, pages, spoken)}</section>`
  );
}

function nobody(root: string, { say }: Speech): string {
  const told = say("Nobody here has all of this. Take something away, or look at everybody.");
  return `<p class="note"><span>${told} <a href="${root}/specialists/">${say("Everybody")}</a></span></p>`;
}

function chosen(rows: readonly Listed[], asked: Asked, root: string, { say }: Speech): string {
  const labels = new Map(rows.flatMap(({ facets }) => facets.map(([name, value, label]) => [`${name} ${value}`, label] as const)));
  const pill = (name: string, value: string) =>
    `<li><a class="pill" href="${escaped(address(root, without(asked, name, value)))}">` +
    `${escaped(labels.get(`${name} ${value}`) ?? value)}` +
    `<svg class="icon small" aria-hidden="true" viewBox="0 0 24 24"><use href="#i-close"/></svg>` +
    `<span class="sr">${say("take away")}</span></a></li>`;
  const pills = NAMES.flatMap((name) => (asked[name] ?? []).map((value) => pill(name, value))).join("");
  return pills ? `<ul class="pills chosen" aria-label="${say("Chosen filters")}">${pills}</ul>` : "";
}

function pager(asked: Asked, root: string, page: number, pages: number, { say }: Speech): string {
  if (pages < 2) return "";
  const way = (number: number, word: string, relation: string) =>
    `<a href="${escaped(address(root, asked, number))}" rel="${relation}">${word}</a>`;
  const before = page > 1 ? way(page - 1, say("Back"), "prev") : "";
  const after = page < pages ? way(page + 1, say("More people"), "next") : "";
  return `<nav class="pager" aria-label="${say("Pages")}">${before}<span>${say("Page %(page)s of %(pages)s", { page, pages })}</span>${after}</nav>`;
}
