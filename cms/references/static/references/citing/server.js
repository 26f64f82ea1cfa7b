/* What citing asks of the server. Every function gives a promise; a refused or lost request rejects it. */
(() => {
  let told = null;

  /** What the page tells: {describe: address, words: {name: text}}. */
  function config() {
    told = told || JSON.parse(document.getElementById('citing-config').textContent);
    return told;
  }

  /** Send JSON; gives {status, answer} for 200 and 422 alike. */
  async function post(url, body) {
    const { CSRF_HEADER_NAME, CSRF_TOKEN } = window.wagtailConfig;
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json', [CSRF_HEADER_NAME]: CSRF_TOKEN },
      body: JSON.stringify(body),
    });
    if (!response.ok && response.status !== 422) throw new Error(`${url}: ${response.status}`);
    return { status: response.status, answer: await response.json() };
  }

  let asked = null;

  /** Describe one stored citation; what is asked within 30 ms goes to the server together. */
  function describe(items) {
    if (!asked) {
      const round = { items: [] };
      round.answer = new Promise((resolve) => {
        setTimeout(resolve, 30);
      }).then(() => {
        asked = null;
        return post(config().describe, { citations: round.items });
      });
      asked = round;
    }
    const place = asked.items.push(items) - 1;
    return asked.answer.then(({ answer }) => answer.citations[place]);
  }

  window.citing = { config, post, describe };
})();
