/** Where this device is. */

/** Name where this device is. */
export function zoneHere(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
}
