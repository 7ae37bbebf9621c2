"""The Calls resource."""

from __future__ import annotations

from aiohttp import web

from simulator.calls.carrier import CallRequest
from simulator.calls.legs import STATUSES, Leg
from simulator.errors import CarrierError
from simulator.messages import NOT_YET_FINAL
from simulator.numbers import is_telephone_number
from simulator.rest.forms import Form
from simulator.rest.lists import in_period, page_json
from simulator.rest.resource import Resource, account_of
from simulator.rest.shapes import call_json

CREATE_PARAMETERS = frozenset(
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


class Calls(Resource):
    """Create, list, fetch, update, delete."""

    def add_routes(self, router: web.UrlDispatcher, root: str) -> None:
        """Serve the resource under the account's root."""
        router.add_post(f"{root}/Calls.json", self._create)
        router.add_get(f"{root}/Calls.json", self._list)
        router.add_get(f"{root}/Calls/{{sid}}.json", self._show)
        router.add_post(f"{root}/Calls/{{sid}}.json", self._update)
        router.add_delete(f"{root}/Calls/{{sid}}.json", self._delete)

    async def _create(self, request: web.Request) -> web.StreamResponse:
        account = account_of(request)
        form = await self._form(request)
        form.only(CREATE_PARAMETERS)
        to = form.required("To", 21201, "No 'To' number is specified")
        sender = form.required("From", 21213, "No 'From' number is specified")
        if not is_telephone_number(to):
            raise CarrierError(21211, f"The 'To' number {to} is not a valid phone number.")
        if not is_telephone_number(sender):
            raise CarrierError(21212, f"The 'From' number {sender} is not a valid phone number.")
        if not self._is_own(account, sender):
            raise CarrierError(21210, f"The source phone number provided, {sender}, is not yet verified.")
        if not account.limits.permits(to):
            raise CarrierError(
                21215,
                f"Account not authorized to call {to}. Perhaps you need to enable some international permissions.",
            )
        leg = self._world.calls.place(account, self._call_request(form, sender, to))
        return await self._accepted("call", leg, leg.callback, call_json(leg), account)

    def _call_request(self, form: Form, sender: str, to: str) -> CallRequest:
        source = form.script()
        if source is None:
            raise CarrierError(21205, "Url parameter is required.")
        return CallRequest(
            sender=sender,
            to=to,
            source=source,
            fallback=form.fallback(),
            callback=form.call_callback(),
            timeout=form.seconds("Timeout", 60, 600),
            time_limit=form.seconds("TimeLimit", 14_400, 86_400),
        )

    async def _list(self, request: web.Request) -> web.StreamResponse:
        query = request.query
        if query.get("Status", "queued") not in STATUSES:
            raise CarrierError(20001, f"'Status' is not one of a call: {query['Status']!r}.")
        found = [
            leg
            for leg in self._newest_first(self._legs, request)
            if query.get("Status", leg.status) == leg.status
            and query.get("ParentCallSid", leg.parent_sid) == leg.parent_sid
            and in_period(leg.started_at, query, "StartTime")
            and in_period(leg.ended_at, query, "EndTime")
        ]
        return web.json_response(page_json("calls", found, call_json, request.path, query))

    async def _show(self, request: web.Request) -> web.StreamResponse:
        return web.json_response(call_json(self._own(self._legs, request)))

    async def _update(self, request: web.Request) -> web.StreamResponse:
        leg = self._own(self._legs, request)
        form = await self._form(request)
        form.only(UPDATE_PARAMETERS)
        status = form.text("Status")
        source = form.script()
        if status is not None:
            if status not in {"canceled", "completed"}:
                raise CarrierError(20001, f"Status is 'canceled' or 'completed', not {status!r}.")
            self._world.calls.end(leg, status)
        elif source is not None:
            leg.fallback = form.fallback() or leg.fallback
            leg.callback = form.call_callback() or leg.callback
            self._world.calls.redirect(leg, source)
        else:
            raise CarrierError(20001, "Nothing to change: give Status, Url or Twiml.")
        return web.json_response(call_json(leg))

    async def _delete(self, request: web.Request) -> web.StreamResponse:
        leg = self._own(self._legs, request)
        if not leg.ended:
            raise CarrierError(NOT_YET_FINAL, "Cannot delete this resource before it is complete", 409)
        del self._legs[leg.sid]
        return web.Response(status=204)

    @property
    def _legs(self) -> dict[str, Leg]:
        return self._world.switchboard.legs
