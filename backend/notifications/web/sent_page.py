"""What was sent and what was not, with the reason."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from backend.notifications.models import OptOut
from backend.notifications.selectors import sent
from backend.notifications.web import rows, words
from backend.notifications.web.choosing import chosen
from backend.people.selectors import zone_of

A_PAGE = 50


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Calls and texts, the newest first: all, those refused or those that wait; and who wants no texts."""
    own = chosen(request)
    shown = request.GET.get("show", "all")
    shown = shown if shown in sent.FILTERS else "all"
    page = Paginator(sent.messages_of(own.organisation, shown), A_PAGE).get_page(request.GET.get("page"))
    zone = zone_of(own.organisation)
    facts = {
        "organisation": own.organisation,
        "organisations": own.all,
        "shown": shown,
        "filters": [("all", _("All")), ("refused", _("Not sent, or refused")), ("waiting", _("Waiting or under way"))],
        "page": page,
        "rows": [rows.row_of(message, zone) for message in page],
        "opted_out": [(one, words.HOW_OPTED_OUT[OptOut.How(one.how)]) for one in sent.opted_out(own.organisation)],
    }
    return render(request, "notifications/sent.html", facts)
