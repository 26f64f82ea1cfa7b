/** Whether the index is as the library is: said beside the library itself, so that whoever has that open can tell. */

import type { LibraryConnection } from "../library/database.js";

const INDEXED = "note:indexed";
/** The channel on which pages are told that the library has changed since the index was made. */
export const DUE = "respite-index-due";

/** How the library stands. */
export interface State {
  /** Names it: another means that something may have to be read. */
  readonly stamp: string;
  /** Whether everything that is published has been told. */
  readonly complete: boolean;
}

/** Say how the library stands, without reading it. */
export async function stateOf(connection: LibraryConnection): Promise<State> {
  return connection.use(async (database) => {
    const transaction = database.transaction(["pages", "meta"]);
    const meta = transaction.objectStore("meta");
    const [texts, ...values] = await Promise.all([
      transaction.objectStore("pages").count(),
      ...["complete", "epoch", "copy", "cursor"].map((name) => meta.get(name)),
    ]);
    return { stamp: [texts, ...values].join(" "), complete: values[0] === true };
  });
}

/** Remember that an index of this state was made. */
export async function noteIndexed(connection: LibraryConnection, stamp: string): Promise<void> {
  await connection.use((database) => database.put("meta", stamp, INDEXED));
}

/** Say whether the library has changed since an index was made of it; where there is no store, there is nothing to do. */
export async function isIndexDue(connection: LibraryConnection): Promise<boolean> {
  try {
    const [{ stamp, complete }, made] = await Promise.all([
      stateOf(connection),
      connection.use((database) => database.get("meta", INDEXED)),
    ]);
    return complete && stamp !== made;
  } catch {
    return false;
  }
}

/** Tell the open pages where there is something to be read. */
export async function tellIfDue(connection: LibraryConnection): Promise<void> {
  if (!(await isIndexDue(connection))) return;
  const channel = new BroadcastChannel(DUE);
  channel.postMessage(null);
  channel.close();
}
