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
        ("alive", "ready", "account_login", "account_inactive", "mfa_authenticate", "mfa_login_webauthn",
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
        ("account", "invite_again", "close_account", "reopen_account", "give_role", "end_role"),
        Rule("manage_people", "own"),
    ),
    # The audit trail.
    **dict.fromkeys(("trail", "unusual", "emergencies", "interests_declared"), Rule("see_audit")),
    **dict.fromkeys(("review_look", "emergency_review"), Rule("see_audit", "own")),
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
    # Reports.
    "reports": Rule("read_reports"),
    "report": Rule("read_reports", "own"),
}  # fmt: skip
