/** The name of the library's database: apart from it, so that the retiring worker knows it and carries nothing else. */
export const DATABASE = "respite-library";
/** The name of the database of what the reader makes: the library looks into it, pages alone write in it. */
export const OWN_DATABASE = "respite-own";
/** The name of the database of the search's index, which can be made anew from the library at any time. */
export const SEARCH_DATABASE = "respite-search";
/** The name of the database of what an account writes and reads on this phone: sealed, and gone after its log-out. */
export const ACCOUNT_DATABASE = "respite-account";
