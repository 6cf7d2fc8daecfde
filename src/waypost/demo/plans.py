"""Child protection plans: reviewed, and ended by a review, by leaving, or at 18."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from waypost.demo import proportions, timings
from waypost.demo.chance import Chance
from waypost.demo.characters import Practice
from waypost.demo.families import grown
from waypost.demo.lives import NEVER, Child, ProtectionPlan
from waypost.demo.timings import later

ENDS_AT_REVIEW = (0.26, 0.55, 0.58, 0.5, 0.55, 0.65)
LEAVES_BETWEEN_REVIEWS = 0.07
SOONEST_LEFT, LATEST_LEFT = 15, 300
ENDS_WITH_FAMILY = 0.88
OWN_CATEGORY, CATEGORY_CHANGES = 0.12, 0.08


@dataclass(frozen=True, slots=True)
class Course:
    """The course of a family's plans: every review if they never ended, and the day that they do."""

    started_on: date
    reviews: tuple[date, ...]
    ended_on: date
    family_leaves: bool
    category: str

    def reviews_before_end(self) -> list[date]:
        return [review for review in self.reviews if review < self.ended_on]


def course_from(start: date, practice: Callable[[date], Practice], chance: Chance) -> Course:
    """How the plans of a family that begin on a day will go, given the practice of any day."""
    reviews = tuple(timings.reviews_held(start, practice(start), chance))
    category = chance.pick(proportions.CATEGORIES)
    if reviews and chance.happens(LEAVES_BETWEEN_REVIEWS):
        left_on = later(start, chance.between(SOONEST_LEFT, LATEST_LEFT))
        return Course(start, reviews, left_on, True, category)
    return Course(start, reviews, _ending_review(reviews, practice, chance), False, category)


def _ending_review(reviews: tuple[date, ...], practice: Callable[[date], Practice], chance: Chance) -> date:
    for place, review in enumerate(reviews):
        usual = ENDS_AT_REVIEW[min(place, len(ENDS_AT_REVIEW) - 1)]
        if chance.happens(usual * practice(review).plan_ends):
            return review
    return NEVER


def plan_for(child: Child, course: Course, chance: Chance) -> ProtectionPlan:
    """The child's own plan in the family's course."""
    ended_on = min(_own_end(course, chance), grown(child, 18))
    held = tuple(review for review in course.reviews if review <= ended_on)
    category = chance.pick(proportions.CATEGORIES) if chance.happens(OWN_CATEGORY) else course.category
    changes = bool(held) and chance.happens(CATEGORY_CHANGES)
    return ProtectionPlan(
        started_on=course.started_on,
        ended_on=ended_on,
        first_category=category,
        later_category=chance.pick(proportions.CATEGORIES) if changes else category,
        category_changed_on=held[0] if changes else NEVER,
        previous=child.plans_so_far(),
        reviewed_on=held,
    )


def _own_end(course: Course, chance: Chance) -> date:
    """Mostly the family's end; sometimes the review before or after."""
    reviews = course.reviews
    if course.family_leaves or len(reviews) < 2 or chance.happens(ENDS_WITH_FAMILY):
        return course.ended_on
    place = reviews.index(course.ended_on) if course.ended_on in reviews else len(reviews) - 1
    place += 1 if chance.happens(0.5) else -1
    return reviews[min(max(place, 0), len(reviews) - 1)]
