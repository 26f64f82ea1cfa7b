/** `<respite-theme>`: the choice between light, dark and as the system has it. */

import { say } from "../page/speech.js";
import { NAMES, THEMES, choose, chosenTheme } from "../page/theme.js";

class ThemeChoice extends HTMLElement {
  connectedCallback(): void {
    const select = document.createElement("select");
    for (const theme of THEMES) select.add(new Option(NAMES[theme], theme));
    select.value = chosenTheme();
    select.onchange = () => choose(THEMES.find((theme) => theme === select.value) ?? "system");
    const label = document.createElement("label");
    label.append(`${say("Light or dark")} `, select);
    this.replaceChildren(label);
  }
}

customElements.define("respite-theme", ThemeChoice);
