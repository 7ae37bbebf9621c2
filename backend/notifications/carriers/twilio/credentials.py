"""Which credentials may be used against which address (invariant 6): the real carrier is never reached by accident."""

from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

SIMULATOR_SID = "AC" + "0" * 24
"""No real account id begins like this; the simulator accepts no other."""

SIMULATOR_TOKEN = "simulator-"  # noqa: S105 -- a mark, not a secret


def is_simulated(account_sid: str) -> bool:
    """Whether these are credentials of the simulator."""
    return account_sid.startswith(SIMULATOR_SID)


def check_simulator(account_sid: str, auth_token: str, base_url: str, *, in_container: bool) -> None:
    """Raise ImproperlyConfigured unless credentials and address can only be the simulator's."""
    if not is_simulated(account_sid) or not auth_token.startswith(SIMULATOR_TOKEN):
        raise ImproperlyConfigured(
            "RONDJE_CARRIER is 'simulator', but TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN could be those of a real "
            f"account. The simulator's begin with {SIMULATOR_SID} and {SIMULATOR_TOKEN}."
        )
    host = urlsplit(base_url).hostname or ""
    if host not in ("127.0.0.1", "localhost", "::1") and not (in_container and "." not in host and host):
        raise ImproperlyConfigured(f"RONDJE_CARRIER_URL must be on this machine; it is {base_url!r}.")


def check_real(account_sid: str, auth_token: str, *, base_url: str, really_send: bool) -> None:
    """Raise ImproperlyConfigured unless everything says that real telephones are to ring."""
    if is_simulated(account_sid) or auth_token.startswith(SIMULATOR_TOKEN):
        raise ImproperlyConfigured("RONDJE_CARRIER is 'twilio', but the credentials are the simulator's.")
    if base_url:
        raise ImproperlyConfigured("RONDJE_CARRIER is 'twilio': leave RONDJE_CARRIER_URL empty.")
    if not account_sid or not auth_token:
        raise ImproperlyConfigured("RONDJE_CARRIER is 'twilio': set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN.")
    if not really_send:
        raise ImproperlyConfigured(
            "RONDJE_CARRIER is 'twilio', but RONDJE_REALLY_SEND is not 'yes': nothing rings real telephones unless "
            "that is set."
        )
