"""How often somebody has just tried to sign in in vain.

Counted per name and address together: whoever guesses from elsewhere cannot lock a coordinator out in the morning.
"""

from datetime import timedelta

from backend.events.trials import Trials

TRIALS = Trials(kind="web.sign_in_failed", subject="sign_in", at_most=5, within=timedelta(minutes=5))


def too_many(username: str, address: str) -> bool:
    """Whether this name has failed too often from this address."""
    return TRIALS.too_many(username.strip().lower(), address)


def failed(username: str, address: str) -> None:
    """Write down a failure."""
    TRIALS.made(username.strip().lower(), address)
