/** Writing days and figures as the pages write them. */

import { language } from "./speech.js";

/** The days and figures of an English page are British ones, as the server writes them. */
export const LOCALE = language === "en" ? "en-GB" : language;

/** Write a moment (ISO) as a day: 12 March 2026. */
export function dayOf(moment: string): string {
  return new Intl.DateTimeFormat(LOCALE, { day: "numeric", month: "long", year: "numeric" }).format(new Date(moment));
}
