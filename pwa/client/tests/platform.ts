/** What Node lacks of a browser: a database, a place to name elements, and channels that hold nobody up. Import it before anything that needs it. */

import "fake-indexeddb/auto";

const globals = globalThis as Record<string, unknown>;
globals.HTMLElement ??= class {};
globals.customElements ??= { define: () => undefined };

// In Node a channel keeps the process alive until it is closed; in a browser it goes with its page.
const Channel = globalThis.BroadcastChannel;
globals.BroadcastChannel = class extends Channel {
  constructor(name: string) {
    super(name);
    (this as unknown as { unref(): void }).unref();
  }
};
