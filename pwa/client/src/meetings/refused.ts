/** The event by which the times of a form hear that the server has refused it; its detail says which are taken, and which others are free. */
export const REFUSED_EVENT = "respite-refused";

/** Refused before this release, it says nothing of that. */
export interface Refused {
  readonly taken?: readonly string[];
  readonly others?: readonly string[];
}
