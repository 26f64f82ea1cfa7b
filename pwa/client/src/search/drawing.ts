/** What a search on this phone has found, in HTML: as `pwa/templates/pwa/search/results.html` draws it. */

import { escaped } from "../words/escape.js";
import type { Speech } from "../words/speech.js";
import type { Answer, Hit, Topic } from "./finder.js";
import type { Progress } from "./keeper.js";

export interface View {
  readonly root: string;
  readonly kind?: string | undefined;
  readonly topic?: string | undefined;
  /** Offers to ask the server as well, where it knows more. */
  readonly asksServer?: boolean;
}

/** Say how many there are, or that there is nothing. */
export function told({ count }: Answer, { say, many }: Speech): string {
  return count === 0 ? say("Nothing has all of these words") : many("%(count)s result", "%(count)s results", count);
}

/** Draw an answer. */
export function draw(answer: Answer, speech: Speech, view: View): string {
  const { say } = speech;
  const rows = answer.hits.map((hit) => result(hit, speech)).join("");
  const left = answer.count - answer.hits.length;
  const more = left > 0 ? `<p class="onward"><button class="btn quiet" type="button" data-more>${say("More results")}</button></p>` : "";
  return (
    answer.promotedHtml.join("") +
    `<section class="results" aria-labelledby="results"><div class="head"><h2 id="results">${told(answer, speech)}</h2></div>` +
    where(answer.progress, speech) +
    (view.asksServer ? server(answer, speech, view) : "") +
    meant(answer, speech, view) +
    kinds(answer, speech, view.kind) +
    topics(answer.topics, speech, view.topic) +
    (rows ? `<div class="rows">${rows}</div>${more}` : nothing(answer, speech, view)) +
    `</section>`
  );
}

/** Say what was searched, and that nobody else heard of it. */
export function where({ total, waiting, textless, complete }: Progress, { say, many }: Speech): string {
  const parts = [say("Searched on this phone; nothing was sent.")];
  if (total > 0 && waiting >= total) parts.push(say("For now only titles and summaries: the texts are still being read."));
  else if (waiting > 0) parts.push(many("Of %(count)s page only the title and summary: its text is still being read.", "Of %(count)s pages only titles and summaries: their texts are still being read.", waiting));
  if (textless > waiting) parts.push(many("Of %(count)s page only the title is on this phone.", "Of %(count)s pages only the titles are on this phone.", textless));
  if (!complete) parts.push(say("Not everything is on this phone yet."));
  return `<p class="where fine" data-tone="moss">${icon("phone-kept", "icon small")}<span>${parts.join(" ")}</span></p>`;
}

function server({ query }: Answer, { say }: Speech, { root }: View): string {
  const address = escaped(`${root}/search/?${new URLSearchParams({ q: query })}`);
  return `<p class="fine"><a href="${address}" data-server>${say("Search everything on the server")}</a></p>`;
}

function meant({ query, shownFor, didYouMean }: Answer, { say }: Speech, view: View): string {
  const mended = shownFor !== query;
  if (mended) {
    const shown = say("Showing results for %(words)s.", { words: ask(shownFor, view, {}, true) });
    const instead = say("Search instead for %(words)s.", { words: ask(query, view, { exact: "true" }) });
    return `<p>${shown} <span class="soft">${instead}</span></p>`;
  }
  return didYouMean ? `<p>${say("Did you mean %(words)s?", { words: ask(didYouMean, view, {}, true) })}</p>` : "";
}

/** Link to a search; the page's script takes it before it goes anywhere. */
function ask(query: string, { root }: View, more: Readonly<Record<string, string>> = {}, isBold = false): string {
  const words = escaped(query);
  return `<a href="${escaped(`${root}/search/?${new URLSearchParams({ q: query, ...more })}`)}">${isBold ? `<b>${words}</b>` : words}</a>`;
}

function kinds({ kinds, total }: Answer, speech: Speech, chosen: string | undefined): string {
  if (kinds.length < 2 && !chosen) return "";
  const all = chosen && !kinds.some(([kind]) => kind === chosen) ? [...kinds, [chosen, 0] as const] : kinds;
  const pill = (kind: string, name: string, count: number) =>
    `<li><button class="pill" type="button" data-kind="${kind}" aria-pressed="${kind === (chosen ?? "")}">${name} <span class="many">${count}</span></button></li>`;
  const pills = all.map(([kind, count]) => pill(kind, plural(kind, speech), count));
  const label = speech.say("Kinds of results");
  return `<div class="kinds" role="group" aria-label="${label}"><ul class="pills">${pill("", speech.say("All"), total)}${pills.join("")}</ul></div>`;
}

function topics(all: readonly Topic[], { say }: Speech, chosen: string | undefined): string {
  if (all.length < 2 && !chosen) return "";
  const options = all.map(
    ({ slug, title, count }) => `<option value="${escaped(slug)}"${slug === chosen ? " selected" : ""}>${escaped(title)} (${count})</option>`,
  );
  return `<p class="topic-filter"><label for="topic">${say("Topic")}</label><select id="topic" data-topic><option value="">${say("All topics")}</option>${options.join("")}</select></p>`;
}

function result(hit: Hit, speech: Speech): string {
  const name = single(hit.kind, speech);
  if (hit.card) {
    return `<article class="result stack near"><p class="kicker">${name} · ${escaped(hit.note)}</p><h3>${hit.titleHtml}</h3><ul class="lines">${hit.card}</ul></article>`;
  }
  const excerpt = hit.excerptHtml ? `<p>${hit.excerptHtml}</p>` : "";
  return (
    `<article class="result go stack near"><p class="kicker">${name}</p>` +
    `<h3><a href="${escaped(hit.path)}" data-excerpt="${escaped(hit.excerpt)}">${hit.titleHtml}</a></h3>${excerpt}${place(hit, speech)}</article>`
  );
}

function place({ heading, more }: Hit, { say, many }: Speech): string {
  const here = heading ? say("In “%(heading)s”", { heading: escaped(heading) }) : "";
  const others = more > 0 ? many("%(count)s more place", "%(count)s more places", more) : "";
  const parts = [here, others].filter(Boolean);
  return parts.length > 0 ? `<p class="meta">${parts.map((part) => `<span>${part}</span>`).join("")}</p>` : "";
}

function nothing({ knownWords, hasHelp }: Answer, { say }: Speech, view: View): string {
  const words = knownWords.map((word) => `<li>${ask(word, view).replace("<a ", '<a class="pill" ')}</li>`).join("");
  const advice = words
    ? `<p>${say("These words are here, but not together. Search for one of them:")}</p><ul class="pills">${words}</ul>`
    : `<p class="soft">${say("Try fewer or other words.")}</p>`;
  const help = hasHelp
    ? ""
    : `<p class="note go now" data-tone="clay">${icon("help", "icon")}<span>${say("Do you need somebody now? Calls do not need the internet.")} <a href="${view.root}/help/"><b>${say("Help now")}</b></a></span></p>`;
  return `${advice}${help}<p class="onward"><a href="${view.root}/articles/">${say("All articles")}</a></p>`;
}

function icon(name: string, classes: string): string {
  return `<svg class="${classes}" aria-hidden="true" viewBox="0 0 24 24"><use href="#i-${name}"/></svg>`;
}

function single(kind: string, { say }: Speech): string {
  const names: Readonly<Record<string, string>> = {
    article: say("Article"),
    page: say("Page"),
    topic: say("Topic"),
    question: say("Question"),
    specialist: say("Specialist"),
    person: say("Person"),
    helpline: say("Helpline"),
  };
  return names[kind] ?? "";
}

function plural(kind: string, { say }: Speech): string {
  const names: Readonly<Record<string, string>> = {
    article: say("Articles"),
    page: say("Pages"),
    topic: say("Topics"),
    question: say("Questions"),
    specialist: say("Specialists"),
    person: say("People"),
    helpline: say("Helplines"),
  };
  return names[kind] ?? "";
}
