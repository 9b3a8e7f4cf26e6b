"""A person's own page: what people call them, and the password."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import PasswordChangeForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters

from apexsite.kit.errors import InputError
from projects.models import ApiToken, Scope
from projects.services.accounts import account_rename

TOLD = "apex-token-told"
SCOPE_WORDS = {
    Scope.READ: "look at what you may look at",
    Scope.MAKE: "ask for variants, cuts and films",
    Scope.APPROVE: "approve and reject in your name",
    Scope.MANAGE: "manage people",
}


@sensitive_post_parameters()
@login_required
def account_page(request: HttpRequest) -> HttpResponse:
    """Show a person's account; change the name people see, or the password."""
    error, status = "", 200
    if request.method == "POST" and "first_name" in request.POST:
        try:
            account_rename(user=request.user, first_name=request.POST["first_name"])
        except InputError as err:
            error, status = err.message, err.http_status
        else:
            messages.success(request, "People see your new name now.")
            return redirect("account")
    elif request.method == "POST":
        form = PasswordChangeForm(request.user, request.POST)
        if form.is_valid():
            # Other browsers of this person are logged out; this one stays.
            update_session_auth_hash(request, form.save())
            messages.success(request, "The password is changed; other browsers are logged out.")
            return redirect("account")
        error = " ".join(message for found in form.errors.values() for message in found)
        status = 400
    return account_show(request, error=error, status=status)


def account_show(request: HttpRequest, *, error: str = "", status: int = 200) -> HttpResponse:
    """Show the account page; a token made a moment ago is told here, once."""
    context = {
        "error": error,
        "memberships": _memberships(request),
        "tokens": ApiToken.objects.filter(user=request.user, revoked_at=None),
        "scopes": [(value, SCOPE_WORDS[Scope(value)]) for value in Scope.values],
        "told": request.session.pop(TOLD, None),
        "now": timezone.now(),
        "here": "account",
    }
    answer = render(request, "projects/account.html", context, status=status)
    answer["Cache-Control"] = "no-store"
    return answer


def _memberships(request: HttpRequest) -> object:
    return request.user.memberships.select_related("project").order_by("project__name")
