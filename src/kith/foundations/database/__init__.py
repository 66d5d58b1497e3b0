"""Where the records are kept: a PostgreSQL server given by address, or our own embedded one."""

from kith.foundations.database.address import database_url, django_database, served_database
from kith.foundations.database.embedded import DatabaseWillNotStart, EmbeddedServer

__all__ = ["DatabaseWillNotStart", "EmbeddedServer", "database_url", "django_database", "served_database"]
