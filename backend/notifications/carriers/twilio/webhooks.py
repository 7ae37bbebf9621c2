"""What the carrier asks and reports, over HTTP. Thin: verify, read the form, hand on, render."""

import logging
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, close_old_connections
from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from twilio.twiml.messaging_response import MessagingResponse

from backend.events import clock
from backend.notifications.carriers.twilio import accounts, signatures, twiml
from backend.notifications.carriers.twilio.client import TEXT_STATES, call_state
from backend.notifications.domain.prompts import Answered, Heard, Key, Keyed, Moved, Prompt, Silence, TalkOver
from backend.notifications.menu import broken
from backend.notifications.models import Attempt
from backend.notifications.selectors.numbers import organisation_behind
from backend.notifications.selectors.recordings import to_be_played
from backend.notifications.services import conversation, incoming, reporting

log = logging.getLogger(__name__)

QUESTIONS = ("answer", "key", "digits", "silence", "dialled", "moved")


@csrf_exempt
@require_POST
def voice(request: HttpRequest, attempt: UUID, what: str, step: int) -> HttpResponse:
    """The carrier asks what to say next on a line."""
    if not signatures.is_signed(request, account=_account_of(attempt, request)):
        return _refused("The signature does not fit: this request does not come from the carrier.", 403)
    if what not in QUESTIONS:
        return _refused("There is no such question.", 404)
    heard, sid = _heard(what, request.POST), request.POST.get("CallSid", "")
    try:
        return _turned(attempt, step=step, heard=heard, sid=sid)
    except (conversation.NotOurs, conversation.Replayed) as error:
        return _refused(error.message, error.status)
    except Exception as error:
        return _handed_over(broken.of_call(attempt, heard, error, clock.now()))


@csrf_exempt
@require_POST
def status(request: HttpRequest, attempt: UUID) -> HttpResponse:
    """The carrier reports how a call or text is getting on: stored, and answered at once.

    An unknown or old one gets 200, so that the carrier stops trying.
    """
    if not signatures.is_signed(request, account=_account_of(attempt, request)):
        return _refused("The signature does not fit: this report does not come from the carrier.", 403)
    form = request.POST
    if "MessageStatus" in form:
        sid, word, state = form.get("MessageSid", ""), form["MessageStatus"], TEXT_STATES.get(form["MessageStatus"])
    else:
        sid, word = form.get("CallSid", ""), form.get("CallStatus", "")
        state = call_state(word, form.get("SipResponseCode", ""))
    if state is not None and sid:
        reporting.store_callback(
            attempt,
            sid=sid,
            status=word,
            sequence=int(form.get("SequenceNumber", "0") or 0),
            details={
                "state": state,
                "error_code": form.get("ErrorCode", ""),
                "seconds": form.get("CallDuration", ""),
            },
            now=clock.now(),
        )
    return HttpResponse(status=200)


@csrf_exempt
@require_POST
def inbound_voice(request: HttpRequest) -> HttpResponse:
    """Somebody rings one of our numbers."""
    account = _account_that_speaks(request)
    if not signatures.is_signed(request, account=account):
        return _refused("The signature does not fit: this request does not come from the carrier.", 403)
    line, sid = request.POST.get("From", ""), request.POST.get("CallSid", "")
    try:
        organisation = organisation_behind(request.POST.get("To", ""), line)
    except DatabaseError as error:
        return _handed_over(broken.of_nobody(error))
    if organisation is None:
        return _refused("No organisation has this number.", 404)
    try:
        caller = conversation.begin_inbound(organisation, line=line, sid=sid, account=account, now=clock.now())
    except Exception as error:
        return _handed_over(broken.of_caller(organisation, line, error))
    try:
        return _turned(caller.pk, step=0, heard=Answered(), sid=sid)
    except Exception as error:
        return _handed_over(broken.of_call(caller.pk, Answered(), error, clock.now()))


@csrf_exempt
@require_POST
def inbound_text(request: HttpRequest) -> HttpResponse:
    """Somebody sends a text to one of our numbers: stored, and answered at once with nothing; the work follows."""
    if not signatures.is_signed(request, account=_account_that_speaks(request)):
        return _refused("The signature does not fit: this request does not come from the carrier.", 403)
    organisation = organisation_behind(request.POST.get("To", ""), request.POST.get("From", ""))
    if organisation is None:
        return _refused("No organisation has this number.", 404)
    form = request.POST
    incoming.receive(
        organisation,
        sid=form.get("MessageSid", ""),
        line=form.get("From", ""),
        body=form.get("Body", ""),
        now=clock.now(),
    )
    return _xml(str(MessagingResponse()))


def _account_of(attempt: UUID, request: HttpRequest) -> str:
    """The account that an attempt went by; of an attempt that is gone, the one that says so itself."""
    try:
        went_by = Attempt.objects.filter(pk=attempt).values_list("account", flat=True).first()
    except DatabaseError:
        # Who is on the line is still to be put through to a person.
        went_by = None
    return went_by or _account_that_speaks(request)


def _account_that_speaks(request: HttpRequest) -> str:
    return accounts.named_by(request.POST.get("AccountSid", ""))


def _heard(what: str, form: QueryDict) -> Heard:
    """What the carrier tells, in our words."""
    match what:
        case "key":
            return Key(form.get("Digits", "")[:1])
        case "digits":
            return Keyed(form.get("Digits", "")[:30])
        case "dialled":
            return TalkOver(was_busy=form.get("DialCallStatus") == "busy")
        case "silence":
            return Silence()
        case "moved":
            return Moved()
        case _:
            return Answered()


def _turned(attempt: UUID, *, step: int, heard: Heard, sid: str) -> HttpResponse:
    """One turn; what the database took back, as in a deadlock, is done once more: nobody loses their key by it."""
    try:
        answering, prompt = conversation.turn(attempt, step=step, heard=heard, sid=sid, now=clock.now())
    except DatabaseError as error:
        log.warning("A turn is done once more: %s.", type(error).__name__)
        close_old_connections()
        answering, prompt = conversation.turn(attempt, step=step, heard=heard, sid=sid, now=clock.now())
    return _asked(answering, prompt)


def _handed_over(over: broken.Handover) -> HttpResponse:
    """The static answer to a live caller; where we know nothing at all, that of the fallback address."""
    if not over.is_known and settings.RONDJE_FALLBACK_URL:
        return _xml(twiml.elsewhere(settings.RONDJE_FALLBACK_URL))
    return _xml(twiml.handed_over(over.text, line=over.line, otherwise=over.otherwise, language=over.language))


def _asked(answering: Attempt, prompt: Prompt) -> HttpResponse:
    """What is said next on this line, with the organisation's own recordings where it has them."""
    return _xml(
        twiml.render(
            prompt,
            attempt=str(answering.pk),
            step=answering.step,
            language=answering.language,
            recorded=to_be_played(answering),
        )
    )


def _xml(body: str) -> HttpResponse:
    return HttpResponse(body, content_type="text/xml")


def _refused(reason: str, status: int) -> HttpResponse:
    log.warning("A request of the carrier was refused with status %s.", status)
    return HttpResponse(reason, status=status, content_type="text/plain; charset=utf-8")
