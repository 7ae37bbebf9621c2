"""The environment that all processes of one Rondje share."""

import json
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from stack.ports import LOOPBACK

ROOT = Path(__file__).resolve().parent.parent

SECOND_NUMBER = "+31130009009"
"""What a town's second account sends from, where nobody says otherwise (E.164, made up)."""


def town_environment(
    directory: Path,
    *,
    database_url: str,
    redis_url: str,
    web_port: int,
    simulator_port: int,
    second_number: str | None = None,
) -> dict[str, str]:
    """Return the environment for web, workers, beat and simulator: ours, on top of this process's own.

    Secrets are random per `directory` and kept there, so that sign-ins outlive a restart. With `second_number` (E.164)
    there is a second account with the carrier, which sends from that number.
    """
    kept = _secrets(directory / "secrets.json")
    environment = without_settings(os.environ)
    # A proxy of this machine knows nothing of our loopback.
    exempt = ",".join(filter(None, [environment.get("NO_PROXY") or environment.get("no_proxy"), LOOPBACK, "localhost"]))
    shared = {
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "RONDJE_SECRET_KEY": kept["secret_key"],
        "RONDJE_PUBLIC_URL": f"http://{LOOPBACK}:{web_port}",
        "RONDJE_CARRIER": "simulator",
        "RONDJE_CARRIER_URL": f"http://{LOOPBACK}:{simulator_port}",
        "RONDJE_DEMO": "1",
        "RONDJE_EMAIL_URL": f"filemail:///{directory / 'mail'}",
        "RONDJE_NUDGE": "worker.nudge.send",
        "TWILIO_ACCOUNT_SID": kept["account_sid"],
        "TWILIO_AUTH_TOKEN": kept["auth_token"],
        "SIMULATOR_ACCOUNT_SID": kept["account_sid"],
        "SIMULATOR_AUTH_TOKEN": kept["auth_token"],
        "PYTHONUNBUFFERED": "1",
        "NO_PROXY": exempt,
        "no_proxy": exempt,
    }
    return environment | shared | (_second_account(kept, second_number) if second_number else {})


def _second_account(kept: Mapping[str, str], number: str) -> dict[str, str]:
    sid, token = kept["account_sid_2"], kept["auth_token_2"]
    return {
        "TWILIO_ACCOUNT_SID_2": sid,
        "TWILIO_AUTH_TOKEN_2": token,
        "TWILIO_SENDER_2": number,
        "SIMULATOR_ALSO_ACCOUNTS": f"second={sid}:{token}",
    }


def without_settings(environment: Mapping[str, str]) -> dict[str, str]:
    """Return an environment without what configures a Rondje, such as a real carrier's credentials."""
    ours = ("RONDJE_", "TWILIO_", "SIMULATOR_", "DJANGO_", "CELERY_", "GUNICORN_", "BUS_ROUTER")
    names = ("DATABASE_URL", "REDIS_URL")
    return {k: v for k, v in environment.items() if not k.startswith(ours) and k not in names}


def _secrets(path: Path) -> dict[str, str]:
    kept: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
    fresh = {
        "secret_key": secrets.token_urlsafe(48),
        # The shape by which simulator and real adapter tell their credentials apart.
        **{f"account_sid{which}": "AC" + "0" * 24 + secrets.token_hex(4) for which in ("", "_2")},
        **{f"auth_token{which}": f"simulator-{secrets.token_hex(16)}" for which in ("", "_2")},
    }
    if not fresh.keys() <= kept.keys():
        kept = fresh | kept
        path.parent.mkdir(parents=True, exist_ok=True)
        written = path.with_suffix(".new")
        written.unlink(missing_ok=True)
        written.touch(mode=0o600)
        written.write_text(json.dumps(kept))
        written.replace(path)
    return kept
