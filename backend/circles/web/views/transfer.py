"""A coordinator offers a circle to another organisation; a coordinator there takes it over or does not."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from backend.circles.models import Circle, TransferOffer
from backend.circles.printing import letters as printing
from backend.circles.selectors.settings import zone_of
from backend.circles.services import transfer_offers
from backend.circles.web import letters, transfers
from backend.circles.web.transfers import AcceptForm, OfferForm
from backend.common import actors
from backend.events import clock
from backend.people import doors
from backend.people.models import Role, User

COORDINATOR = Role.Kind.COORDINATOR
CIRCLES = Circle.objects.select_related("organisation")
OFFERS = TransferOffer.objects.select_related("circle__organisation", "from_organisation", "to_organisation")


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """What is asked of us, what we have asked, and what has been transferred."""
    doors.require_somewhere(request.user, COORDINATOR)
    user = _user(request)
    shown = {
        "organisations": doors.organisations_of(user, COORDINATOR).order_by("name"),
        "to_us": transfers.offers_to(user),
        "from_us": transfers.offers_from(user),
        "made": transfers.made(user),
    }
    return render(request, "circles/transfers.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask another organisation to take a circle over. Nothing moves yet."""
    circle = doors.enter(request.user, CIRCLES, pk, COORDINATOR)
    user = _user(request)
    form = OfferForm(request.POST if request.method == "POST" else None, initial={"agreed": user.get_full_name()})
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        transfer_offers.offer(circle.pk, asked["to"], agreed=asked["agreed"], actor=_actor(request), now=clock.now())
        messages.success(request, _("The other organisation has been asked. Nothing changes until they say yes."))
        return redirect("transfers")
    waiting = circle.transfer_offers.filter(state=TransferOffer.State.OPEN).select_related("to_organisation").first()
    shown = {
        "circle": circle,
        "organisation": circle.organisation,
        "form": form,
        "waiting": waiting,
        "counted_on": transfers.counted_on(circle, clock.now()),
    }
    return render(request, "circles/transfer_offer.html", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """What we would take over; and yes. When something stands in the way, it is said, and nothing has moved."""
    asked = doors.enter(
        request.user, OFFERS.filter(state=TransferOffer.State.OPEN), pk, COORDINATOR, path="to_organisation"
    )
    user = _user(request)
    form = AcceptForm(request.POST if request.method == "POST" else None, initial={"agreed": user.get_full_name()})
    if request.method == "POST" and form.is_valid():
        made = transfer_offers.accept(
            asked.pk, agreed=form.cleaned_data["agreed"], actor=_actor(request), now=clock.now()
        )
        messages.success(
            request,
            _("The circle is yours now. Put your volunteers on its roster, and print the letters and cards."),
        )
        return redirect("circle-members", made.circle_id)
    told = transfers.described(asked.circle, clock.now())
    shown = {"offer": asked, "circle": asked.circle, "form": form, "told": told}
    return render(request, "circles/transfer.html", shown, status=422 if form.errors else 200)


@require_POST
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    """We do not take it."""
    asked = doors.enter(request.user, OFFERS, pk, COORDINATOR, path="to_organisation")
    transfer_offers.decline(asked.pk, actor=_actor(request), now=clock.now())
    messages.success(request, _("You have declined. The circle stays where it is; ring them to say why."))
    return redirect("transfers")


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """We do not ask any more."""
    asked = doors.enter(request.user, OFFERS, pk, COORDINATOR, path="from_organisation")
    transfer_offers.withdraw(asked.pk, actor=_actor(request), now=clock.now())
    messages.success(request, _("The question has been withdrawn. The circle stays with you."))
    return redirect("transfers")


@require_safe
def letters_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """A letter to each member: who rings from when."""
    circle = doors.enter(request.user, CIRCLES, pk, *doors.STAFF)
    now = clock.now()
    pdf = printing.as_pdf(
        letters.letters_of(circle, now),
        title=circle.name,
        language=circle.organisation.language,
        printed_at=now.astimezone(zone_of(circle)),
    )
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="brieven-{circle.pk}.pdf"'
    return response


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def _actor(request: HttpRequest) -> actors.Actor:
    return actors.user(_user(request).pk)
