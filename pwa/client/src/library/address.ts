/** Addresses end in a slash, and are compared decoded. */
export function normal(pathname: string): string {
  let path = pathname;
  try {
    path = decodeURI(pathname);
  } catch {
    // A malformed escape is an address that we do not have.
  }
  return path.endsWith("/") ? path : `${path}/`;
}
