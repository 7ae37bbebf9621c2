"""What the pages call the things that we hold."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backend.keeping.models import Erasure

HEADINGS: dict[str, Promise] = {
    "phonenumber": _("Telephone numbers"),
    "contact": _("People nearby"),
    "absence": _("Absences"),
    "sighting": _("When we knew that all was well"),
    "dutyshift": _("Duties"),
    "membership": _("Places in circles"),
    "seat": _("Mornings"),
    "round_volunteer": _("Mornings led"),
    "consent": _("Consents"),
    "incident_claimed_by_person": _("Cases taken"),
    "cases": _("Cases"),
    "outcomes": _("How cases ended"),
    "timeline": _("What happened in cases"),
    "messages": _("Messages"),
    "calls": _("Calls and texts"),
    "texts": _("Texts to us"),
    "events": _("What was done"),
}

FIELDS: dict[str, Promise] = {
    "title": _("Title"),
    "given_name": _("Given name"),
    "family_name": _("Family name"),
    "address": _("Address"),
    "postcode": _("Postcode"),
    "place": _("Place"),
    "email": _("E-mail"),
    "language": _("Language"),
    "ring_longer": _("Needs time to reach the telephone"),
    "notes": _("Notes"),
    "e164": _("Number"),
    "line": _("Number"),
    "lines": _("Numbers"),
    "phone": _("Telephone"),
    "kind": _("Kind"),
    "name": _("Name"),
    "relation": _("Relation"),
    "has_key": _("Has a key"),
    "key_note": _("Where the key is"),
    "first_day": _("First day away"),
    "last_day": _("Last day away"),
    "reason": _("Reason"),
    "reported_by": _("Reported by"),
    "channel": _("By which way"),
    "at": _("When"),
    "recorded_at": _("Written down"),
    "occurred_at": _("Happened"),
    "created_at": _("Made"),
    "received_at": _("Received"),
    "opened_at": _("Opened"),
    "closed_at": _("Closed"),
    "answered_at": _("Answered"),
    "ended_at": _("Ended"),
    "state": _("State"),
    "status": _("State"),
    "standing": _("Standing"),
    "how": _("How we know"),
    "outcome": _("How it ended"),
    "what": _("What"),
    "actor": _("By whom"),
    "body": _("Words"),
    "way": _("By which way"),
    "source": _("How we know"),
}

ASKED_BY: dict[str, Promise] = {
    Erasure.AskedBy.THEMSELVES: _("The person themselves"),
    Erasure.AskedBy.FAMILY: _("Family"),
    Erasure.AskedBy.CARER: _("A carer or doctor"),
    Erasure.AskedBy.HEIRS: _("Heirs"),
    Erasure.AskedBy.ORGANISATION: _("Our own organisation"),
}

PERIODS: dict[str, Promise] = {
    "calls": _("Calls and texts that we made"),
    "texts": _("Texts that people sent us"),
    "links": _("Links in texts"),
    "sightings": _("When we knew that all was well"),
    "absences": _("Absences"),
    "cases": _("Cases, mornings and what was done"),
}

PURGED: dict[str, Promise] = {
    "legs": _("Calls of mornings"),
    "numbers in mornings": _("Numbers in mornings"),
    "messages": _("Calls and texts that we made"),
    "calls to us": _("Calls to us"),
    "deliveries": _("The machine's own notes"),
    "texts to us": _("Texts that people sent us"),
    "inbox": _("What lay in the inbox"),
    "links": _("Links in texts"),
    "sightings": _("When we knew that all was well"),
    "absences": _("Absences"),
    "links to duties": _("Links to duties"),
    "duties of one day": _("Duties of one day"),
    "swapped duties": _("Swapped duties"),
    "lists on paper": _("Lists on paper"),
    "mornings": _("Mornings"),
    "cases": _("Cases"),
    "events": _("What was done"),
}
