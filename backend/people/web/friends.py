"""What every desk asks of a caller: with which friends, on whose behalf, and what else."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backend.people import finding
from backend.people.models import Person
from backend.people.web.callers import on_behalf_of, who_may_ring


def question_of(decisive: Iterable[object], friends: Iterable[Person] = ()) -> str:
    """What an answer was about, in one short line that can be compared."""
    return " ".join(str(one) for one in (*decisive, "with", *sorted(friend.pk for friend in friends)))


def is_asked_by_script(request: HttpRequest) -> bool:
    """Whether only the answer is shown anew: it also says then what cannot be understood."""
    return "HX-Request" in request.headers


class FriendsForm(forms.Form):
    """Somebody with friends. `friends` are those who may be ticked, found by name or known from other times."""

    decisive: ClassVar[tuple[str, ...]]
    """The programme's own fields on which the answer depends."""

    friends = forms.ModelMultipleChoiceField(
        Person.objects.none(),
        label=_("Friends"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    friend = forms.CharField(
        label=_("Another friend: name or number"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    asked_by = forms.ChoiceField(label=_("Who rings?"), required=False)
    note = forms.CharField(
        label=_("Note for the crew"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(
        self, data: Any = None, *, person: Person, friends: list[Person], initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=initial)
        self.person = person
        ticked = self.fields["friends"]
        assert isinstance(ticked, forms.ModelMultipleChoiceField)
        self.offered = [*friends, *(one for one in self._named() if one not in friends)]
        ticked.queryset = Person.objects.filter(pk__in=[one.pk for one in self.offered])
        ticked.choices = [(one.pk, one.name) for one in self.offered]
        asked_by = self.fields["asked_by"]
        assert isinstance(asked_by, forms.ChoiceField)
        asked_by.choices = self.who_may_ring()

    def who_may_ring(self) -> list[tuple[str, str | Promise]]:
        """Who may be on the line, for a choice."""
        return who_may_ring(self.person)

    def others(self) -> "QuerySet[Person]":
        """Who may be a friend of theirs: whoever is known to the same organisation."""
        return Person.objects.filter(organisation=self.person.organisation_id).exclude(pk=self.person.pk)

    def _named(self) -> list[Person]:
        """Whoever the friend that was typed could be."""
        typed = str(self.data.get("friend", "")).strip() if self.is_bound else ""
        ticked = [key for key in self._ticked() if key.isascii() and key.isdigit() and len(key) < 19]
        others = self.others()
        return [*(finding.find(others, typed) if typed else []), *others.filter(pk__in=ticked)]

    def _ticked(self) -> list[str]:
        if not self.is_bound:
            return []
        values = self.data.getlist("friends") if hasattr(self.data, "getlist") else self.data.get("friends", [])
        return [str(one) for one in values]

    def clean(self) -> dict[str, Any]:
        """A friend who was typed is taken if there is only one of that name; several are shown to be ticked."""
        cleaned = super().clean() or {}
        typed, ticked = cleaned.get("friend", ""), list(cleaned.get("friends", []))
        if typed:
            found = finding.find(self.others(), typed)
            if not found:
                self.add_error("friend", _("Nobody is called so. Look at the spelling, or book them by themselves."))
            elif len(found) > 1 and not any(one in ticked for one in found):
                self.add_error("friend", _("Several people are called so. Tick the one who is meant."))
            elif len(found) == 1 and found[0] not in ticked:
                ticked.append(found[0])
        cleaned["friends"] = ticked
        return cleaned

    @property
    def question(self) -> str:
        """What was asked, as far as the answer depends on it: it is sent along with whatever the answer allows.

        Holds once the form is valid.
        """
        values = (self.cleaned_data[name] for name in self.decisive)
        return question_of((getattr(value, "pk", value) for value in values), self.cleaned_data["friends"])

    @property
    def is_as_answered(self) -> bool:
        """Whether the answer that was read out is the answer to what is ticked now."""
        return self.data.get("answered") == self.question

    @property
    def on_behalf_of(self) -> str:
        """The reference for whom the planner acts: the contact who rings, else the person."""
        return on_behalf_of(self.cleaned_data.get("asked_by", ""), self.person)
