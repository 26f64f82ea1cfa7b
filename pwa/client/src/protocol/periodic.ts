/**
 * The name under which the browser, asked by a page, wakes the worker every now and then: apart from the messages, so
 * that what asks it carries nothing else.
 */
export const PERIODIC = "respite-library";
