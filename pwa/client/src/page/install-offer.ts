/**
 * The browser's offer to install this app, kept until the reader asks for it: left to itself it would come over the page.
 * It is kept where all parts of the script find it, so that none has to be loaded for it.
 */

/** What browsers that can install hand over (`beforeinstallprompt`); it can be used once. */
export interface InstallOffer extends Event {
  readonly prompt: () => Promise<unknown>;
  readonly userChoice?: Promise<{ readonly outcome: string }>;
}

declare global {
  var respiteOffer: InstallOffer | undefined;
}

/** Keep the offer from here on, until the app has been installed. */
export function keepInstallOffer(): void {
  addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    globalThis.respiteOffer = event as InstallOffer;
  });
  addEventListener("appinstalled", () => (globalThis.respiteOffer = undefined));
}
