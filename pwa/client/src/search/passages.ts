/** The text of a page as it is searched: what it says in its head, and what under which heading. */

/** Text under one heading, or of one reference; `anchor` is where in the page it is found, "" at the beginning. */
export interface Passage {
  readonly anchor: string;
  readonly heading: string;
  readonly text: string;
}

export interface PageText {
  /** What stands in the page's head beside its title: topics, summary, names. */
  readonly keywords: string;
  readonly passages: readonly Passage[];
}

const TOKENS = /<!--[^]*?-->|<(\/?)([a-z][a-z0-9-]*)((?:"[^"]*"|'[^']*'|[^>"'])*)>|[^<]+|</g;
/** What kind of page it is, said above a title; an article has its topics there, which are links. */
const KIND = /<p class="kicker">[^<]*<\/p>/;
const VOID = new Set(["img", "br", "hr", "input", "source", "use", "path", "circle", "wbr"]);
/** Not read: what leads elsewhere, what is drawn, and what works. Days and figures are the page's, not the text's. */
const UNREAD = new Set(["nav", "svg", "form", "button", "dl", "respite-share", "respite-on-phone", "respite-resume"]);
const UNREAD_CLASS = /\b(cited-in|badge|actions|levels|onward)\b/;
/** Sections that list other pages, or lead out: what they say is found where it stands. */
const UNREAD_SECTION = /^(share|read-next|latest|topics|articles|newest)$/;
const INLINE = new Set(["a", "b", "i", "em", "strong", "span", "sup", "sub", "abbr", "cite", "code", "small", "mark", "q"]);

/** Read a page's `<main>`, as our own templates draw it. */
export function readPage(html: string): PageText {
  const reader = new Reader();
  for (const token of html.replace(KIND, "").matchAll(TOKENS)) {
    const [all, closing, name, attributes] = token;
    if (name === undefined) {
      if (!all.startsWith("<!--")) reader.text(all);
    } else if (closing) reader.close(name);
    else reader.open(name, attributes ?? "");
  }
  return reader.result();
}

/** Read a piece of HTML, such as a card, as plain text. */
export function readText(html: string): string {
  const { keywords, passages } = readPage(html);
  return [keywords, ...passages.map(({ text }) => text)].filter(Boolean).join(" ");
}

class Reader {
  readonly #keywords: string[] = [];
  readonly #passages: { anchor: string; heading: string[]; text: string[] }[] = [{ anchor: "", heading: [], text: [] }];
  /** Elements that are open, each with whether it begins something that is not read. */
  readonly #open: { name: string; skips: boolean }[] = [];
  #skipping = 0;
  #isInHeader = 0;
  #heading: string[] | null = null;
  /** The heading that what follows stands under, also where it has an anchor of its own, as a reference has. */
  #under: string[] = [];

  open(name: string, attributes: string): void {
    const inline = INLINE.has(name);
    if (!inline) this.text(" ");
    if (VOID.has(name) || attributes.endsWith("/")) return;
    const isInList = this.#open.some((element) => element.name === "li");
    const skips = isUnread(name, attributes, this.#isInHeader > 0, isInList);
    this.#open.push({ name, skips });
    if (skips) this.#skipping++;
    if (this.#skipping > 0) return;
    if (name === "header") this.#isInHeader++;
    const id = attribute(attributes, "id");
    const isHeading = /^h[2-4]$/.test(name);
    if (id && (isHeading || id.startsWith("ref-"))) {
      if (isHeading) this.#heading = this.#under = [];
      this.#passages.push({ anchor: id, heading: this.#under, text: [] });
    }
  }

  close(name: string): void {
    if (!INLINE.has(name)) this.text(" ");
    const at = this.#open.findLastIndex((element) => element.name === name);
    if (at < 0) return;
    for (const element of this.#open.splice(at)) {
      if (element.skips) this.#skipping--;
      else if (this.#skipping === 0 && element.name === "header") this.#leaveHeader();
    }
    if (/^h[2-4]$/.test(name)) this.#heading = null;
  }

  /** What follows stands under nothing that stood in the header, such as a content note. */
  #leaveHeader(): void {
    this.#isInHeader--;
    this.#under = [];
    this.#passages.push({ anchor: "", heading: this.#under, text: [] });
  }

  text(html: string): void {
    if (this.#skipping > 0) return;
    const text = decoded(html);
    this.#heading?.push(text);
    const passage = this.#passages.at(-1);
    if (this.#isInHeader > 0 && !passage?.anchor) this.#keywords.push(text);
    else passage?.text.push(text);
  }

  result(): PageText {
    const passages = this.#passages.map(({ anchor, heading, text }) => ({ anchor, heading: joined(heading), text: joined(text) }));
    return { keywords: joined(this.#keywords), passages: passages.filter(({ text }) => text !== "") };
  }
}

function isUnread(name: string, attributes: string, isInHeader: boolean, isInList: boolean): boolean {
  if (UNREAD.has(name) || name === "h1" || attribute(attributes, "aria-hidden") === "true") return true;
  const classes = attribute(attributes, "class");
  if (UNREAD_CLASS.test(classes) || (isInHeader && /\b(fine|note)\b/.test(classes) && name !== "aside")) return true;
  // What our templates add below a list of references, or an article, is the same on every page.
  if (name === "p" && !isInList && /\bfine\b/.test(classes)) return true;
  return name === "section" && UNREAD_SECTION.test(attribute(attributes, "aria-labelledby"));
}

function attribute(attributes: string, name: string): string {
  return new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(attributes)?.[1] ?? "";
}

function joined(texts: readonly string[]): string {
  return texts.join("").split(/\s+/).filter(Boolean).join(" ");
}

const NAMED: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', nbsp: " ", apos: "'" };

function decoded(html: string): string {
  if (!html.includes("&")) return html;
  return html.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (all, hex: string, decimal: string, name: string) => {
    if (name) return NAMED[name] ?? all;
    const code = hex ? Number.parseInt(hex, 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : " ";
  });
}
