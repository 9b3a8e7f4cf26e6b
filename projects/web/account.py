"""A person's own page: what people call them, and the password."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import PasswordChangeForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters

from apexsite.kit.errors import InputError
from projects.services.accounts import account_rename


@sensitive_post_parameters()
@login_required
def account_page(request: HttpRequest) -> HttpResponse:
    """Show a person's account; change the name people see, or the password."""
    form = PasswordChangeForm(request.user)
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
    context = {"error": error, "memberships": _memberships(request), "here": "account"}
    return render(request, "projects/account.html", context, status=status)


def _memberships(request: HttpRequest) -> object:
    return request.user.memberships.select_related("project").order_by("project__name")
