/** `<respite-theme>`: the choice between light, dark and as the system has it. */

import { THEMES, type Theme, choose, chosenTheme } from "../page/theme.js";

const NAMES: Record<Theme, string> = { system: "As my phone has it", light: "Light", dark: "Dark" };

class ThemeChoice extends HTMLElement {
  connectedCallback(): void {
    const select = document.createElement("select");
    for (const theme of THEMES) select.add(new Option(NAMES[theme], theme));
    select.value = chosenTheme();
    select.onchange = () => choose(THEMES.find((theme) => theme === select.value) ?? "system");
    const label = document.createElement("label");
    label.append("Light or dark ", select);
    this.replaceChildren(label);
  }
}

customElements.define("respite-theme", ThemeChoice);
