/** The fields of a form: what stands in them, putting it back, and what is wrong with it. */

import type { Values } from "../outbox/drafts.js";
import { icon, make } from "../page/make.js";

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** What the server puts into a form for itself. */
const OWN = new Set(["csrfmiddlewaretoken", "key"]);

function fieldsOf(form: HTMLFormElement): Field[] {
  return [...form.elements].filter((element): element is Field => {
    const { name, type } = element as Field;
    return element.matches("input, textarea, select") && Boolean(name) && !OWN.has(name) && !/^(submit|button|reset|image|file)$/.test(type);
  });
}

/**
 * Give what stands in a form: several boxes or fields of one name, or a choice of several, are a list; a single box is yes
 * or no.
 */
export function valuesOf(form: HTMLFormElement): Values {
  const values: Record<string, string | boolean | string[]> = {};
  const fields = fieldsOf(form);
  for (const field of fields) {
    const { name } = field;
    const isAlone = fields.filter((other) => other.name === name).length === 1;
    if (field instanceof HTMLSelectElement && field.multiple) values[name] = [...field.selectedOptions].map(({ value }) => value);
    else if (field.type === "checkbox") {
      const { checked } = field as HTMLInputElement;
      if (isAlone) values[name] = checked;
      else values[name] = [...((values[name] as string[]) ?? []), ...(checked ? [field.value] : [])];
    } else if (field.type === "radio") values[name] = (field as HTMLInputElement).checked ? field.value : (values[name] ?? "");
    else values[name] = isAlone ? field.value : [...((values[name] as string[]) ?? []), field.value];
  }
  return values;
}

/** Put values back into the fields that they came from. */
export function fillIn(form: HTMLFormElement, values: Values): void {
  const filled = new Map<string, number>();
  for (const field of fieldsOf(form)) {
    const value = values[field.name];
    if (value === undefined) continue;
    const chosen = Array.isArray(value) ? (value as readonly string[]) : [String(value)];
    if (field instanceof HTMLSelectElement) for (const option of field.options) option.selected = chosen.includes(option.value);
    else if (field.type === "checkbox") (field as HTMLInputElement).checked = typeof value === "boolean" ? value : chosen.includes(field.value);
    else if (field.type === "radio") (field as HTMLInputElement).checked = chosen.includes(field.value);
    else {
      const place = filled.get(field.name) ?? 0;
      filled.set(field.name, place + 1);
      field.value = chosen[place] ?? "";
    }
  }
}

/** Give what of a form is its words: what stands in its longest field, or else what was chosen and pressed. */
export function wordsOf(form: HTMLFormElement, pressed?: HTMLElement | null): string {
  const longest = form.querySelector("textarea");
  if (longest || !pressed) return longest?.value.trim() ?? "";
  const chosen = form.querySelector("label:has([type=radio]:checked)");
  return [pressed, chosen].map((said) => said?.textContent?.replace(/\s+/g, " ").trim()).filter(Boolean).join("\n");
}

/** Say what the browser itself finds wrong, by field. */
export function faultsOf(form: HTMLFormElement): Record<string, string[]> {
  const wrong = fieldsOf(form).filter((field) => !field.checkValidity());
  return Object.fromEntries(wrong.map((field) => [field.name, [field.validationMessage]]));
}

/** Show what is wrong beside the fields, what is about none of them above all, and lead to the first. */
export function showFaults(form: HTMLFormElement, faults: Readonly<Record<string, readonly string[]>>, whole = ""): void {
  clearFaults(form);
  const named = new Map(fieldsOf(form).reverse().map((field) => [field.name, field]));
  const unnamed = Object.entries(faults).flatMap(([name, words]) => (named.has(name) ? [] : words));
  const general = unnamed.length > 0 ? unnamed : Object.keys(faults).length === 0 && whole ? [whole] : [];
  if (general.length > 0) {
    const words = make("div", {}, ...general.map((text) => make("p", {}, text)));
    form.prepend(make("div", { class: "note", "data-tone": "clay", "data-fault": true, role: "alert", tabindex: "-1" }, icon("alert", ""), words));
  }
  for (const [name, words] of Object.entries(faults)) {
    const field = named.get(name);
    if (field) mark(field, words);
  }
  form.querySelector<HTMLElement>('[data-fault][role="alert"], [aria-invalid="true"]')?.focus();
}

function mark(field: Field, words: readonly string[]): void {
  const id = `${field.id || field.name}-fault`;
  field.setAttribute("aria-invalid", "true");
  field.setAttribute("aria-describedby", [...described(field), id].join(" "));
  (field.closest(".field") ?? field.parentElement)?.append(make("p", { class: "error", id, "data-fault": true }, icon("alert"), make("span", {}, words.join(" "))));
}

/** Take away what was said to be wrong, also by the server when it drew the form. */
export function clearFaults(form: HTMLFormElement): void {
  for (const said of form.querySelectorAll("[data-fault], .error")) said.remove();
  for (const field of form.querySelectorAll("[aria-invalid]")) {
    field.removeAttribute("aria-invalid");
    const left = described(field).filter((id) => !/-(fault|error)/.test(id));
    if (left.length > 0) field.setAttribute("aria-describedby", left.join(" "));
    else field.removeAttribute("aria-describedby");
  }
}

function described(field: Element): string[] {
  return (field.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean);
}
