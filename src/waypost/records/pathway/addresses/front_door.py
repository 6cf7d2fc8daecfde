"""Addresses of the front door: contacts, referrals and early help."""

from __future__ import annotations

from django.urls import path

from waypost.records.pathway.views import contacts, early_help, naming, referrals

PATHS = [
    path("contacts", contacts.queue, name="contacts"),
    path("contacts/untold", contacts.untold, name="contacts_untold"),
    path("contacts/new", contacts.new, name="contact_new"),
    path("contacts/new/find", naming.find, name="contact_find"),
    path("contacts/new/child", naming.register, name="contact_child"),
    path("contacts/<uuid:key>", contacts.contact, name="contact"),
    path("contacts/<uuid:key>/tell", contacts.tell, name="contact_tell"),
    path("thresholds", contacts.thresholds, name="thresholds"),
    path("referrals", referrals.register, name="referrals"),
    path("children/<uuid:key>/referrals", referrals.of_child, name="child_referrals"),
    path("children/<uuid:key>/referrals/<uuid:row>", referrals.referral, name="referral"),
    path("children/<uuid:key>/referrals/<uuid:row>/decide", referrals.decide, name="referral_decide"),
    path("children/<uuid:key>/referrals/<uuid:row>/response", referrals.respond, name="referral_respond"),
    path("children/<uuid:key>/referrals/<uuid:row>/add", referrals.amend, name="referral_amend"),
    path("children/<uuid:key>/referrals/<uuid:row>/close", referrals.close, name="referral_close"),
    path("children/<uuid:key>/emergency-action/new", referrals.emergency, name="emergency_action_add"),
    path("children/<uuid:key>/emergency-action/<uuid:row>", referrals.end_emergency, name="emergency_action_end"),
    path("children/<uuid:key>/information/new", referrals.ask, name="information_ask"),
    path("children/<uuid:key>/information/<uuid:row>", referrals.answer, name="information_answer"),
    path("early-help", early_help.cases, name="early_help_cases"),
    path("children/<uuid:key>/early-help/new", early_help.open_case, name="early_help_open"),
    path("children/<uuid:key>/early-help/<uuid:row>", early_help.case, name="early_help_case"),
    path("children/<uuid:key>/early-help/<uuid:row>/plan", early_help.plan, name="early_help_plan"),
    path("children/<uuid:key>/early-help/<uuid:row>/end", early_help.end, name="early_help_end"),
]
