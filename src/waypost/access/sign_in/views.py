"""Signing in and out, a person's own account, and the library's pages where ours say more than theirs."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from allauth.account.views import LoginView, password_change
from allauth.mfa.base.views import IndexView
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import get_adapter as provider_adapter
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from waypost.access.asked import Asked
from waypost.access.sign_in import guards


class SignIn(LoginView):  # type: ignore[misc]
    """The sign-in page, with the providers of this service and where the person was going."""

    def get_context_data(self, **given: Any) -> dict[str, Any]:
        wanted = self.get_next_url() or ""
        after = {"next": wanted} if wanted else {}
        found = [
            {"name": each.name, "href": each.get_login_url(self.request, **after)}
            for each in provider_adapter().list_providers(self.request)
        ]
        return {**super().get_context_data(**given), "providers": found, "next": wanted}


class SecondFactors(IndexView):  # type: ignore[misc]
    """A person's second factors, and whether their roles ask for one."""

    def get_context_data(self, **given: Any) -> dict[str, Any]:
        return {**super().get_context_data(**given), "is_needed": guards.is_needed(self.request)}


@login_not_required
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends the session, or a sign-in that waits for its code."""
    wanted = request.POST.get("next", "")
    logout(request)
    back = f"?{urlencode({'next': wanted})}" if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else ""
    return redirect(f"{reverse('account_login')}{back}")


def your_account(request: Asked) -> HttpResponse:
    """What a person can look after themselves."""
    held = Authenticator.objects.filter(user=request.user).values_list("type", flat=True)
    count = UserSession.objects.filter(user=request.user).count()
    return render(request, "access/your_account.jinja", {"factors": set(held), "sessions": count})


def change_password(request: Asked) -> HttpResponseBase:
    """Someone who signs in with their organisation's account has no password here to change."""
    if request.user.has_usable_password():
        answer: HttpResponseBase = password_change(request)
        return answer
    messages.info(request, "You sign in at your organisation, so you have no password here.")
    return redirect("your_account")
