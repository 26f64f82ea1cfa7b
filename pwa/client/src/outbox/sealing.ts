/**
 * Sealing what is kept (AES-GCM, NIST SP 800-38D): a key for each holder, which no script can read out, a fresh 96-bit
 * nonce for each value, and in what is authenticated besides the place that the value belongs to, so that none can stand
 * for another. Where the key is gone, so is everything that was sealed with it.
 */

export interface Sealed {
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly data: ArrayBuffer;
}

/** The keys of one holder: an account, or the device. */
export interface Ring {
  readonly id: string;
  /** Another one whenever keys are made anew: a write that was begun with former keys is not kept. */
  readonly generation: string;
  readonly seal: CryptoKey;
  /** Makes ids of names from which nobody can tell the names. */
  readonly name: CryptoKey;
}

const NONCE_BYTES = 12;

/** Make the keys of a holder. */
export async function makeRing(id: string): Promise<Ring> {
  const [seal, name] = await Promise.all([
    crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]),
    crypto.subtle.generateKey({ name: "HMAC", hash: "SHA-256" }, false, ["sign"]),
  ]);
  return { id, generation: crypto.randomUUID(), seal, name };
}

/** Seal a value (anything that is JSON) for its place, such as `draft 17`. */
export async function seal(ring: Ring, place: string, value: unknown): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const plain = new TextEncoder().encode(JSON.stringify(value));
  return { iv, data: await crypto.subtle.encrypt(algorithm(iv, ring, place), ring.seal, plain) };
}

/** Read what was sealed for a place; raises where it was sealed with another key or for another place. */
export async function unseal<T>(ring: Ring, place: string, { iv, data }: Sealed): Promise<T> {
  const plain = await crypto.subtle.decrypt(algorithm(iv, ring, place), ring.seal, data);
  return JSON.parse(new TextDecoder().decode(plain)) as T;
}

/** Give the id of a name: the same for this holder's keys, and for no other's. */
export async function idOf(ring: Ring, name: string): Promise<string> {
  const signature = await crypto.subtle.sign("HMAC", ring.name, new TextEncoder().encode(name));
  return Array.from(new Uint8Array(signature).subarray(0, 16), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function algorithm(iv: BufferSource, ring: Ring, place: string): AesGcmParams {
  return { name: "AES-GCM", iv, additionalData: new TextEncoder().encode(`${ring.id}\n${place}`) };
}
