/** The leaf "Text": how large, how wide and how close the text is set, and whether it is light or dark. */

import { type Aspect, LOOKS, chooseLook, chosenOf, resetLook } from "../page/look.js";
import { make } from "../page/make.js";
import { say } from "../page/speech.js";
import { NAMES, THEMES, type Theme, choose, chosenTheme } from "../page/theme.js";
import { layLeaf } from "./leaf.js";

/** Open the leaf from its button. */
export function openText(button: HTMLElement): void {
  const leaf = layLeaf(say("Text"), [settings()], button);
  function settings(): HTMLElement {
    const reset = make("button", { class: "btn bare small", type: "button", onclick: resetAll }, say("Back to standard"));
    return make("form", { class: "stack" }, ...aspects(), theme(), reset);
  }
  function resetAll(): void {
    resetLook();
    choose("system");
    const anew = settings();
    leaf.element.querySelector("form")?.replaceWith(anew);
    anew.querySelector<HTMLElement>(".btn")?.focus();
  }
}

function aspects(): HTMLElement[] {
  const names: Record<Aspect, string> = { size: say("Size"), leading: say("Space between lines"), measure: say("Length of lines") };
  const choices: Record<string, string> = {
    standard: say("Standard"),
    smaller: say("Smaller"),
    larger: say("Larger"),
    largest: say("Largest"),
    closer: say("Closer"),
    wider: say("Wider"),
    shorter: say("Shorter"),
    longer: say("Longer"),
  };
  return (Object.keys(LOOKS) as Aspect[]).map((aspect) =>
    group(names[aspect], aspect, LOOKS[aspect].map((choice) => [choice, choices[choice] ?? choice]), chosenOf(aspect), (choice) => chooseLook(aspect, choice)),
  );
}

function theme(): HTMLElement {
  return group(say("Light or dark"), "theme", THEMES.map((one) => [one, NAMES[one]]), chosenTheme(), (chosen) => {
    choose(chosen as Theme);
    for (const select of document.querySelectorAll<HTMLSelectElement>("respite-theme select")) select.value = chosen;
  });
}

function group(name: string, key: string, choices: readonly (readonly [string, string])[], chosen: string, choice: (value: string) => void): HTMLElement {
  const pill = ([value, label]: readonly [string, string]) => {
    const input = make("input", { type: "radio", name: key, value, checked: value === chosen, onchange: () => choice(value) });
    return make("label", { class: "pill" }, input, label);
  };
  return make("fieldset", {}, make("legend", {}, name), make("div", { class: "pills" }, ...choices.map(pill)));
}
