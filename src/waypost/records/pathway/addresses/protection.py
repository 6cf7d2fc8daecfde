"""Addresses from a strategy discussion to the end of a plan, and of the lists about them."""

from __future__ import annotations

from django.urls import path

from waypost.records.pathway.views import cin_plans, conferences, enquiries, meetings, plans, protection_lists, visits

CHILD = "children/<uuid:key>"

PATHS = [
    path(f"{CHILD}/protection", enquiries.page, name="child_protection"),
    path(f"{CHILD}/strategy/new", enquiries.add_strategy, name="strategy_add"),
    path(f"{CHILD}/strategy/<uuid:row>", enquiries.strategy, name="strategy"),
    path(f"{CHILD}/enquiries/<uuid:row>", enquiries.enquiry, name="enquiry"),
    path(f"{CHILD}/enquiries/<uuid:row>/write", enquiries.write, name="enquiry_write"),
    path(f"{CHILD}/enquiries/<uuid:row>/outcome", enquiries.submit, name="enquiry_submit"),
    path(f"{CHILD}/enquiries/<uuid:row>/answer", enquiries.decide, name="enquiry_decide"),
    path(f"{CHILD}/enquiries/<uuid:row>/medicals/new", enquiries.ask_medical, name="medical_ask"),
    path(f"{CHILD}/enquiries/<uuid:row>/police-and-court/new", enquiries.criminal, name="criminal_add"),
    path(f"{CHILD}/medicals/<uuid:row>", enquiries.medical, name="medical"),
    path(f"{CHILD}/conferences/new", conferences.add, name="conference_add"),
    path(f"{CHILD}/conferences/<uuid:row>", conferences.conference, name="conference"),
    path(f"{CHILD}/conferences/<uuid:row>/day", conferences.plan, name="conference_plan"),
    path(f"{CHILD}/conferences/<uuid:row>/cancel", conferences.cancel, name="conference_cancel"),
    path(f"{CHILD}/conferences/<uuid:row>/decisions", conferences.hold, name="conference_hold"),
    path(f"{CHILD}/plan", plans.page, name="child_plan"),
    path(f"{CHILD}/plan/family", plans.family, name="child_plan_words"),
    path(f"{CHILD}/plans/<uuid:row>/change", plans.change, name="plan_change"),
    path(f"{CHILD}/plans/<uuid:row>/end", plans.end, name="plan_end"),
    path(f"{CHILD}/plans/<uuid:row>/key-worker", plans.key_worker, name="key_worker"),
    path(f"{CHILD}/plans/<uuid:row>/actions/new", plans.add_action, name="action_add"),
    path(f"{CHILD}/plans/<uuid:row>/core-group/new", plans.add_member, name="member_add"),
    path(f"{CHILD}/plan-actions/<uuid:row>", plans.change_action, name="action_change"),
    path(f"{CHILD}/plan-actions/<uuid:row>/progress", plans.progress, name="action_progress"),
    path(f"{CHILD}/plan-actions/<uuid:row>/drop", plans.drop_action, name="action_drop"),
    path(f"{CHILD}/core-group-members/<uuid:row>", plans.member_tasks, name="member_tasks"),
    path(f"{CHILD}/core-group-members/<uuid:row>/end", plans.end_member, name="member_end"),
    path(f"{CHILD}/need-plans/<uuid:row>/change", cin_plans.change, name="cin_plan_change"),
    path(f"{CHILD}/need-plans/<uuid:row>/review", cin_plans.review, name="cin_plan_review"),
    path(f"{CHILD}/need-plans/<uuid:row>/end", cin_plans.end, name="cin_plan_end"),
    path(f"{CHILD}/visits", visits.page, name="child_visits"),
    path(f"{CHILD}/visits/new", visits.add, name="visit_add"),
    path(f"{CHILD}/visits/<uuid:row>", visits.visit, name="visit"),
    path(f"{CHILD}/visits/rows/<uuid:row>/put-right", visits.put_right, name="visit_right"),
    path(f"{CHILD}/meetings", meetings.page, name="child_meetings"),
    path(f"{CHILD}/core-groups/new", meetings.add_core_group, name="core_group_add"),
    path(f"{CHILD}/core-groups/<uuid:row>", meetings.core_group, name="core_group"),
    path(f"{CHILD}/meetings/new", meetings.ask_meeting, name="meeting_ask"),
    path(f"{CHILD}/meetings/<uuid:row>", meetings.hold_meeting, name="meeting_hold"),
    path(f"{CHILD}/goals/new", meetings.add_goal, name="goal_add"),
    path(f"{CHILD}/moves/in", meetings.move_in, name="transfer_in"),
    path(f"{CHILD}/moves/out", meetings.move_out, name="transfer_out"),
    path(f"{CHILD}/moves/gone", meetings.end_stay, name="stay_end"),
    path(f"{CHILD}/moves/<uuid:row>", meetings.transfer, name="transfer"),
    path(f"{CHILD}/moves/<uuid:row>/for-good", meetings.confirm, name="transfer_confirm"),
    path(f"{CHILD}/moves/<uuid:row>/taken", meetings.accept, name="transfer_accept"),
    path("lists/enquiries", protection_lists.enquiries, name="list_enquiries"),
    path("lists/plans", protection_lists.plans, name="list_plans"),
    path("lists/without-a-plan", protection_lists.without_plan, name="list_without_plan"),
    path("lists/core-groups", protection_lists.core_groups, name="list_core_groups"),
]
