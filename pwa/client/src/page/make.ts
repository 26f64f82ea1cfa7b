/** Making markup: elements with their properties and what is in them. Text is always text. */

type Child = Node | string | null | false | undefined;
type Attributes = Readonly<Record<string, string | boolean | ((event: Event) => void) | null | undefined>>;

/**
 * Make an element. Attributes that are functions are listeners (`onclick`), `true` is an attribute without a value, and
 * `false`, `null` and `undefined` are none.
 */
export function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(key.slice(2), value);
    else if (value === true) element.setAttribute(key, "");
    else if (typeof value === "string") element.setAttribute(key, value);
  }
  element.append(...children.filter((child): child is Node | string => Boolean(child)));
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

/** Draw an icon of the document's sprite, for eyes only. */
export function icon(name: string, size = "small"): SVGElement {
  const drawing = document.createElementNS(SVG, "svg");
  drawing.setAttribute("class", `icon ${size}`.trim());
  drawing.setAttribute("aria-hidden", "true");
  drawing.setAttribute("viewBox", "0 0 24 24");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#i-${name}`);
  drawing.append(use);
  return drawing;
}
