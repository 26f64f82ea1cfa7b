"""Hashed, compressed static files, whose earlier releases stay on the server."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class KeptManifestStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's manifest storage; a name that is not in the manifest is served as it is.

    Nothing is ever deleted by it: a tab of the previous release still finds its hashed files.
    """

    manifest_strict = False
