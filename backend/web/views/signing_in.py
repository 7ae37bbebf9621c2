"""Staff come in by name and password, and go."""

from django.contrib import auth
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from backend.common.visitors import address_of
from backend.web import sign_in_trials


@login_not_required
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for name and password; after too many failures, for patience."""
    onward = _onward(request)
    if request.user.is_authenticated:
        return redirect(onward)
    if request.method != "POST":
        return _ask(request, AuthenticationForm(request), onward)
    username, address = request.POST.get("username", ""), address_of(request)
    if sign_in_trials.too_many(username, address):
        facts = {"form": AuthenticationForm(request), "next": onward, "too_many": True}
        return render(request, "web/sign_in.html", facts, status=429)
    form = AuthenticationForm(request, data=request.POST)
    if not form.is_valid():
        sign_in_trials.failed(username, address)
        return _ask(request, form, onward, status=422)
    auth.login(request, form.get_user())
    return redirect(onward)


@login_not_required
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Go; whoever sits down here next sees nothing."""
    auth.logout(request)
    return redirect("sign-in")


def _ask(request: HttpRequest, form: AuthenticationForm, onward: str, status: int = 200) -> HttpResponse:
    return render(request, "web/sign_in.html", {"form": form, "next": onward}, status=status)


def _onward(request: HttpRequest) -> str:
    """The page that was asked for, if it is one of ours."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return asked if ours else "today"
