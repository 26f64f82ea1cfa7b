/** What Node lacks of a browser: a database, and a place to name elements. Import it before anything that needs it. */

import "fake-indexeddb/auto";

const globals = globalThis as Record<string, unknown>;
globals.HTMLElement ??= class {};
globals.customElements ??= { define: () => undefined };
