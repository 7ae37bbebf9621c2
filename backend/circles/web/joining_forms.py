"""What is asked of somebody who joins a circle, and about their consent."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from backend.circles.domain.call_list.entries import ContactEntry, MemberEntry, PhoneEntry
from backend.people.domain.telephone import kind_of
from backend.people.web.agreeing import AgreementForm
from backend.people.web.fields import NAME_ERRORS, day_field, numbers_in


class JoinForm(forms.Form):
    """Who would like to take part. The first contact may have a key; more are added later."""

    given_name = forms.CharField(label=_("First name"), max_length=80, error_messages=NAME_ERRORS)
    family_name = forms.CharField(label=_("Family name"), max_length=120, error_messages=NAME_ERRORS)
    phone = forms.CharField(
        label=_("Telephone"), max_length=60, error_messages={"required": _("Give a telephone number.")}
    )
    address = forms.CharField(label=_("Street and number"), max_length=200, required=False)
    place = forms.CharField(label=_("Town"), max_length=80, required=False)
    ring_longer = forms.BooleanField(label=_("Needs time to reach the telephone"), required=False)
    contact_name = forms.CharField(label=_("Name of somebody near"), max_length=120, required=False)
    contact_phone = forms.CharField(label=_("Their telephone"), max_length=60, required=False)
    contact_has_key = forms.BooleanField(label=_("They have a key"), required=False)

    def clean_phone(self) -> list[str]:
        """The numbers in E.164."""
        return numbers_in(self.cleaned_data["phone"])

    def clean_contact_phone(self) -> list[str]:
        """The same, of the contact; may be empty."""
        written = self.cleaned_data["contact_phone"]
        return numbers_in(written) if written.strip() else []

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("contact_phone") and not cleaned.get("contact_name"):
            self.add_error("contact_name", _("Give the name that belongs to this number."))
        return cleaned

    def entry(self) -> MemberEntry:
        """As a call list would describe them. Only after `is_valid`."""
        asked = self.cleaned_data
        near = ContactEntry(
            name=asked["contact_name"],
            phone=next((_phone(line) for line in asked["contact_phone"]), None),
            has_key=asked["contact_has_key"] or None,
        )
        return MemberEntry(
            given_name=asked["given_name"],
            family_name=asked["family_name"],
            phones=tuple(_phone(line) for line in asked["phone"]),
            address=asked["address"],
            place=asked["place"],
            ring_longer=asked["ring_longer"],
            contacts=(near,) if asked["contact_name"] else (),
        )


def _phone(line: str) -> PhoneEntry:
    return PhoneEntry(e164=line, kind=kind_of(line), as_written=line)


class ConsentForm(AgreementForm):
    """That somebody agrees to take part."""

    agreed = forms.BooleanField(
        label=AgreementForm.base_fields["agreed"].label,
        error_messages={"required": _("Without consent nobody is rung.")},
    )


class PauseForm(forms.Form):
    """Until when a circle is paused."""

    until = day_field(_("Up to and including"), required=False, help_text=_("Leave it empty when nobody knows yet."))


class CloseForm(forms.Form):
    """Why a circle is closed."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        error_messages={"required": _("Give the reason for which the circle is closed.")},
    )
