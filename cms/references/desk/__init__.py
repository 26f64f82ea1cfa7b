"""An editor’s desk for citations: the token, the dialog it opens, and what both ask of the server."""
