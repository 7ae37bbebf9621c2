"""The environment that all processes of one Rondje share."""

import json
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from stack.ports import LOOPBACK

ROOT = Path(__file__).resolve().parent.parent


def town_environment(
    directory: Path, *, database_url: str, redis_url: str, web_port: int, simulator_port: int
) -> dict[str, str]:
    """Return the environment for web, workers, beat and simulator: ours, on top of this process's own.

    Secrets are random per `directory` and kept there, so that sign-ins outlive a restart.
    """
    kept = _secrets(directory / "secrets.json")
    environment = without_settings(os.environ)
    # A proxy of this machine knows nothing of our loopback.
    exempt = ",".join(filter(None, [environment.get("NO_PROXY") or environment.get("no_proxy"), LOOPBACK, "localhost"]))
    return environment | {
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


def without_settings(environment: Mapping[str, str]) -> dict[str, str]:
    """Return an environment without what configures a Rondje, such as a real carrier's credentials."""
    ours = ("RONDJE_", "TWILIO_", "SIMULATOR_", "DJANGO_", "CELERY_", "GUNICORN_")
    names = ("DATABASE_URL", "REDIS_URL")
    return {k: v for k, v in environment.items() if not k.startswith(ours) and k not in names}


def _secrets(path: Path) -> dict[str, str]:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(".new")
        fresh.unlink(missing_ok=True)
        fresh.touch(mode=0o600)
        fresh.write_text(
            json.dumps(
                {
                    "secret_key": secrets.token_urlsafe(48),
                    # The shape by which simulator and real adapter tell their credentials apart.
                    "account_sid": "AC" + "0" * 24 + secrets.token_hex(4),
                    "auth_token": f"simulator-{secrets.token_hex(16)}",
                }
            )
        )
        fresh.replace(path)
    kept: dict[str, str] = json.loads(path.read_text())
    return kept
