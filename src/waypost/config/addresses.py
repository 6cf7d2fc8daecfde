"""Who may ask for each address of the service. A test asks for every one of them as every role of the cast.

An address that is not here fails that test. A rule names what a role must let its holder do, and of which record: one
that is not open to whoever asks answers as one that is not there. `view` here is the name in the `urls.py` of a room.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Of = Literal["nothing", "child", "person", "found", "own"]
"""What `key` in the address is of, and to whom it is open:

nothing  no record of anybody, so the verb alone decides
child    a child whose record is open to them
person   a person who is open to them, as a child or beside one
found    a person, or a child, whom they may find or whose record is open to them
own      a row that only some are shown, of the verb's authorities or of the person themself
"""


@dataclass(frozen=True, slots=True)
class Rule:
    """`verb` is what a role must allow (`access/roles.yaml`): empty for everyone who is signed in."""

    verb: str = ""
    of: Of = "nothing"
    is_public: bool = False


PUBLIC = Rule(is_public=True)
SIGNED_IN = Rule()


def _child(verb: str = "see_child") -> Rule:
    return Rule(verb, "child")


def _person(verb: str) -> Rule:
    return Rule(verb, "person")


WHO: Mapping[str, Rule] = {
    # Whoever watches over the service, and whoever is about to sign in.
    **dict.fromkeys(
        ("alive", "ready", "worker", "account_login", "account_inactive", "mfa_authenticate", "mfa_login_webauthn",
         "openid_connect_login", "openid_connect_callback", "socialaccount_login_cancelled",
         "socialaccount_login_error", "sign_out", "account_reset_password", "account_reset_password_done",
         "account_reset_password_from_key", "account_reset_password_from_key_done"),
        PUBLIC,
    ),
    # A person's own work and account.
    **dict.fromkeys(
        ("home", "save_draft", "unlock", "your_account", "account_change_password", "devices", "sign_out_device",
         "sign_out_other_devices", "account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn",
         "mfa_index", "mfa_activate_totp", "mfa_deactivate_totp", "mfa_view_recovery_codes",
         "mfa_generate_recovery_codes", "mfa_list_webauthn", "mfa_add_webauthn", "mfa_edit_webauthn",
         "mfa_remove_webauthn"),
        SIGNED_IN,
    ),
    # Accounts and roles.
    **dict.fromkeys(("accounts", "open_account"), Rule("manage_people")),
    **dict.fromkeys(
        ("account", "invite_again", "change_account", "close_account", "reopen_account", "hand_over", "reset_factor",
         "give_role", "end_role", "move_role"),
        Rule("manage_people", "own"),
    ),
    # Teams.
    **dict.fromkeys(("teams", "team_new"), Rule("manage_people")),
    **dict.fromkeys(("team", "team_rename", "team_close"), Rule("manage_people", "own")),
    # Settings of an authority.
    **dict.fromkeys(("settings", "settings_of", "setting_new"), Rule("keep_settings")),
    **dict.fromkeys(("setting", "setting_withdraw"), Rule("keep_settings", "own")),
    # Work, the journey and the chronology.
    "my_work": Rule("work_case"),
    **dict.fromkeys(("team_work", "cover"), Rule("allocate")),
    "hand_over_answer": Rule("work_case", "own"),
    **dict.fromkeys(("work_move", "work_moved"), Rule("allocate", "own")),
    "child_allocate": _child("allocate"),
    **dict.fromkeys(("child_journey", "child_chronology"), _child()),
    **dict.fromkeys(("chronology_add", "chronology_export"), _child("work_case")),
    **dict.fromkeys(
        ("chronology_change", "chronology_back", "chronology_tell", "chronology_leave"), Rule("work_case", "own")
    ),
    # The front door and the assessment.
    "thresholds": SIGNED_IN,
    **dict.fromkeys(
        ("contacts", "contacts_untold", "contact_new", "contact_find", "contact_child", "referrals"),
        Rule("screen_contact"),
    ),
    **dict.fromkeys(("contact", "contact_tell"), Rule("screen_contact", "own")),
    "early_help_cases": Rule("work_case"),
    "assessments_unfinished": Rule("approve"),
    "child_referrals": _child(),
    **dict.fromkeys(
        ("referral", "early_help_case", "assessment", "assessment_as_authorised"), _child("see_confidential")
    ),
    **dict.fromkeys(
        ("referral_respond", "emergency_action_add", "emergency_action_end", "information_ask", "information_answer",
         "early_help_open", "early_help_plan", "early_help_end", "assessment_begin", "assessment_write",
         "assessment_consult", "assessment_submit", "assessment_correct"),
        _child("work_case"),
    ),
    **dict.fromkeys(
        ("referral_decide", "referral_amend", "referral_close", "assessment_authorise", "assessment_correction"),
        _child("approve"),
    ),
    # The audit trail.
    **dict.fromkeys(("trail", "unusual", "emergencies", "interests_declared"), Rule("see_audit")),
    **dict.fromkeys(("review_look", "emergency_review", "emergency_close", "interest_end"), Rule("see_audit", "own")),
    "emergency_close_mine": Rule("break_glass", "own"),
    # To look people up, and to say that one knows them.
    "find": Rule("find_person"),
    "register": Rule("register_person"),
    "interests": Rule("see_child"),
    "interest_declare": Rule("see_child", "found"),
    "closed": Rule("find_person", "found"),
    # Children.
    **dict.fromkeys(
        ("child", "child_family", "child_professionals", "child_looked", "child_documents", "document", "genogram",
         "child_changes"),
        _child(),
    ),
    **dict.fromkeys(("document_add", "warning_add", "record_birth"), _child("change_person")),
    "warning_review": _child(),
    "warnings": Rule("approve"),
    "approvals": Rule("approve"),
    "approval": Rule("approve", "own"),
    "document_who": _child("change_person"),
    # From a strategy discussion to the end of a plan.
    **dict.fromkeys(
        ("child_protection", "strategy", "enquiry", "conference", "child_plan", "child_plan_words", "child_visits",
         "visit", "child_meetings", "core_group", "transfer"),
        _child(),
    ),
    **dict.fromkeys(
        ("strategy_add", "enquiry_write", "enquiry_submit", "medical_ask", "criminal_add", "medical",
         "conference_add", "cin_plan_change", "cin_plan_review", "visit_add", "visit_right", "core_group_add",
         "meeting_ask", "meeting_hold", "goal_add", "transfer_in", "transfer_out", "stay_end", "transfer_confirm"),
        _child("work_case"),
    ),
    **dict.fromkeys(("conference_plan", "conference_hold"), _child("hold_conference")),
    **dict.fromkeys(("enquiry_decide", "cin_plan_end"), _child("approve")),
    # By those who work with the child and by the chair: the view asks which.
    **dict.fromkeys(
        ("conference_cancel", "plan_change", "plan_end", "key_worker", "action_add", "member_add", "action_change",
         "action_progress", "action_drop", "member_tasks", "member_end", "transfer_accept"),
        _child(),
    ),
    **dict.fromkeys(
        ("list_enquiries", "list_plans", "list_without_plan", "list_core_groups"), Rule("see_child"),
    ),
    # Sealed records.
    "sealed": Rule("seal"),
    **dict.fromkeys(("child_seal", "child_unseal", "reader_name", "reader_end"), _child("seal")),
    # People.
    "person": _person("see_child"),
    **dict.fromkeys(
        ("change_person", "move_home", "find_relative", "add_relative", "change_tie", "end_tie",
         "add_fact", "put_fact_right", "end_fact"),
        _person("change_person"),
    ),
    "new_relative": _person("register_person"),
    **dict.fromkeys(("choose_other", "compare"), _person("merge_people")),
    **dict.fromkeys(("duplicates", "joinings"), Rule("merge_people")),
    "undo_merge": Rule("merge_people", "own"),
    "data_quality": Rule("list_shortcomings"),
    # Reports.
    "reports": Rule("read_reports"),
    "report": Rule("read_reports", "own"),
    # A return is checked: the check is the session's own.
    **dict.fromkeys(("check_return", "check_result", "checks_kept"), Rule("check_returns")),
    **dict.fromkeys(("check_download", "check_forget", "check_keep", "check_kept"), Rule("check_returns", "own")),
}  # fmt: skip
