"""How a phone with 5,000 articles searches: how soon it is ready, how fast it answers, how much it holds in mind."""

from pathlib import Path
from statistics import quantiles

from playwright.sync_api import Page

from tests.browser.chromium import chromium
from tests.browser.phone import Phone
from tests.installation import install
from tests.load.heaps import WorkerHeap
from tests.load.report import Line, Report
from tests.server import Server, eventually

ARTICLES = 5_000
WORDS = 1_200
VOCABULARY = 40_000
MEGABYTE = 1_000_000
INDEXING = 600.0  # seconds; how long it may take is no budget, since it is done once and in the background

# Writes articles straight into the phone's store: words as common as Zipf found them, by a generator with a seed.
PLANT = """async ({articles, length, vocabulary}) => {
  let state = 7;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const syllables = 'ba be bo da de di ga go ha he in ka le li lo ma me mi na ne no ra re ri sa se si ta te to un va wi'.split(' ');
  const words = Array.from({length: vocabulary}, (_, rank) => {
    let word = '';
    for (let rest = rank + syllables.length; rest > 0; rest = Math.floor(rest / syllables.length)) {
      word += syllables[rest % syllables.length];
    }
    return word;
  });
  const word = () => words[Math.floor(Math.exp(next() * Math.log(vocabulary))) - 1];
  const sentence = (count) => Array.from({length: count}, word).join(' ');
  const pack = async (text) => {
    const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw'));
    return new Response(stream).arrayBuffer();
  };
  const database = await new Promise((resolve, reject) => {
    const request = indexedDB.open('respite-library');
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const done = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const sample = (await done(database.transaction('entries').objectStore('entries').index('kind').getAll('article')))[0];
  for (let start = 0; start < articles; start += 250) {
    const some = await Promise.all(Array.from({length: Math.min(250, articles - start)}, async (_, at) => {
      const id = `planted-${start + at}`;
      const title = sentence(6), summary = sentence(20);
      const sections = Array.from({length: 6}, (_, number) =>
        `<section aria-labelledby="s${number}"><h2 id="s${number}">${sentence(4)}</h2><p>${sentence(length / 6)}</p></section>`);
      const html = `<main id="main"><article><header><h1>${title}</h1><p class="lede">${summary}</p></header>` +
        `<div class="prose">${sections.join('')}</div></article></main>`;
      const row = {...sample, id, title, path: `/articles/${id}/`, former: [], data: {...sample.data, summary}};
      return [row, await pack(html)];
    }));
    const transaction = database.transaction(['entries', 'pages'], 'readwrite');
    for (const [row, text] of some) {
      transaction.objectStore('entries').put(row);
      transaction.objectStore('pages').put(text, row.id);
    }
    await new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error);
    });
  }
  database.close();
  return [words[3], words[30], words[300], words[3000], words[30000]];
}"""
# Starts the search worker as a page does; what it says is kept beside it.
START = """async () => {
  const began = performance.now();
  const worker = new Worker(document.documentElement.dataset.search);
  globalThis.desk = {worker, settled: false, found: null};
  return new Promise((resolve, reject) => {
    worker.onerror = () => reject(new Error('the worker failed'));
    worker.onmessage = ({data}) => {
      if (data.type === 'failed') reject(new Error('nothing can be searched'));
      if (data.type === 'loaded') resolve({ms: performance.now() - began, bytes: data.bytes, total: data.progress.total});
      if (data.type === 'settled') globalThis.desk.settled = true;
      if (data.type === 'found') globalThis.desk.found?.(data);
    };
  });
}"""
REFRESH = "() => { globalThis.desk.settled = false; globalThis.desk.worker.postMessage({type: 'refresh'}); }"
FIND = """async (query) => {
  const began = performance.now();
  const told = await new Promise((resolve) => {
    globalThis.desk.found = resolve;
    globalThis.desk.worker.postMessage({type: 'find', number: 1, query, language: 'en', root: '', limit: 10});
  });
  return {ms: performance.now() - began, total: told.answer.total};
}"""
WATCH = """() => {
  globalThis.longest = 0;
  new PerformanceObserver((list) => {
    for (const {duration} of list.getEntries()) globalThis.longest = Math.max(globalThis.longest, duration);
  }).observe({type: 'longtask'});
}"""


def measure(report: Report, folder: Path) -> None:
    """Plant a large library on a phone, have it indexed, start again, and type."""
    server = Server(install(folder / "installation"))
    server.start()
    try:
        with chromium() as browser:
            context = browser.new_context(viewport={"width": 390, "height": 844})
            phone = Phone(context, server)
            phone.keep_everything()
            context.set_offline(True)
            size = {"articles": ARTICLES, "length": WORDS, "vocabulary": VOCABULARY}
            words: list[str] = phone.page.evaluate(PLANT, size)
            measure_worker(report, phone.page, words)
            measure_page(report, phone, words)
    finally:
        server.kill()


def measure_worker(report: Report, page: Page, words: list[str]) -> None:
    """Index, start anew, and ask with ever more letters."""
    page.evaluate(START)
    began: float = page.evaluate("performance.now()")
    page.evaluate(REFRESH)
    eventually(lambda: page.evaluate("globalThis.desk.settled"), INDEXING, "the index is made")
    took = (page.evaluate("performance.now()") - began) / 1000
    report.add(Line(f"Search, {ARTICLES:,} articles: index made, once, in the background", took, None, "s"))
    page.evaluate("globalThis.desk.worker.terminate()")
    session = page.context.new_cdp_session(page)
    memory = WorkerHeap.of_page(session)
    kept = page.evaluate(START)
    assert kept["total"] > ARTICLES, kept
    report.add(
        Line("Search: a kept index is ready", kept["ms"], 1000, "ms", note=f"({kept['bytes'] / MEGABYTE:.1f} MB)")
    )
    slips = [words[2][:-1] + "xx", words[3] + "q"]
    asked = [word[:letters] for word in words for letters in range(2, len(word) + 1)]
    asked += [f"{words[0]} {words[1]}", f"{words[1]} {words[2]}", f'"{words[0]} {words[1]}"', *slips]
    told = [page.evaluate(FIND, query) for query in asked]
    assert any(one["total"] > ARTICLES / 2 for one in told), "nothing common was asked for"
    times = [one["ms"] for one in told]
    report.add(
        Line("Search: results, 95th percentile", quantiles(times, n=20)[-1], 80, "ms", note=f"({len(times)} queries)")
    )
    report.add(Line("Search: results, slowest", max(times), None, "ms"))
    report.add(Line("Search: the worker's memory", memory.used() / MEGABYTE, 100, "MB"))
    page.evaluate("globalThis.desk.worker.terminate()")


def measure_page(report: Report, phone: Phone, words: list[str]) -> None:
    """Type into the search page, and give the longest task that its thread had."""
    page = phone.page
    phone.open("/search/")
    field = page.get_by_role("searchbox")
    field.wait_for()
    page.evaluate(WATCH)
    for word in words[1:4]:
        field.fill("")
        field.press_sequentially(word, delay=80)
        page.locator(".results .result").first.wait_for()
    report.add(
        Line("Search: longest task of the page while somebody types", page.evaluate("globalThis.longest"), 50, "ms")
    )
