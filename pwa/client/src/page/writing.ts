/** Say whether something has been written on this page that a reload would lose. */
export function isWriting(): boolean {
  const fields = document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("textarea, input:not([type=hidden])");
  return [...fields].some((field) => field.value !== field.defaultValue);
}
