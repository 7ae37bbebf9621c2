"""Texts: accepted, delivered or not, received, answered; STOP and START per pair of numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from simulator.accounts import Account, OwnNumber
from simulator.calls.legs import CallbackTarget
from simulator.calls.progress import API_VERSION
from simulator.clock import Clock
from simulator.courier import Courier, Letter
from simulator.errors import CarrierError, ScriptError
from simulator.faults import Faults
from simulator.journal import Journal
from simulator.numbers import is_dutch_landline
from simulator.segments import as_sent, segments
from simulator.sids import Sids
from simulator.twiml import parse_replies
from simulator.webhooks import Webhooks

Keyword = Literal["STOP", "START", "HELP"]
KEYWORDS: dict[str, Keyword] = {
    **dict.fromkeys(("STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT"), "STOP"),
    **dict.fromkeys(("START", "YES", "UNSTOP"), "START"),
    **dict.fromkeys(("HELP", "INFO"), "HELP"),
}
"""Only a text that is nothing but such a word counts (source: Twilio, "Support for opt-out keywords")."""
SENT_AFTER = 1.0
DELIVERED_AFTER = 3.0
"""Scenario seconds from acceptance."""
UNREACHABLE = 30003
FINAL = frozenset({"delivered", "undelivered", "failed", "received"})
NOT_YET_FINAL = 20009

Direction = Literal["outbound-api", "outbound-reply", "inbound"]


@dataclass(eq=False)
class Message:
    """One text. Times are scenario time, unix seconds."""

    sid: str
    account_sid: str
    sender: str
    to: str
    body: str
    direction: Direction
    created_at: float
    callback: CallbackTarget | None = None
    status: str = "queued"
    updated_at: float = 0.0
    sent_at: float | None = None
    error_code: int | None = None

    def __post_init__(self) -> None:
        self.segments = segments(self.body)

    @property
    def shown_sender(self) -> str:
        """What the recipient sees it come from."""
        return self.sender

    @property
    def facts(self) -> dict[str, str]:
        """The form values that every request about this text carries."""
        return {
            "MessageSid": self.sid,
            "SmsSid": self.sid,
            "AccountSid": self.account_sid,
            "From": self.sender,
            "To": self.to,
            "ApiVersion": API_VERSION,
        }


class Recipients(Protocol):
    """Whoever may receive a text."""

    def receive_text(self, number: str, sender: str, body: str) -> bool:
        """Hand a text to the phone; False when nobody has the number."""


class MessageDesk:
    """All texts of all accounts."""

    def __init__(
        self,
        *,
        clock: Clock,
        journal: Journal,
        webhooks: Webhooks,
        courier: Courier,
        faults: Faults,
        recipients: Recipients,
        sids: Sids,
    ) -> None:
        self._clock = clock
        self._journal = journal
        self._webhooks = webhooks
        self._courier = courier
        self._faults = faults
        self._recipients = recipients
        self._sids = sids
        self._stopped: set[tuple[str, str]] = set()
        self.messages: dict[str, Message] = {}

    def clear(self) -> None:
        """Forget all texts and opt-outs."""
        self.messages.clear()
        self._stopped.clear()

    def send(self, account: Account, sender: str, to: str, body: str, callback: CallbackTarget | None) -> Message:
        """Accept a text. Raises CarrierError: 21614 to a landline, 21610 after STOP."""
        if is_dutch_landline(to):
            raise CarrierError(21614, f"'To' number: {to}, is not a valid mobile number")
        if (to, sender) in self._stopped:
            raise CarrierError(21610, "Attempt to send to unsubscribed recipient")
        message = self._new(account.sid, sender, to, body, "outbound-api")
        message.callback = callback
        return self._accept(message)

    def delete(self, message: Message) -> None:
        """Forget a text. Raises CarrierError (20009) for one that is still on its way."""
        if message.status not in FINAL:
            raise CarrierError(NOT_YET_FINAL, "Cannot delete this resource before it is complete", 409)
        del self.messages[message.sid]

    def redact(self, message: Message) -> None:
        """Forget what a text said. Raises CarrierError (20009) for one that is still on its way."""
        if message.status not in FINAL:
            raise CarrierError(NOT_YET_FINAL, "Cannot redact this message before it is complete", 409)
        message.body = ""
        message.updated_at = self._clock.now()

    def receive(self, sender: str, account: Account, own: OwnNumber, body: str) -> None:
        """A resident's text to one of the account's numbers; announced at `sms_url`, a very long one as several."""
        messages = []
        for part in as_sent(body):
            message = self._new(account.sid, sender, own.number, part, "inbound")
            message.status = "received"
            messages.append(message)
        keyword = KEYWORDS.get(body.strip().upper())
        if keyword == "STOP":
            self._stopped.add((sender, own.number))
        elif keyword == "START":
            self._stopped.discard((sender, own.number))
        self._clock.spawn(self._announce(messages, own, keyword), f"inbound text {messages[0].sid}")

    def _accept(self, message: Message) -> Message:
        self._clock.spawn(self._deliver(message), f"text {message.sid}")
        return message

    def _new(self, account_sid: str, sender: str, to: str, body: str, direction: Direction) -> Message:
        now = self._clock.now()
        message = Message(self._sids.next("SM"), account_sid, sender, to, body, direction, now, updated_at=now)
        self.messages[message.sid] = message
        return message

    async def _deliver(self, message: Message) -> None:
        self._change(message, "queued")
        await self._clock.wait(until=message.created_at + SENT_AFTER)
        while (outage_ends := self._faults.outage_ends(message.account_sid)) is not None:
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
        form = message.facts | {"MessageStatus": status, "SmsStatus": status}
        if message.error_code is not None:
            form["ErrorCode"] = str(message.error_code)
        self._courier.post(Letter(message.sid, "text", status, target, form, last=status in FINAL))

    async def _announce(self, messages: Sequence[Message], own: OwnNumber, keyword: Keyword | None) -> None:
        if keyword is not None and (said := own.keyword_replies.get(keyword)):
            self._accept(self._new(messages[0].account_sid, own.number, messages[0].sender, said, "outbound-reply"))
        while (held_until := self._faults.held_until(messages[0].account_sid)) is not None:
            await self._clock.wait(until=held_until)
        for message in messages:
            form = message.facts | {
                "SmsMessageSid": message.sid,
                "SmsStatus": "received",
                "Body": message.body,
                "NumMedia": "0",
                "NumSegments": str(message.segments),
            }
            if keyword is not None:
                form["OptOutType"] = keyword
            for reply in await self._replies(message, own, form):
                self._reply(message, reply)

    async def _replies(self, message: Message, own: OwnNumber, form: dict[str, str]) -> Sequence[str]:
        """What the product answers to a text; asked at the fallback address when the first does not answer."""
        asked = form
        for url in filter(None, (own.sms_url, own.sms_fallback_url)):
            try:
                return parse_replies(await self._webhooks.fetch_twiml("POST", url, asked))
            except ScriptError as error:
                self._journal.write("error", number=message.sender, code=error.code, text=error.message)
                asked = form | {"ErrorCode": str(error.code), "ErrorUrl": url}
        return ()

    def _reply(self, message: Message, body: str) -> None:
        if (message.sender, message.to) in self._stopped:
            self._journal.write("refused", number=message.sender, code=21610, text="reply after STOP")
        elif is_dutch_landline(message.sender):
            self._journal.write("refused", number=message.sender, code=21614, text="reply to a landline")
        else:
            self._accept(self._new(message.account_sid, message.to, message.sender, body, "outbound-reply"))
