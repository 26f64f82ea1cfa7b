/**
 * What an account has on this phone: keys, drafts, what waits to be sent, copies of its pages. Ids, states and times are
 * in the clear; everything else is sealed (`sealing.ts`). Pages and worker open it, and each change is one transaction.
 */

import type { DBSchema, IDBPDatabase } from "idb";
import { Connection } from "../library/connection.js";
import { ACCOUNT_DATABASE } from "../library/name.js";
import type { Ring, Sealed } from "./sealing.js";

export const ACCOUNT_VERSION = 1;

/** Whose the drafts are of somebody who is not logged in. */
export const DEVICE = "device";

/** Something begun and not sent. Its id says nothing: it is made of the form's name with the holder's own key. */
export interface Draft {
  readonly id: string;
  /** An account, or the device. */
  readonly holder: string;
  readonly changed_at: number;
  readonly sealed: Sealed;
}

export enum State {
  /** Waits for its turn, a connection, or the time that the server has asked for. */
  Queued = "queued",
  /** Is on its way, or was when whoever sent it was stopped. */
  Sending = "sending",
  /** Refused, with the server's words; its writer decides. */
  Failed = "failed",
  /** Its account is logged out by now. */
  WaitingForLogIn = "waiting-for-log-in",
  /** Has arrived: its words are gone from here, and somebody is still to be told so. */
  Sent = "sent",
}

/** Something to be sent. Its id is the key under which the server does it once. */
export interface Item {
  readonly id: string;
  readonly account: string;
  readonly state: State;
  /** How often it has left this phone. */
  readonly tries: number;
  /** Not to be tried before, in milliseconds. */
  readonly not_before: number;
  /** Its place in the row: what was queued first goes first. */
  readonly place: number;
  readonly sealed: Sealed;
  /** Why it was refused, or what its arrival answered; null before. */
  readonly answer: Sealed | null;
}

/** The copies of an account's private pages, all in one. */
export interface Copies {
  readonly id: string;
  readonly etag: string;
  readonly asked_at: number;
  readonly sealed: Sealed | null;
}

/** Who was last heard to be logged in here. */
export interface Session {
  readonly id: "session";
  /** Whose keys are here; stays after the session has ended, until that account logs out or another one logs in. */
  readonly account: string | null;
  readonly signed_in: boolean;
  /** When the question was asked whose answer this is: answers to earlier ones come too late. */
  readonly asked_at: number;
  /** Since when somebody may be logging in or out, unheard; 0 for not. */
  readonly doubted_at: number;
  /** Who has just logged out here, and when: what was asked before that is not to bring them back. */
  readonly left: string | null;
  readonly left_at: number;
  /** Until when the server has asked to be sent nothing. */
  readonly rests_until: number;
}

export const NOBODY: Session = {
  id: "session",
  account: null,
  signed_in: false,
  asked_at: 0,
  doubted_at: 0,
  left: null,
  left_at: 0,
  rests_until: 0,
};

export interface AccountSchema extends DBSchema {
  keys: { key: string; value: Ring };
  drafts: { key: string; value: Draft };
  outbox: { key: string; value: Item };
  copies: { key: string; value: Copies };
  session: { key: string; value: Session };
}

export type AccountConnection = Connection<AccountSchema>;
export type AccountDatabase = IDBPDatabase<AccountSchema>;

/** All of it, for what changes everything at once. */
export const STORES = ["keys", "drafts", "outbox", "copies", "session"] as const;

/** Give a connection to it. */
export function accountConnection(name: string = ACCOUNT_DATABASE): AccountConnection {
  return new Connection<AccountSchema>(name, { version: ACCOUNT_VERSION, upgrade, takesNewer: true });
}

function upgrade(database: AccountDatabase, from: number): void {
  if (from < 1) for (const store of STORES) database.createObjectStore(store, { keyPath: "id" });
}
