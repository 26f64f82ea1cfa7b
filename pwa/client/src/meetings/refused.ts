/** The event by which the times of a form hear that the server has refused it; its detail are those that are taken. */
export const REFUSED_EVENT = "respite-refused";
