"""What a census of each year would hold of a record: expressions over the whole of it, for every year at once.

A collection holds what was open at some time in its year, as it stood on its 31 March. What ended later is still open
in it, and nothing that happened later is there. A conference without an enquiry stands in the year in which it was
held; a referral of no further action in the year in which it came. Groups are numbered as they stand in a file:
children by their id, their episodes by date, and what is in an episode by date.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from waypost.extract.rows import (
    ASSESSMENTS,
    CATEGORIES,
    CIN_PLANS,
    COLLECTIONS,
    CONFERENCES,
    DISABILITIES,
    ENQUIRIES,
    FACTORS,
    PEOPLE,
    PROTECTION_PLANS,
    REFERRALS,
)

_YEAR = ("collection", "starts_on", "ends_on")
_PLACE = (*_YEAR, "child", "episode")


def _by_then(rows: ir.Table, day: str) -> ir.DateValue:
    """A day that had come by the year's end."""
    return (rows[day] <= rows.ends_on).ifelse(rows[day], ibis.null("date"))


def _open_in_year(rows: ir.Table, start: str, end: str) -> ir.Table:
    """Rows begun by the year's end, and not ended before its first day."""
    return rows.filter(rows[start] <= rows.ends_on, rows[end].isnull() | (rows[end] >= rows.starts_on))


def _numbered(rows: ir.Table, name: str, *order: str) -> ir.Table:
    """Rows with their place among all of their kind in their collection, from 1."""
    place = ibis.row_number().over(ibis.window(group_by="collection", order_by=list(order))) + 1
    return rows.mutate(**{name: place.cast("int32")})


# ---------------------------------------------------------------- episodes

_ended = REFERRALS.is_no_further_action.ifelse(REFERRALS.referred_on, REFERRALS.closed_on)
_held = _open_in_year(REFERRALS.mutate(last_on=_ended).cross_join(COLLECTIONS), "referred_on", "last_on")
_EPISODES = _numbered(_held, "episode", "child", "referred_on", "referral")
_IN = _EPISODES.select("referral", *_PLACE, episode_closed_on="closed_on")


def _in_episodes(rows: ir.Table) -> ir.Table:
    return rows.join(_IN, "referral")


_WORKED = _numbered(
    _open_in_year(_in_episodes(ASSESSMENTS), "started_on", "authorised_on"),
    "number",
    "episode",
    "started_on",
    "assessment",
).mutate(authorised_on=lambda rows: _by_then(rows, "authorised_on"))
_SUPPORTED = _open_in_year(_in_episodes(CIN_PLANS), "started_on", "ended_on")
_PROTECTED = _numbered(
    _open_in_year(_in_episodes(PROTECTION_PLANS), "started_on", "ended_on"),
    "number",
    "episode",
    "started_on",
    "protection_plan",
)

# ---------------------------------------------------------------- enquiries and conferences

_FIRST = CONFERENCES.filter(~CONFERENCES.is_review)
_AFTER_ENQUIRY = (
    _FIRST.filter(_FIRST.enquiry.notnull())
    .group_by("enquiry")
    .aggregate(
        held_on=_FIRST.held_on.min(),
        is_to_be=(_FIRST.held_on.isnull() & _FIRST.cancelled_on.isnull()).any(),
        cancelled_on=_FIRST.cancelled_on.max(),
    )
)


def _enquired() -> ir.Table:
    """Enquiries until they led to a conference or to the decision that none is needed.

    One that is to lead to a conference is not done until it is held. Where every conference was cancelled, or the
    episode closed first, it was done then.
    """
    rows = _in_episodes(ENQUIRIES).left_join(_AFTER_ENQUIRY, "enquiry").drop("enquiry_right")
    without = (rows.is_to_be.fill_null(False)).ifelse(ibis.null("date"), rows.cancelled_on)
    never_held = ibis.coalesce(without, rows.episode_closed_on)
    done_on = ibis.coalesce(rows.held_on, rows.leads_to_conference.ifelse(never_held, rows.ended_on))
    done = _open_in_year(rows.mutate(done_on=done_on), "started_on", "done_on")
    done = done.mutate(conference_on=_by_then(done, "held_on"), done_on=_by_then(done, "done_on"))
    return done.mutate(is_conference_not_required=done.conference_on.isnull() & done.done_on.notnull())


_ENQUIRED = _enquired()
_ALONE = _in_episodes(_FIRST.filter(_FIRST.enquiry.isnull(), _FIRST.held_on.notnull()))
_ALONE_IN_YEAR = _ALONE.filter(_ALONE.held_on >= _ALONE.starts_on, _ALONE.held_on <= _ALONE.ends_on)
_MET = _ALONE_IN_YEAR.group_by(_PLACE).aggregate(held_on=_ALONE_IN_YEAR.held_on.max())
"""Conferences without an enquiry. The census has room for one in an episode: the last of the year."""

# ---------------------------------------------------------------- the contract's tables


def children() -> ir.Table:
    """Those who have an episode. One not born by the year's end has the day the birth was expected, or was to be."""
    there = _EPISODES.select(*_YEAR, "child").distinct()
    rows = there.join(PEOPLE, "child")
    born_on = _by_then(rows, "born_on")
    return rows.mutate(
        born_on=born_on,
        expected_on=born_on.isnull().ifelse(ibis.coalesce(rows.expected_on, rows.born_on), ibis.null("date")),
        died_on=_by_then(rows, "died_on"),
    ).order_by("collection", "child")


def disabilities() -> ir.Table:
    there = _EPISODES.select("collection", "child").distinct()
    return there.join(DISABILITIES, "child").order_by("collection", "child", "place")


def referrals() -> ir.Table:
    """Episodes, with how much work of each kind the year holds of them."""
    rows = _EPISODES.mutate(closed_on=_by_then(_EPISODES, "closed_on"))
    rows = rows.mutate(closure_reason=rows.closed_on.notnull().ifelse(rows.closure_reason, ibis.null("string")))
    work = {"assessments": _WORKED, "enquiries": _ENQUIRED, "cin_plans": _SUPPORTED, "plans": _PROTECTED}
    for name, done in work.items():
        counted = done.group_by("collection", "episode").aggregate(**{name: done.count()})
        rows = rows.left_join(counted, ["collection", "episode"]).drop("collection_right", "episode_right")
    met = _MET.select("collection", "episode", conference_on="held_on")
    rows = rows.left_join(met, ["collection", "episode"]).drop("collection_right", "episode_right")
    return rows.mutate(**{name: rows[name].fill_null(0) for name in work}).order_by("collection", "episode")


def assessments() -> ir.Table:
    return _WORKED.mutate(reviewed_on=_by_then(_WORKED, "reviewed_on")).order_by("collection", "number")


def assessment_factors() -> ir.Table:
    """What a finished assessment found."""
    done = _WORKED.filter(_WORKED.authorised_on.notnull())
    return done.join(FACTORS, "assessment").order_by("collection", "number", "place")


def cin_plans() -> ir.Table:
    rows = _SUPPORTED.mutate(ended_on=_by_then(_SUPPORTED, "ended_on"))
    return rows.order_by("collection", "episode", "started_on", "cin_plan")


def section47_enquiries() -> ir.Table:
    return _ENQUIRED.order_by("collection", "episode", "started_on", "enquiry")


def initial_conferences() -> ir.Table:
    """Those after an enquiry as the enquiries stand, and then those without one."""
    place = ["collection", "child", "episode"]
    after = _ENQUIRED.filter(_ENQUIRED.conference_on.notnull()).select(
        *place, held_on="conference_on", is_after_enquiry=True, enquiry_started_on="started_on", key="enquiry"
    )
    alone = _MET.select(*place, "held_on", is_after_enquiry=False, enquiry_started_on=ibis.null("date"), key="child")
    return ibis.union(after, alone).order_by(
        "collection", ibis.desc("is_after_enquiry"), "episode", "enquiry_started_on", "key"
    )


def protection_plans() -> ir.Table:
    """Plans with the category that they began under, and the last of the year."""
    rows = _PROTECTED.join(CATEGORIES.rename(category_on="started_on"), "protection_plan")
    known = rows.filter(rows.category_on.isnull() | (rows.category_on <= rows.ends_on))
    named = known.group_by("collection", "protection_plan").aggregate(
        initial_category=known.category.argmin(known.place), latest_category=known.category.argmax(known.place)
    )
    plans = _PROTECTED.left_join(named, ["collection", "protection_plan"])
    return plans.mutate(ended_on=_by_then(plans, "ended_on")).order_by("collection", "number")


def plan_reviews() -> ir.Table:
    """Reviews of a plan that were held after its start, from its first to the last of the year."""
    held = CONFERENCES.filter(CONFERENCES.is_review).select("protection_plan", "held_on").distinct()
    rows = _PROTECTED.join(held, "protection_plan")
    rows = rows.filter(rows.held_on > rows.started_on, rows.held_on <= rows.ends_on)
    return rows.mutate(plan_started_on=rows.started_on).order_by("collection", "number", "held_on")


def identities() -> ir.Table:
    """The pupil numbers of those who have an episode, and whether any of it was more than a referral."""
    grouped = _EPISODES.group_by(*_YEAR, "child")
    there = grouped.aggregate(is_in_need=(~_EPISODES.is_no_further_action).any())
    return there.join(PEOPLE, "child").order_by("collection", "child")


def crowded_out() -> ir.Table:
    """How many conferences the census has no room for."""
    met = _ALONE_IN_YEAR.group_by(_PLACE).aggregate(more=_ALONE_IN_YEAR.count() - 1)
    return met.aggregate(more=met.more.sum().fill_null(0).cast("int64"))
