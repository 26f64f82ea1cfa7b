/** The badge on the app's icon: how many things wait to be sent. */

interface Badged {
  setAppBadge?(count: number): Promise<void>;
  clearAppBadge?(): Promise<void>;
}

/** Show it, where the phone has such a thing. */
export async function showBadge(count: number): Promise<void> {
  const phone = navigator as Badged;
  await (count > 0 ? phone.setAppBadge?.(count) : phone.clearAppBadge?.())?.catch(() => undefined);
}
