"""What the simulator is started with, and what it refuses to be started with."""

from __future__ import annotations

import argparse
import ipaddress
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

SIMULATED_SID = re.compile(r"AC0{24}[0-9a-f]{8}")
FIRST_NAME = "first"
"""What the account of --account-sid is called."""
SIMULATED_TOKEN_PREFIX = "simulator-"  # noqa: S105 - the prefix that marks a token as not a secret


class AlsoAccount(NamedTuple):
    """One more account of the carrier."""

    name: str
    sid: str
    auth_token: str


class SettingsError(Exception):
    """The simulator cannot start like this; the message says why and what to do."""


@dataclass(frozen=True)
class Settings:
    """Checked start options. `calls_per_second` (scenario seconds) and `live_legs` (None: no limit) are per account."""

    host: str
    port: int
    account_sid: str
    auth_token: str
    calls_per_second: float = 1.0
    live_legs: int | None = None
    also_accounts: tuple[AlsoAccount, ...] = ()
    clock_url: str | None = None
    seed: int = 0
    in_container: bool = False


def is_local_host(host: str | None, *, in_container: bool) -> bool:
    """True for loopback hosts, and inside a container for single-label names (other containers)."""
    if not host:
        return False
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return in_container and "." not in host


def is_local_url(url: str, *, in_container: bool) -> bool:
    """True for an http(s) address that the simulator is willing to request: never the internet."""
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and is_local_host(host, in_container=in_container)


def read_settings(arguments: Sequence[str], environment: Mapping[str, str]) -> Settings:
    """Options from the command line, else from SIMULATOR_… in the environment (credentials also from NAME_FILE).

    Raises SettingsError; argparse itself exits with 2 for options that it cannot read.
    """
    parser = argparse.ArgumentParser(
        prog="python -m simulator", description="A telephone carrier on loopback, with a town behind it."
    )
    parser.add_argument("--host", default=environment.get("SIMULATOR_HOST", "127.0.0.1"))
    parser.add_argument("--port", type=int, default=environment.get("SIMULATOR_PORT", "8100"))
    parser.add_argument("--account-sid", default=_secret(environment, "SIMULATOR_ACCOUNT_SID"))
    parser.add_argument("--auth-token", default=_secret(environment, "SIMULATOR_AUTH_TOKEN"))
    parser.add_argument("--calls-per-second", type=float, default=environment.get("SIMULATOR_CALLS_PER_SECOND", "1"))
    parser.add_argument("--live-legs", type=int, default=environment.get("SIMULATOR_LIVE_LEGS") or None)
    parser.add_argument(
        "--also-account",
        action="append",
        metavar="NAME=SID:TOKEN",
        default=environment.get("SIMULATOR_ALSO_ACCOUNTS", "").split(),
    )
    parser.add_argument("--clock-url", default=environment.get("SIMULATOR_CLOCK_URL") or None)
    parser.add_argument("--seed", type=int, default=environment.get("SIMULATOR_SEED", "0"))
    options = parser.parse_args(arguments)
    given = vars(options)
    also = tuple(_also_account(text) for text in given.pop("also_account"))
    settings = Settings(**given, also_accounts=also, in_container=environment.get("SIMULATOR_IN_CONTAINER") == "1")
    refuse_real(settings.account_sid, settings.auth_token)
    for account in settings.also_accounts:
        refuse_real(account.sid, account.auth_token)
    _refuse_unsafe(settings)
    return settings


def _secret(environment: Mapping[str, str], name: str) -> str:
    path = environment.get(f"{name}_FILE")
    if not path:
        return environment.get(name, "")
    try:
        return Path(path).read_text().strip()
    except OSError as error:
        raise SettingsError(f"{name}_FILE names {path}, which cannot be read: {error.strerror}.") from error


def _also_account(text: str) -> AlsoAccount:
    name, _, credentials = text.partition("=")
    sid, _, token = credentials.partition(":")
    if not name or not token:
        raise SettingsError(f"One more account is given as NAME=SID:TOKEN, not as {text!r}.")
    return AlsoAccount(name, sid, token)


def refuse_real(account_sid: str, auth_token: str) -> None:
    """Raise SettingsError for credentials that could be those of a real account."""
    if not SIMULATED_SID.fullmatch(account_sid):
        raise SettingsError(
            "The account sid could be a real one. A simulated account sid is 'AC', 24 zeros and 8 lower-case "
            "hexadecimal digits; pass one with --account-sid or SIMULATOR_ACCOUNT_SID."
        )
    if not auth_token.startswith(SIMULATED_TOKEN_PREFIX):
        raise SettingsError(
            "The auth token could be a real one. A simulated token starts with 'simulator-'; pass one with "
            "--auth-token or SIMULATOR_AUTH_TOKEN."
        )


def _refuse_unsafe(settings: Settings) -> None:
    everywhere = settings.host == "0.0.0.0"  # noqa: S104 - recognised in order to refuse it
    if not is_local_host(settings.host, in_container=False) and not (everywhere and settings.in_container):
        raise SettingsError(
            f"The simulator listens on loopback only, not on {settings.host}. Use --host 127.0.0.1; 0.0.0.0 "
            "is accepted only inside a container, with SIMULATOR_IN_CONTAINER=1."
        )
    if settings.calls_per_second <= 0:
        raise SettingsError("--calls-per-second must be more than 0.")
    if settings.live_legs is not None and settings.live_legs < 1:
        raise SettingsError("--live-legs must be at least 1; leave it out for no limit.")
    sids = [settings.account_sid, *(account.sid for account in settings.also_accounts)]
    names = [FIRST_NAME, *(account.name for account in settings.also_accounts)]
    if len(set(sids)) < len(sids) or len(set(names)) < len(names):
        raise SettingsError("Two accounts have the same sid or the same name ('first' is the first one's).")
    if settings.clock_url and not is_local_url(settings.clock_url, in_container=settings.in_container):
        raise SettingsError("The clock URL must be http(s) on loopback: the simulator never calls the internet.")
