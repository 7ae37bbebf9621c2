"""The routes of the REST API: Basic auth, faults on command, calls and texts."""

from __future__ import annotations

import asyncio
import base64
import binascii
from collections.abc import Awaitable, Callable

from aiohttp import web

from simulator.calls.carrier import CallRequest
from simulator.calls.legs import Leg
from simulator.errors import CarrierError
from simulator.faults import RestFailure
from simulator.messages import Message
from simulator.numbers import is_alphanumeric_sender, is_telephone_number
from simulator.rest.forms import Form
from simulator.rest.shapes import call_json, in_period, message_json, page_json
from simulator.world import World

LONGEST_SILENCE = 60.0
"""Real seconds after which even a request that is never answered is let go."""
LONGEST_BODY = 1600
EARLY_CALLBACK = 3.0
"""Real seconds that an answer waits for a callback which is to outrun it."""
CREATES = frozenset({"Calls.json", "Messages.json"})

CALL_PARAMETERS = frozenset(
    {
        "To", "From", "Url", "Twiml", "Method", "FallbackUrl", "FallbackMethod", "StatusCallback",
        "StatusCallbackEvent", "StatusCallbackMethod", "Timeout", "TimeLimit",
    }
)  # fmt: skip
UPDATE_PARAMETERS = frozenset(
    {
        "Url",
        "Twiml",
        "Method",
        "Status",
        "FallbackUrl",
        "FallbackMethod",
        "StatusCallback",
        "StatusCallbackMethod",
    }
)
MESSAGE_PARAMETERS = frozenset({"To", "From", "Body", "StatusCallback"})

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class RestApi:
    """The carrier as the SDK sees it."""

    def __init__(self, world: World) -> None:
        self._world = world

    def application(self) -> web.Application:
        """The sub-application under /2010-04-01."""
        app = web.Application(middlewares=[self._errors, self._account, self._faults])
        root = "/Accounts/{account}"
        app.router.add_post(f"{root}/Calls.json", self._create_call)
        app.router.add_get(f"{root}/Calls.json", self._list_calls)
        app.router.add_get(f"{root}/Calls/{{sid}}.json", self._show_call)
        app.router.add_post(f"{root}/Calls/{{sid}}.json", self._update_call)
        app.router.add_post(f"{root}/Messages.json", self._create_message)
        app.router.add_get(f"{root}/Messages.json", self._list_messages)
        app.router.add_get(f"{root}/Messages/{{sid}}.json", self._show_message)
        app.router.add_route("*", "/{rest:.*}", self._nothing_here)
        return app

    @web.middleware
    async def _errors(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            return await handler(request)
        except CarrierError as error:
            self._world.journal.write(
                "refused", path=request.path, code=error.code, status=error.status, text=error.message
            )
            return web.json_response(error.as_json(), status=error.status)
        except web.HTTPMethodNotAllowed:
            refused = CarrierError(20004, "Method not allowed", 405)
            return web.json_response(refused.as_json(), status=405)

    @web.middleware
    async def _account(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        settings = self._world.settings
        if _basic_credentials(request) != (settings.account_sid, settings.auth_token):
            raise CarrierError(20003, "Authenticate", 401)
        if request.match_info.get("account", settings.account_sid) != settings.account_sid:
            raise self._not_found(request)
        return await handler(request)

    @web.middleware
    async def _faults(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        faults = self._world.faults
        if faults.outage_ends() is not None:
            raise CarrierError(20503, "Service unavailable", 503)
        if request.method != "POST" or request.path.rsplit("/", 1)[-1] not in CREATES:
            return await handler(request)
        failure = faults.take_failure()
        if failure is not None and not failure.after_acceptance:
            raise _refusal(failure)
        response = await handler(request)
        if failure is not None:
            raise _refusal(failure)
        if faults.take_hang():
            await asyncio.sleep(LONGEST_SILENCE)
        return response

    async def _nothing_here(self, request: web.Request) -> web.StreamResponse:
        raise self._not_found(request)

    def _not_found(self, request: web.Request) -> CarrierError:
        return CarrierError(20404, f"The requested resource {request.path} was not found", 404)

    async def _form(self, request: web.Request) -> Form:
        values = await request.post()
        if any(not isinstance(value, str) for value in values.values()):
            raise CarrierError(20001, "Files are not accepted.")
        return Form(values, self._world.webhooks)  # type: ignore[arg-type]  # all values are text, see above

    async def _create_call(self, request: web.Request) -> web.StreamResponse:
        world = self._world
        form = await self._form(request)
        form.only(CALL_PARAMETERS)
        to = form.required("To", 21201, "No 'To' number is specified")
        sender = form.required("From", 21213, "No 'From' number is specified")
        if not is_telephone_number(to):
            raise CarrierError(21211, f"The 'To' number {to} is not a valid phone number.")
        if not is_telephone_number(sender):
            raise CarrierError(21212, f"The 'From' number {sender} is not a valid phone number.")
        if world.numbers and sender not in world.numbers:
            raise CarrierError(21210, f"The source phone number provided, {sender}, is not yet verified.")
        source = form.script()
        if source is None:
            raise CarrierError(21205, "Url parameter is required.")
        callback = form.call_callback()
        leg = world.calls.place(
            CallRequest(
                sender=sender,
                to=to,
                source=source,
                fallback=form.fallback(),
                callback=callback,
                timeout=form.seconds("Timeout", 60, 600),
                time_limit=form.seconds("TimeLimit", 14_400, 86_400),
            )
        )
        world.accept(leg.sid, "call", to, callback.url if callback else None)
        accepted = call_json(leg)
        if callback is not None and world.faults.callbacks.before_rest_answer:
            await self._let_callback_go_first(leg)
        return web.json_response(accepted, status=201)

    async def _let_callback_go_first(self, leg: Leg) -> None:
        try:
            await asyncio.wait_for(self._world.progress.first_gone(leg.sid), EARLY_CALLBACK)
        except TimeoutError:
            self._world.journal.write(
                "error", call_sid=leg.sid, text="No callback could outrun the answer to this call."
            )

    async def _list_calls(self, request: web.Request) -> web.StreamResponse:
        query = request.query
        found = [
            call_json(leg)
            for leg in reversed(self._world.switchboard.legs.values())
            if query.get("To", leg.to) == leg.to
            and query.get("From", leg.sender) == leg.sender
            and query.get("Status", leg.status) == leg.status
            and query.get("ParentCallSid", leg.parent_sid) == leg.parent_sid
            and in_period(leg.started_at, query, "StartTime")
            and in_period(leg.ended_at, query, "EndTime")
        ]
        return web.json_response(page_json("calls", found, request.path, query))

    async def _show_call(self, request: web.Request) -> web.StreamResponse:
        return web.json_response(call_json(self._leg(request)))

    async def _update_call(self, request: web.Request) -> web.StreamResponse:
        leg = self._leg(request)
        form = await self._form(request)
        form.only(UPDATE_PARAMETERS)
        status = form.text("Status")
        source = form.script()
        if status is not None:
            if status not in {"canceled", "completed"}:
                raise CarrierError(21218, f"Status is 'canceled' or 'completed', not {status!r}.")
            self._world.calls.end(leg, status)
        elif source is not None:
            leg.fallback = form.fallback() or leg.fallback
            leg.callback = form.call_callback() or leg.callback
            self._world.calls.redirect(leg, source)
        else:
            raise CarrierError(20001, "Nothing to change: give Status, Url or Twiml.")
        return web.json_response(call_json(leg))

    async def _create_message(self, request: web.Request) -> web.StreamResponse:
        world = self._world
        form = await self._form(request)
        form.only(MESSAGE_PARAMETERS)
        to = form.required("To", 21604, "A 'To' phone number is required.")
        sender = form.required("From", 21603, "A 'From' phone number is required.")
        body = form.required("Body", 21602, "Message body is required.")
        if not is_telephone_number(to):
            raise CarrierError(21211, f"Invalid 'To' Phone Number: {to}")
        if not is_telephone_number(sender) and not is_alphanumeric_sender(sender):
            raise CarrierError(21212, f"Invalid 'From' Phone Number: {sender}")
        if world.numbers and is_telephone_number(sender) and sender not in world.numbers:
            raise CarrierError(21606, f"The 'From' phone number {sender} is not one of this account.")
        if len(body) > LONGEST_BODY:
            raise CarrierError(21617, f"The message body exceeds the {LONGEST_BODY} character limit.")
        callback = form.call_callback()
        message = world.messages.send(sender, to, body, callback)
        world.accept(message.sid, "text", to, callback.url if callback else None)
        return web.json_response(message_json(message), status=201)

    async def _list_messages(self, request: web.Request) -> web.StreamResponse:
        query = request.query
        found = [
            message_json(message)
            for message in reversed(self._world.messages.messages.values())
            if query.get("To", message.to) == message.to
            and query.get("From", message.sender) == message.sender
            and in_period(message.sent_at, query, "DateSent")
        ]
        return web.json_response(page_json("messages", found, request.path, query))

    async def _show_message(self, request: web.Request) -> web.StreamResponse:
        message: Message | None = self._world.messages.messages.get(request.match_info["sid"])
        if message is None:
            raise self._not_found(request)
        return web.json_response(message_json(message))

    def _leg(self, request: web.Request) -> Leg:
        leg = self._world.switchboard.legs.get(request.match_info["sid"])
        if leg is None:
            raise self._not_found(request)
        return leg


def _basic_credentials(request: web.Request) -> tuple[str, str] | None:
    scheme, _, encoded = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        user, _, secret = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return user, secret


def _refusal(failure: RestFailure) -> CarrierError:
    if failure.status == 429:
        return CarrierError(20429, "Too Many Requests", 429)
    return CarrierError(
        20500 if failure.status == 500 else 20503, "An internal server error has occurred", failure.status
    )
