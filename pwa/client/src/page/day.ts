/** Write a moment (ISO) as a day, as the pages write days: 12 March 2026. */

import { language } from "./speech.js";

export function dayOf(moment: string): string {
  const locale = language === "en" ? "en-GB" : language;
  return new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", year: "numeric" }).format(new Date(moment));
}
