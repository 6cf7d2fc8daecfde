"""The pages of an authority's settings: what holds, what is to come, one with its history, and a change to one."""

from __future__ import annotations

import hashlib
import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from waypost.access import notices, steps
from waypost.access.asked import Asked
from waypost.access.local import actions, presenters, previews, rules
from waypost.access.local.forms import SettingForm
from waypost.access.local.kinds import BY_PART, KindPage
from waypost.access.local.models import Setting
from waypost.access.models import Authority
from waypost.access.reasons import ReasonForm
from waypost.access.recorded import ChangedSince
from waypost.domain.errors import PlainError
from waypost.web import drafts
from waypost.web.words import day

CHOSEN = "settings_of"
CHANGED = "Someone else changed this while you had it open. Look again at what would change, then save."


def home(request: Asked) -> HttpResponse:
    """Every kind of setting, with what holds today; and who may change them."""
    authority, mine = _authority(request)
    today = request.actor.today
    settings = Setting.objects.filter(authority=authority)
    held = {
        "kinds": presenters.kind_lines(settings, today=today),
        "keepers": sorted(str(each) for each in notices.who_may("keep_settings", authority.pk, today=today)),
        "authority": authority,
        "authorities": mine,
    }
    return render(request, "access/local/home.jinja", held)


def kind(request: Asked, part: str) -> HttpResponse:
    """The settings of one kind."""
    page = _page(part)
    authority, _ = _authority(request)
    settings = Setting.objects.filter(authority=authority, kind=page.kind).select_related("set_by")
    lines = presenters.lines(settings, today=request.actor.today)
    return render(request, "access/local/kind.jinja", {"kind": page, "authority": authority, "lines": lines})


def one(request: Asked, part: str, row: uuid.UUID) -> HttpResponse:
    """One setting and its history."""
    page, setting = _setting(request, part, row)
    held = {
        "kind": page,
        "setting": setting,
        "of": page.of(setting.about),
        "says": presenters.says(setting.kind, setting.value),
        "versions": presenters.versions(setting),
    }
    return render(request, "access/local/one.jinja", held)


def new(request: Asked, part: str) -> HttpResponse:
    """Settles something: the form, then what it would change, then the change."""
    page = _page(part)
    authority, _ = _authority(request)
    form = drafts.ask(request, page.form, initial=_first(request, page))
    held = {"kind": page, "authority": authority, "form": form}
    if steps.is_preview(request) and form.is_valid():
        proposal = rules.Proposal(authority, page.kind, form.key(), form.cleaned_data["from_on"], form.value())
        if effects := _effects(request, form, _change(proposal)):
            seen = _seen(authority, page)
            if steps.is_confirmed(request) and request.POST.get("_seen") == seen:
                return _kept(request, page, proposal, form.cleaned_data["because"])
            around = {"of": page.of(proposal.about), "says": presenters.says(page.kind, proposal.value)}
            return _preview(request, {**held, **around, "effects": effects, "from_on": proposal.from_on}, seen)
    return render(request, "access/local/new.jinja", held)


def withdraw(request: Asked, part: str, row: uuid.UUID) -> HttpResponse:
    """Withdraws a setting that was a mistake, once it is seen what would hold without it."""
    page, setting = _setting(request, part, row)
    rules.may_withdraw(request.actor, setting).or_refuse()
    form = drafts.ask(request, ReasonForm)
    held = {"kind": page, "authority": setting.authority, "form": form, "setting": setting}
    held |= {"of": page.of(setting.about), "says": presenters.says(setting.kind, setting.value)}
    if steps.is_preview(request) and form.is_valid():
        before = [each.row for each in actions.of_kind(setting.authority, setting.kind)]
        after = actions.without(setting)
        change = previews.Change(setting.authority, page.kind, setting.about, setting.from_on, before, after)
        if effects := _effects(request, form, change):
            seen = _seen(setting.authority, page)
            if steps.is_confirmed(request) and request.POST.get("_seen") == seen:
                actions.withdraw(setting, because=form.cleaned_data["because"], by=request.actor)
                messages.success(request, "The setting was withdrawn.")
                return redirect("settings_of", part=part)
            return _preview(request, {**held, "effects": effects, "from_on": setting.from_on, "withdraws": True}, seen)
    return render(request, "access/local/withdraw.jinja", held)


# ---------------------------------------------------------------- parts of them


def _page(part: str) -> KindPage:
    if part not in BY_PART:
        raise Http404
    return BY_PART[part]


def _authority(request: Asked) -> tuple[Authority, list[Authority]]:
    """The authority whose settings are shown: the one that was chosen, or the first that the person keeps."""
    request.actor.may("keep_settings").or_refuse()
    mine = list(rules.authorities(request.actor))
    if wanted := request.GET.get("of"):
        request.session[CHOSEN] = wanted
    chosen = request.session.get(CHOSEN)
    return next((each for each in mine if each.code == chosen), mine[0]), mine


def _setting(request: Asked, part: str, row: uuid.UUID) -> tuple[KindPage, Setting]:
    request.actor.may("keep_settings").or_refuse()
    page = _page(part)
    mine = rules.settings(request.actor).select_related("authority", "set_by")
    return page, get_object_or_404(mine, pk=row, kind=page.kind)


def _first(request: Asked, page: KindPage) -> dict[str, Any]:
    """The first values of the form: those of the setting that is put right or followed, where one is named."""
    like = request.GET.get("like", "")
    try:
        found = rules.settings(request.actor).filter(pk=uuid.UUID(like), kind=page.kind).first() if like else None
    except ValueError:
        found = None
    if found is None:
        return {}
    return {**page.form.first(found.about, found.value), "from_on": found.from_on, "about": found.about}


def _change(proposal: rules.Proposal) -> previews.Change:
    before = [each.row for each in actions.of_kind(proposal.authority, proposal.kind)]
    after = actions.with_it(proposal)
    return previews.Change(proposal.authority, proposal.kind, proposal.about, proposal.from_on, before, after)


def _effects(request: Asked, form: SettingForm | ReasonForm, change: previews.Change) -> list[previews.Effect]:
    """What it would change; none where it cannot be meant, and the form says why."""
    try:
        return previews.of(change, request.actor)
    except PlainError as refused:
        form.add_error(None, str(refused))
        return []


def _seen(authority: Authority, page: KindPage) -> str:
    """Which settings of the kind were there when the preview was made, and at which version."""
    held = actions.of_kind(authority, page.kind).order_by("pk").values_list("pk", "version")
    return hashlib.sha256(repr(list(held)).encode()).hexdigest()


def _kept(request: Asked, page: KindPage, proposal: rules.Proposal, because: str) -> HttpResponse:
    try:
        actions.keep_setting(proposal, because=because, by=request.actor)
    except ChangedSince:
        messages.info(request, CHANGED)
        return redirect("setting_new", part=page.part)
    messages.success(request, f"Saved. It holds from {day(proposal.from_on)}.")
    return redirect("settings_of", part=page.part)


def _preview(request: Asked, held: dict[str, Any], seen: str) -> HttpResponse:
    has_moved = steps.is_confirmed(request)
    drafts.hold(request)
    around = {"carried": steps.carried(request), "seen": seen, "moved": CHANGED if has_moved else ""}
    return render(request, "access/local/preview.jinja", {"withdraws": False, **held, **around})
