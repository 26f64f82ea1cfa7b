/** Texts are kept deflated: five thousand articles are 126 MB plain and about a fifth of that packed. */

export type Packed = string | ArrayBuffer;

/** What a packed text takes. */
export function bytesOf(packed: Packed): number {
  return typeof packed === "string" ? packed.length : packed.byteLength;
}

/** Pack a text; where the browser cannot, it stays as it is. */
export async function pack(text: string): Promise<Packed> {
  if (typeof CompressionStream === "undefined" || text.length < 512) return text;
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  return new Response(stream).arrayBuffer();
}

/** Give the text back. */
export async function unpack(packed: Packed): Promise<string> {
  if (typeof packed === "string") return packed;
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Response(stream).text();
}
