/** Whose account is told of news on this device, and whether of followed topics too: kept in the browser's small store. */

const KEY = "respite-push";

export interface Told {
  readonly account: string;
  readonly topics: boolean;
}

export function told(): Told | null {
  try {
    const [account, topics] = (localStorage.getItem(KEY) ?? "").split(" ");
    return account ? { account, topics: topics === "topics" } : null;
  } catch {
    return null;
  }
}

export function keepTold(kept: Told | null): void {
  try {
    if (kept) localStorage.setItem(KEY, `${kept.account}${kept.topics ? " topics" : ""}`);
    else localStorage.removeItem(KEY);
  } catch {
    // Then the server alone knows.
  }
}

/** Say whether another account than this one is told here: it is none of this one's business. */
export function isToldForAnother(account: string): boolean {
  const kept = told();
  return kept !== null && kept.account !== account;
}
