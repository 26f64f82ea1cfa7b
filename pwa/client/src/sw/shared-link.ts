/**
 * Which of our own pages is meant by what another app has shared.
 *
 * Android's browsers put the address into `text`, among other words; others into `url`. The server knows the same rule
 * (`pwa/shared_link.py`); both are held to `tests/vectors/share.json`. Text in, text out: nothing is asked for.
 */

/** How many characters of each thing shared are looked at, and how many words may be searched for. */
const LONGEST = 10_000;
const LONGEST_QUERY = 200;
const ADDRESS = /https?:\/\/[\p{L}\p{N}_!#$%&()*+,./:;=?@[\]~-]+/giu;
const PARTS = /^([^/]*\/\/[^/?#]*)([^?#]*)/;
/** Signs of the sentence around an address. */
const AFTER_IT = /[.,;:!?()[\]*~]+$/;
const SEGMENT = /^(?!\.{1,2}$)[^/\\\u0000-\u001f\u007f]+$/;

export interface SharedLink {
  /** The decoded address of a page of ours, ending in a slash, or "". */
  readonly path: string;
  /** What can be searched for instead. */
  readonly words: string;
  /** Nothing was shared at all. */
  readonly isEmpty: boolean;
}

/** Find the first address of our own origin in what was shared, and the words that stand beside addresses. */
export function readShared(shared: URLSearchParams, origin: string): SharedLink {
  const given = ["url", "text", "title"].map((name) => [...(shared.get(name) ?? "")].slice(0, LONGEST).join(""));
  const addresses = given.flatMap((part) => part.match(ADDRESS) ?? []);
  const path = addresses.map((address) => ownPath(address, origin)).find(Boolean) ?? "";
  const [, text = "", title = ""] = given;
  return { path, words: wordsOf(title) || wordsOf(text), isEmpty: given.every((part) => !part.trim()) };
}

/**
 * Give the path of an address of ours, without its query and its place in the page; nothing for any other. Another host,
 * a name or port in front of ours, a path that climbs, and whatever a browser might read as another address are others.
 */
export function ownPath(address: string, origin: string): string {
  const [, before = "", sent = ""] = PARTS.exec(address.replace(AFTER_IT, "")) ?? [];
  if (before.toLowerCase() !== origin.toLowerCase()) return "";
  const path = decoded(sent);
  if (path === "" || path === "/") return "/";
  const segments = path?.replace(/^\//, "").replace(/\/$/, "").split("/") ?? [""];
  return segments.every((segment) => SEGMENT.test(segment)) ? `/${segments.join("/")}/` : "";
}

function decoded(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}

/** Give the words of a text that are no address, without our own name after the title. */
function wordsOf(text: string): string {
  const words = text.replace(ADDRESS, " ").replaceAll("\0", " ").trim().split(/\s+/).join(" ");
  return [...words.replace(/ · Respite$/, "")].slice(0, LONGEST_QUERY).join("");
}
