"""The addresses of the town that runs in this checkout, for commands beside it."""

import json
from collections.abc import MutableMapping
from pathlib import Path

from stack.settings import ROOT

ADDRESSES = ROOT / ".run" / "running.json"


def announce(environment: dict[str, str], path: Path = ADDRESSES) -> None:
    """Write down how to reach the town. Only for this user: there are secrets in it."""
    settings = {name: value for name, value in environment.items() if name.startswith(("RONDJE_", "TWILIO_"))}
    settings |= {name: environment[name] for name in ("DATABASE_URL", "REDIS_URL")}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    path.touch(mode=0o600)
    path.write_text(json.dumps(settings))


def withdraw(path: Path = ADDRESSES) -> None:
    """The town is no more."""
    path.unlink(missing_ok=True)


def adopt_environment(environment: MutableMapping[str, str], path: Path = ADDRESSES) -> None:
    """Take over the running town's addresses, unless a database has been named already."""
    if "DATABASE_URL" in environment or not path.exists():
        return
    for name, value in json.loads(path.read_text()).items():
        environment.setdefault(name, value)
