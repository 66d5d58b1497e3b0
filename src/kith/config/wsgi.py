"""The web server's way in, and the place where the site steps down to the role that row security binds."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kith.config.settings")

from django.conf import settings  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import connections  # noqa: E402

from kith.config.with_parent import end_with_parent  # noqa: E402
from kith.foundations.database import served_database  # noqa: E402


def step_down() -> None:
    """Every connection from here on is the site's own, although `kith serve` may have read the settings as the owner
    before it forked. A thread's first request opens its connection, so none is open yet where requests are answered.
    """
    served = served_database(settings.HOME / "postgres")
    own = {key: served[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")}
    connections.settings["default"].update(own)


application = get_wsgi_application()
step_down()
end_with_parent()
