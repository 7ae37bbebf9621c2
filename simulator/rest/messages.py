"""The Messages resource."""

from __future__ import annotations

from aiohttp import web

from simulator.errors import CarrierError
from simulator.numbers import is_alphanumeric_sender, is_telephone_number
from simulator.rest.lists import in_period, page_json
from simulator.rest.resource import Resource, account_of
from simulator.rest.shapes import message_json

LONGEST_BODY = 1600
CREATE_PARAMETERS = frozenset({"To", "From", "Body", "StatusCallback"})
UPDATE_PARAMETERS = frozenset({"Body"})


class Messages(Resource):
    """Create, list, fetch, redact, delete."""

    def add_routes(self, router: web.UrlDispatcher, root: str) -> None:
        """Serve the resource under the account's root."""
        router.add_post(f"{root}/Messages.json", self._create)
        router.add_get(f"{root}/Messages.json", self._list)
        router.add_get(f"{root}/Messages/{{sid}}.json", self._show)
        router.add_post(f"{root}/Messages/{{sid}}.json", self._update)
        router.add_delete(f"{root}/Messages/{{sid}}.json", self._delete)

    async def _create(self, request: web.Request) -> web.StreamResponse:
        account = account_of(request)
        form = await self._form(request)
        form.only(CREATE_PARAMETERS)
        to = form.required("To", 21604, "A 'To' phone number is required.")
        sender = form.required("From", 21603, "A 'From' phone number is required.")
        body = form.required("Body", 21602, "Message body is required.")
        if not is_telephone_number(to):
            raise CarrierError(21211, f"Invalid 'To' Phone Number: {to}")
        if not is_telephone_number(sender) and not is_alphanumeric_sender(sender):
            raise CarrierError(21212, f"Invalid 'From' Phone Number: {sender}")
        if is_telephone_number(sender) and not self._is_own(account, sender):
            raise CarrierError(21606, f"The 'From' phone number {sender} is not one of this account.")
        if not account.limits.permits(to):
            raise CarrierError(21408, f"Permission to send an SMS has not been enabled for the region of {to}.")
        if len(body) > LONGEST_BODY:
            raise CarrierError(21617, f"The concatenated message body exceeds the {LONGEST_BODY} character limit.")
        callback = form.text_callback()
        message = self._world.messages.send(account, sender, to, body, callback)
        return await self._accepted("text", message, callback, message_json(message), account)

    async def _list(self, request: web.Request) -> web.StreamResponse:
        query = request.query
        found = [
            message
            for message in self._newest_first(self._world.messages.messages, request)
            if in_period(message.sent_at, query, "DateSent")
        ]
        return web.json_response(page_json("messages", found, message_json, request.path, query))

    async def _show(self, request: web.Request) -> web.StreamResponse:
        return web.json_response(message_json(self._own(self._world.messages.messages, request)))

    async def _update(self, request: web.Request) -> web.StreamResponse:
        message = self._own(self._world.messages.messages, request)
        form = await self._form(request)
        form.only(UPDATE_PARAMETERS)
        if form.text("Body") is not None:
            raise CarrierError(20001, "The body of a message can be emptied, not changed.")
        self._world.messages.redact(message)
        return web.json_response(message_json(message))

    async def _delete(self, request: web.Request) -> web.StreamResponse:
        self._world.messages.delete(self._own(self._world.messages.messages, request))
        return web.Response(status=204)
