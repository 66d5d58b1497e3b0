"""Static files with their hash in the name; a name that was never collected is served plain in tests and while developing."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """Hashed names once `collectstatic` has run; before that, the plain name."""

    manifest_strict = False
