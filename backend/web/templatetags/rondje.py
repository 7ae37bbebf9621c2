"""What the templates of every programme may use."""

from datetime import datetime

from django import template
from django.conf import settings
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from backend.events import clock
from backend.people import doors
from backend.people.domain.telephone import format_for_people
from backend.people.models import Role
from backend.web import health, management_pages

register = template.Library()


@register.inclusion_tag("web/_banners.html")
def banners() -> dict[str, object]:
    """Whether the machine is at work, and in a demo the demo's time: on every page."""
    return banner_facts()


def banner_facts() -> dict[str, object]:
    """What the banners say; also for the address that refreshes them."""
    return {
        "trouble": health.trouble(),
        "is_demo": settings.RONDJE_DEMO,
        "now": timezone.localtime(clock.now()),
    }


@register.simple_tag
def banner_pace() -> str:
    """How often the banners are fetched anew: in a demo their clock runs fast."""
    return "2s" if settings.RONDJE_DEMO else "5s"


@register.inclusion_tag("web/_header.html", takes_context=True)
def header(context: template.Context) -> dict[str, object]:
    """Where one can go, which organisations one works for, and whom one is signed in as."""
    request = context["request"]
    roles = list(Role.objects.filter(user=request.user).select_related("organisation").order_by("organisation__name"))
    return {
        "request": request,
        "user": request.user,
        "organisations": list(dict.fromkeys(role.organisation.name for role in roles)),
        "may_manage": bool(management_pages.open_to({role.kind for role in roles})),
        "is_staff": any(role.kind in doors.STAFF for role in roles),
        "runs_bus": any(role.kind in doors.PLANNERS for role in roles),
        "runs_dinners": any(role.kind in doors.RESTO for role in roles),
        "is_operator": any(role.kind == Role.Kind.OPERATOR for role in roles),
        "now": clock.now(),
    }


@register.filter
def clock_time(moment: datetime | None) -> str:
    """A wall time such as 8:41 in the zone that is in force; nothing for no time."""
    return formats.date_format(timezone.localtime(moment), "G:i") if moment else ""


@register.filter
def day_and_time(moment: datetime | None) -> str:
    """A date and a wall time such as Monday 23 November, 8:41."""
    return formats.date_format(timezone.localtime(moment), "l j F, G:i") if moment else ""


@register.filter
def telephone(e164: str) -> SafeString:
    """A number that rings when it is touched, written as people write it."""
    return format_html('<a class="phone" href="tel:{}">{}</a>', e164, format_for_people(e164))


@register.simple_tag
def icon(name: str) -> SafeString:
    """A symbol of the sprite that every page carries. Decoration: the word stands beside it."""
    return format_html('<svg class="icon" aria-hidden="true" focusable="false"><use href="#i-{}"/></svg>', name)


@register.filter
def before(moment: datetime, now: datetime) -> str:
    """How long before `now` something was, in words and whole minutes."""
    minutes = max(0, int((now - moment).total_seconds() // 60))
    if minutes < 1:
        return _("less than a minute")
    if minutes == 1:
        return _("1 minute")
    if minutes < 120:
        return _("%(n)s minutes") % {"n": minutes}
    return _("%(n)s hours") % {"n": minutes // 60}
