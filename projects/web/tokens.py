"""A person's API tokens, on their account page: made, told once, revoked."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from apexsite.kit.errors import ApexError, InputError, NotFound
from projects.models import ApiToken
from projects.services.tokens import token_create, token_revoke
from projects.web.account import TOLD, account_show


@require_POST
@login_required
def token_new(request: HttpRequest) -> HttpResponse:
    """Make a token; its secret is shown once on the page that follows."""
    try:
        token, secret = token_create(
            user=request.user,
            name=request.POST.get("name", ""),
            scopes=request.POST.getlist("scope"),
            days=_days(request.POST.get("days", "")),
        )
    except ApexError as err:
        return account_show(request, error=err.message, status=err.http_status)
    request.session[TOLD] = {"name": token.name, "secret": secret}
    return redirect("account")


def _days(text: str) -> int:
    if not (text.isdecimal() and len(text) <= 4):
        raise InputError(f"days={text[:20]!r} must be a whole number")
    return int(text)


@require_POST
@login_required
def token_end(request: HttpRequest, token_id: UUID) -> HttpResponse:
    """Revoke one of one's own tokens."""
    token = ApiToken.objects.filter(pk=token_id, user=request.user).first()
    if token is None:
        raise NotFound("there is no such token of yours")
    token_revoke(user=request.user, token=token)
    messages.info(request, f"{token.name} can no longer get in.")
    return redirect("account")
