"""Texts: accepted, delivered or not, received, answered; STOP and START per pair of numbers."""

from __future__ import annotations

import math
import secrets
from dataclasses import dataclass, field
from typing import Literal, Protocol

from simulator.calls.carrier import OwnNumber
from simulator.calls.legs import CallbackTarget
from simulator.calls.progress import API_VERSION
from simulator.clock import Clock
from simulator.courier import Courier
from simulator.errors import CarrierError, ScriptError
from simulator.faults import Faults
from simulator.journal import Journal
from simulator.numbers import is_dutch_landline
from simulator.twiml import parse_replies
from simulator.webhooks import Webhooks

STOP_WORDS = frozenset({"STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT"})
START_WORDS = frozenset({"START", "UNSTOP"})
SENT_AFTER = 1.0
DELIVERED_AFTER = 3.0
"""Scenario seconds from acceptance."""
UNREACHABLE = 30003

Direction = Literal["outbound-api", "outbound-reply", "inbound"]
GSM_EXTRA = "@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà€\n\r"


@dataclass(eq=False)
class Message:
    """One text. Times are scenario time, unix seconds."""

    account_sid: str
    sender: str
    to: str
    body: str
    direction: Direction
    created_at: float
    callback: CallbackTarget | None = None
    sid: str = field(default_factory=lambda: "SM" + secrets.token_hex(16))
    status: str = "queued"
    updated_at: float = 0.0
    sent_at: float | None = None
    error_code: int | None = None

    @property
    def segments(self) -> int:
        """Into how many parts the text is cut: 160/153 characters in GSM 7 bit, else 70/67."""
        plain = all(character.isascii() or character in GSM_EXTRA for character in self.body)
        alone, chained = (160, 153) if plain else (70, 67)
        return 1 if len(self.body) <= alone else math.ceil(len(self.body) / chained)


class Recipients(Protocol):
    """Whoever may receive a text."""

    def receive_text(self, number: str, sender: str, body: str) -> bool:
        """Hand a text to the phone; False when nobody has the number."""


class MessageDesk:
    """All texts of the account."""

    def __init__(
        self,
        *,
        clock: Clock,
        journal: Journal,
        webhooks: Webhooks,
        courier: Courier,
        faults: Faults,
        recipients: Recipients,
        account_sid: str,
    ) -> None:
        self._clock = clock
        self._journal = journal
        self._webhooks = webhooks
        self._courier = courier
        self._faults = faults
        self._recipients = recipients
        self._account_sid = account_sid
        self._stopped: set[tuple[str, str]] = set()
        self.messages: dict[str, Message] = {}

    def clear(self) -> None:
        """Forget all texts and opt-outs."""
        self.messages.clear()
        self._stopped.clear()

    def send(self, sender: str, to: str, body: str, callback: CallbackTarget | None) -> Message:
        """Accept a text. Raises CarrierError: 21614 to a landline, 21610 after STOP."""
        if is_dutch_landline(to):
            raise CarrierError(21614, "'To' number is not a valid mobile number")
        if (to, sender) in self._stopped:
            raise CarrierError(21610, "Attempt to send to unsubscribed recipient")
        return self._accept(sender, to, body, "outbound-api", callback)

    def receive(self, sender: str, own: OwnNumber, body: str) -> Message:
        """A resident's text to one of the account's numbers; announced at `sms_url`."""
        message = self._new(sender, own.number, body, "inbound", None)
        message.status = "received"
        self._keep_stop(sender, own.number, body)
        self._clock.spawn(self._announce(message, own), f"inbound text {message.sid}")
        return message

    def _keep_stop(self, sender: str, own: str, body: str) -> None:
        word = body.strip().upper()
        if word in STOP_WORDS:
            self._stopped.add((sender, own))
        elif word in START_WORDS:
            self._stopped.discard((sender, own))

    def _accept(
        self, sender: str, to: str, body: str, direction: Direction, callback: CallbackTarget | None
    ) -> Message:
        message = self._new(sender, to, body, direction, callback)
        self._clock.spawn(self._deliver(message), f"text {message.sid}")
        return message

    def _new(self, sender: str, to: str, body: str, direction: Direction, callback: CallbackTarget | None) -> Message:
        now = self._clock.now()
        message = Message(self._account_sid, sender, to, body, direction, now, callback, updated_at=now)
        self.messages[message.sid] = message
        return message

    async def _deliver(self, message: Message) -> None:
        self._change(message, "queued")
        await self._clock.wait(until=message.created_at + SENT_AFTER)
        while (outage_ends := self._faults.outage_ends()) is not None:
            await self._clock.wait(until=outage_ends)
        message.sent_at = self._clock.now()
        self._change(message, "sent")
        await self._clock.wait(until=message.created_at + DELIVERED_AFTER)
        if self._recipients.receive_text(message.to, message.sender, message.body):
            self._change(message, "delivered")
        else:
            message.error_code = UNREACHABLE
            self._change(message, "undelivered")

    def _change(self, message: Message, status: str) -> None:
        message.status = status
        message.updated_at = self._clock.now()
        target = message.callback
        if target is None:
            return
        form = {
            "MessageSid": message.sid,
            "SmsSid": message.sid,
            "AccountSid": message.account_sid,
            "From": message.sender,
            "To": message.to,
            "MessageStatus": status,
            "SmsStatus": status,
            "ApiVersion": API_VERSION,
        }
        if message.error_code is not None:
            form["ErrorCode"] = str(message.error_code)
        self._clock.spawn(self._courier.deliver(status, target, form), f"text callback {message.sid}")

    async def _announce(self, message: Message, own: OwnNumber) -> None:
        if own.sms_url is None:
            return
        form = {
            "MessageSid": message.sid,
            "SmsSid": message.sid,
            "SmsMessageSid": message.sid,
            "SmsStatus": "received",
            "AccountSid": message.account_sid,
            "From": message.sender,
            "To": message.to,
            "Body": message.body,
            "NumMedia": "0",
            "NumSegments": str(message.segments),
            "ApiVersion": API_VERSION,
        }
        try:
            replies = parse_replies(await self._webhooks.fetch_twiml("POST", own.sms_url, form))
        except ScriptError as error:
            self._journal.write("error", number=message.sender, code=error.code, text=error.message)
            return
        for reply in replies:
            self._reply(message, reply)

    def _reply(self, message: Message, body: str) -> None:
        if (message.sender, message.to) in self._stopped:
            self._journal.write("refused", number=message.sender, code=21610, text="reply after STOP")
        elif is_dutch_landline(message.sender):
            self._journal.write("refused", number=message.sender, code=21614, text="reply to a landline")
        else:
            self._accept(message.to, message.sender, body, "outbound-reply", None)
