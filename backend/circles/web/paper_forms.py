"""Addresses to which lists go."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from backend.people.models import Organisation, Person


class MailboxesForm(forms.Form):
    """One address for each person who has duties in a circle, and one for the organisation."""

    def __init__(self, *args: Any, people: list[Person], organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._owners: dict[str, Person | Organisation] = {f"person-{one.pk}": one for one in people}
        self._owners["organisation"] = organisation
        for name, owner in self._owners.items():
            label = _("The organisation, every list") if isinstance(owner, Organisation) else owner.name
            self.fields[name] = forms.EmailField(
                label=label,
                required=False,
                initial=owner.email,
                error_messages={"invalid": _("This is not an e-mail address. Give one such as name@organisation.nl.")},
            )

    def chosen(self) -> list[tuple[Person | Organisation, str]]:
        """Everybody with the address given for them. Only after `is_valid`."""
        return [(owner, self.cleaned_data[name]) for name, owner in self._owners.items()]
