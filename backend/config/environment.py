"""Reading the environment: values, values that lie in files, and secrets that may not be used for real."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from environ import Env
from environ.fileaware_mapping import FileAwareMapping

DEMO_SECRET_KEY = "demo-only-" + "0" * 50

_EXAMPLES = ("demo", "change-me", "changeme", "example", "insecure", "secret", "password", "rondje")
_SHORTEST_KEY = 40


class _Files(FileAwareMapping):  # type: ignore[misc]  # the library has no types
    """NAME_FILE names a file with the value of NAME. An editor's newline at its end is no part of it.

    An empty name is one that is not set: a compose file passes every name on, whether somebody has filled it in or not.
    """

    def __getitem__(self, key: str) -> str:
        path = self.env.get(f"{key}_FILE")
        if not path:
            value = str(self.env[key])
            if not value:
                raise KeyError(key)
            return value
        try:
            return str(super().__getitem__(key)).strip()
        except OSError as error:
            message = f"{key}_FILE names {path}, which cannot be read: {error.strerror}. Is the file mounted?"
            raise ImproperlyConfigured(message) from error


class FileEnv(Env):  # type: ignore[misc]  # as above
    """The environment, in which every name may also be given as NAME_FILE."""

    def __init__(self, **scheme: Any) -> None:
        super().__init__(**scheme)
        self.ENVIRON = _Files()


def refuse_demo_secrets(*, secret_key: str, database_password: str, is_demo: bool) -> None:
    """Raise ImproperlyConfigured for secrets that everybody knows. Called where Rondje runs for real: in a container.

    A demo in containers keeps its known coordinator's password, but its key and its database's password are its own.
    """
    where = "Make one with: python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"
    if secret_key == DEMO_SECRET_KEY or len(secret_key) < _SHORTEST_KEY or _is_an_example(secret_key):
        raise ImproperlyConfigured(f"RONDJE_SECRET_KEY is missing, too short or an example. {where}")
    if not is_demo and (len(database_password) < 12 or _is_an_example(database_password)):
        raise ImproperlyConfigured(f"The database's password is missing, too short or an example. {where}")


def _is_an_example(secret: str) -> bool:
    return secret.lower().startswith(_EXAMPLES)
