/** Light, dark, or as the system has it: kept on this phone, said to the worker for pages to come. */

import { say } from "./speech.js";
import { tell } from "./worker.js";

export type Theme = "light" | "dark" | "system";
export const THEMES: readonly Theme[] = ["system", "light", "dark"];
/** What they are called. */
export const NAMES: Readonly<Record<Theme, string>> = { system: say("As my phone has it"), light: say("Light"), dark: say("Dark") };
const KEY = "respite-theme";

/** The theme that was chosen. */
export function chosenTheme(): Theme {
  try {
    const kept = localStorage.getItem(KEY);
    return THEMES.find((theme) => theme === kept) ?? "system";
  } catch {
    // Storage may be forbidden altogether.
    return "system";
  }
}

/** Choose a theme, for this page and those to come. */
export function choose(theme: Theme): void {
  try {
    if (theme === "system") localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, theme);
  } catch {
    // It then lasts as long as this page.
  }
  show(theme);
  void tell({ type: "theme", theme });
}

/** Show the page in a theme; the worker has usually done so before the page was painted. */
export function show(theme: Theme): void {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}
