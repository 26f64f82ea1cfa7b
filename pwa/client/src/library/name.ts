/** The name of the library's database: alone here, so that the retiring worker knows it and carries nothing else. */
export const DATABASE = "respite-library";
