/**
 * What the interface says, in the language of the page.
 *
 * The words stand in the code in English; a page in another language brings their translations with it, the worker
 * has those of every language. The build lists what is said (`build/words.json`), so a text must stand in the call.
 */

/** Translations by what is said in English: one text, or the two for one and for many. */
export type Words = Readonly<Record<string, string | readonly [string, string]>>;

export type Values = Readonly<Record<string, string | number>>;

export interface Speech {
  readonly language: string;
  /** Say a text, with its `%(name)s` filled in. */
  readonly say: (text: string, values?: Values) => string;
  /** Say how many there are; `%(count)s` is the number. */
  readonly many: (one: string, other: string, count: number) => string;
}

/** Give the speech of a language. */
export function speech(words: Words = {}, language = "en"): Speech {
  const known = Intl.PluralRules.supportedLocalesOf(language).length > 0;
  // A language that no browser knows, such as one made up for tests, counts as English does.
  const plural = new Intl.PluralRules(known ? language : "en");
  return {
    language,
    say(text, values = {}) {
      const translated = words[text];
      return filled(typeof translated === "string" ? translated : text, values);
    },
    many(one, other, count) {
      const forms = words[one];
      const [single, several] = typeof forms === "object" ? forms : [one, other];
      return filled(plural.select(count) === "one" ? single : several, { count });
    },
  };
}

function filled(text: string, values: Values): string {
  return text.replace(/%\((\w+)\)s/g, (_, name: string) => String(values[name] ?? ""));
}
