"""Connections with other systems: a coordinator gives one a token, and takes it back."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from backend.common import actors
from backend.common.asking import Question, ask_first
from backend.people import doors
from backend.people.models import Integration, Organisation, Role, User
from backend.people.services import integrations

COORDINATOR = Role.Kind.COORDINATOR


class IntegrationForm(forms.Form):
    """What a new connection is called and may do."""

    organisation = forms.ModelChoiceField(
        queryset=Organisation.objects.none(), label=gettext_lazy("Organisation"), empty_label=None
    )
    name = forms.CharField(
        label=gettext_lazy("What is it called?"),
        max_length=integrations.LONGEST_NAME,
        help_text=gettext_lazy("So that you will know it again: the name of the other system, for example."),
    )
    may_write = forms.BooleanField(
        label=gettext_lazy("It may also report absences, sign people up and put volunteers on duty"), required=False
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


@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: HttpRequest, prefix: str) -> HttpResponse:
    """Close a connection for good, after asking."""
    assert isinstance(request.user, User)
    rows = doors.visible(request.user, Integration.objects.all(), COORDINATOR)
    connection = doors.only(rows.filter(prefix=prefix))
    if request.method == "POST":
        integrations.revoke(connection, actor=actors.user(request.user.pk))
        return redirect("connections")
    question = Question(
        title=_("Close the connection %(name)s?") % {"name": connection.name},
        happens=[
            _("From now on its token opens nothing: the other system can neither ask nor report."),
            _("It cannot be opened again. A new connection gets another token, to be set in the other system."),
        ],
        yes=_("Yes, close the connection"),
        no=_("No, nothing changes"),
        place=_("Connections"),
        back=reverse("connections"),
    )
    return ask_first(request, question)


def _show(request: HttpRequest, form: IntegrationForm, *, status: int = 200, **new: object) -> HttpResponse:
    assert isinstance(request.user, User)
    rows = doors.visible(request.user, Integration.objects.select_related("organisation"), COORDINATOR)
    facts = {"form": form, "connections": rows.order_by("revoked", "-created"), **new}
    return render(request, "web/connections.html", facts, status=status)
