"""From where somebody visits a page: what limits for visitors without an account are counted by."""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """The address of who asks. Behind proxies it is the one that the outermost of them saw.

    Each proxy writes down at the right who asked it, and what stands further to the left anybody can have written:
    `RONDJE_TRUSTED_PROXIES` says how many are ours. What is missing there, or is no address, is not believed: then it
    is the address of the connection itself.
    """
    connected = str(request.META.get("REMOTE_ADDR", ""))
    proxies = settings.RONDJE_TRUSTED_PROXIES
    hops = str(request.META.get("HTTP_X_FORWARDED_FOR", "")).split(",")
    if proxies < 1 or len(hops) < proxies:
        return connected
    try:
        return str(ip_address(hops[-proxies].strip()))
    except ValueError:
        return connected
