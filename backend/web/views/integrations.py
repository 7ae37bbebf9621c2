"""Connections with other systems: a coordinator gives one a token, and takes it back."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from backend.common import actors
from backend.people import doors
from backend.people.models import Integration, Organisation, Role, User
from backend.people.services import integrations

COORDINATOR = Role.Kind.COORDINATOR


class IntegrationForm(forms.Form):
    """What a new connection is called and may do."""

    organisation = forms.ModelChoiceField(
        queryset=Organisation.objects.none(), label=_("Organisation"), empty_label=None
    )
    name = forms.CharField(
        label=_("What is it called?"),
        max_length=integrations.LONGEST_NAME,
        help_text=_("So that you will know it again: the name of the other system, for example."),
    )
    may_write = forms.BooleanField(
        label=_("It may also report absences, sign people up and put volunteers on duty"), required=False
    )

    def __init__(self, *args: object, user: User, **more: object) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type]
        organisation = self.fields["organisation"]
        assert isinstance(organisation, forms.ModelChoiceField)
        organisation.queryset = doors.organisations_of(user, COORDINATOR)


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_variables("token")
def connections(request: HttpRequest) -> HttpResponse:
    """The connections there are; and a new one, whose token is shown this once."""
    assert isinstance(request.user, User)
    doors.require_somewhere(request.user, COORDINATOR)
    if request.method != "POST":
        return _show(request, IntegrationForm(user=request.user))
    form = IntegrationForm(request.POST, user=request.user)
    if not form.is_valid():
        return _show(request, form, status=422)
    made, token = integrations.admit(**form.cleaned_data, actor=actors.user(request.user.pk))
    return _show(request, IntegrationForm(user=request.user), made=made, token=token)


@require_POST
def revoke(request: HttpRequest, prefix: str) -> HttpResponse:
    """Close a connection for good."""
    assert isinstance(request.user, User)
    rows = doors.visible(request.user, Integration.objects.all(), COORDINATOR)
    integrations.revoke(doors.only(rows.filter(prefix=prefix)), actor=actors.user(request.user.pk))
    return redirect("connections")


def _show(request: HttpRequest, form: IntegrationForm, *, status: int = 200, **new: object) -> HttpResponse:
    assert isinstance(request.user, User)
    rows = doors.visible(request.user, Integration.objects.select_related("organisation"), COORDINATOR)
    facts = {"form": form, "connections": rows.order_by("revoked", "-created"), **new}
    return render(request, "web/connections.html", facts, status=status)
