"""Every address of the desk, and from which rank on it may be used by GET and by POST."""

from __future__ import annotations

from dataclasses import dataclass

from verification import roles

READER, REPORTER, EDITOR, MANAGING = roles.ROLES
#: From who may least.
RANKS = ("anonymous", "no role", READER, REPORTER, EDITOR, MANAGING)
ALL = "no role"


@dataclass(frozen=True)
class Page:
    """From which rank on an address may be used; none where the method is not taken at all.

    `args` names the things of the newsroom that its address has in it.
    """

    get: str | None
    post: str | None
    args: str = ""


TABLE: dict[str, Page] = {
    "index": Page(ALL, ALL),
    "diary": Page(READER, READER),
    "password_change": Page(ALL, ALL),
    "password_change_done": Page(ALL, None),
    "my_mail": Page(ALL, ALL),
    "app_list": Page(ALL, ALL, "app"),
    "suggest": Page(READER, READER, "sources"),
    "verification_claim_changelist": Page(READER, READER),
    "verification_claim_add": Page(REPORTER, REPORTER),
    "verification_claim_change": Page(READER, None, "claim"),
    "verification_claim_decide": Page(EDITOR, EDITOR, "claim"),
    "verification_claim_effects": Page(READER, None, "claim"),
    "verification_claim_extend": Page(EDITOR, EDITOR, "claim"),
    "verification_claim_assign": Page(EDITOR, EDITOR, "claim"),
    "verification_claim_snooze": Page(READER, READER, "claim"),
    "verification_claim_snooze_end": Page(None, READER, "claim"),
    "verification_claim_hand_over": Page(EDITOR, EDITOR, "claim"),
    "verification_claim_watch": Page(None, READER, "claim"),
    "verification_claim_unwatch": Page(None, READER, "claim"),
    "verification_claim_watcher_add": Page(EDITOR, EDITOR, "claim"),
    "verification_claim_watcher_remove": Page(None, EDITOR, "claim user"),
    "verification_claim_revise": Page(MANAGING, MANAGING, "claim"),
    "verification_claim_reopen": Page(MANAGING, MANAGING, "claim"),
    "verification_claim_void": Page(MANAGING, MANAGING, "claim"),
    "verification_claim_edit": Page(REPORTER, REPORTER, "claim"),
    "verification_claim_report_add": Page(REPORTER, REPORTER, "claim"),
    "verification_claim_report_amend": Page(REPORTER, REPORTER, "claim report"),
    "verification_claim_report_withdraw": Page(EDITOR, EDITOR, "claim report"),
    "verification_claim_report_read": Page(None, REPORTER, "claim report"),
    "verification_claim_report_changes": Page(READER, None, "claim report"),
    "verification_claim_story_add": Page(REPORTER, REPORTER, "claim"),
    "verification_claim_story_remove": Page(EDITOR, EDITOR, "claim story"),
    "verification_claim_reply_add": Page(REPORTER, REPORTER, "claim"),
    "verification_claim_reply_answer": Page(REPORTER, REPORTER, "claim reply"),
    "verification_claim_reply_remove": Page(EDITOR, EDITOR, "claim reply"),
    "verification_proposal_changelist": Page(READER, READER),
    "verification_proposal_change": Page(READER, None, "proposal"),
    "verification_proposal_confirm": Page(None, EDITOR, "proposal"),
    "verification_proposal_send_back": Page(EDITOR, EDITOR, "proposal"),
    # Whoever proposed it; to anybody else it says so.
    "verification_proposal_withdraw": Page(None, READER, "proposal"),
    "verification_source_changelist": Page(READER, READER),
    "verification_source_add": Page(REPORTER, REPORTER),
    "verification_source_change": Page(READER, EDITOR, "source"),
    "verification_source_merge": Page(MANAGING, MANAGING, "source"),
    "verification_beat_changelist": Page(READER, READER),
    "verification_beat_add": Page(MANAGING, MANAGING),
    "verification_beat_change": Page(MANAGING, MANAGING, "beat"),
    "verification_beat_ladder": Page(MANAGING, MANAGING, "beat"),
    "verification_verdict_changelist": Page(READER, READER),
    "verification_position_changelist": Page(READER, READER),
    "verification_record_changelist": Page(READER, READER),
    "verification_ledgerentry_changelist": Page(READER, READER),
    "verification_reminder_changelist": Page(EDITOR, EDITOR),
    "verification_message_changelist": Page(EDITOR, EDITOR),
    "verification_message_change": Page(EDITOR, None, "message"),
    "verification_message_html": Page(EDITOR, None, "message"),
    "verification_message_requeue": Page(None, MANAGING, "message"),
    "verification_message_give_up": Page(None, MANAGING, "message"),
    "verification_storyupdate_changelist": Page(READER, READER),
    "verification_storyupdate_change": Page(READER, None, "update"),
    # Of somebody else's story; the author may too.
    "verification_storyupdate_tick": Page(None, EDITOR, "update"),
    "verification_storyupdate_untick": Page(None, EDITOR, "update"),
    "account": Page(ALL, None),
    "end_sessions": Page(None, ALL),
    "second_factor": Page(ALL, ALL),
    "recovery_codes": Page(ALL, ALL),
    "second_factor_off": Page(ALL, ALL),
    "intake": Page(REPORTER, REPORTER),
    "intake_logged": Page(REPORTER, None, "sheet"),
    "similar": Page(READER, None),
    "criteria": Page(REPORTER, None),
    "verification_claim_import": Page(EDITOR, EDITOR),
    "verification_claim_import_run": Page(EDITOR, EDITOR, "run"),
    "verification_claim_import_faults": Page(EDITOR, None, "run"),
    "verification_claim_import_refused": Page(EDITOR, None, "run csv"),
    "verification_claim_export": Page(READER, None, "csv"),
    "verification_source_redact": Page(MANAGING, MANAGING, "source"),
    "verification_user_account": Page(MANAGING, None, "user"),
    "verification_user_end_sessions": Page(None, MANAGING, "user"),
    "verification_user_unlock": Page(None, MANAGING, "user"),
    "verification_user_reset_factor": Page(MANAGING, MANAGING, "user"),
    "verification_user_changelist": Page(MANAGING, MANAGING),
    "verification_user_add": Page(MANAGING, MANAGING),
    "verification_user_change": Page(MANAGING, MANAGING, "user"),
    "verification_user_password": Page(MANAGING, MANAGING, "user"),
    "verification_user_mail_again": Page(MANAGING, MANAGING, "user"),
    "verification_webhook_changelist": Page(MANAGING, MANAGING),
    "verification_webhook_add": Page(MANAGING, MANAGING),
    "verification_webhook_change": Page(MANAGING, None, "webhook"),
    "verification_webhook_edit": Page(MANAGING, MANAGING, "webhook"),
    "verification_webhook_rotate": Page(MANAGING, MANAGING, "webhook"),
    "verification_webhook_test": Page(None, MANAGING, "webhook"),
    "verification_webhook_remove": Page(MANAGING, MANAGING, "webhook"),
    "verification_webhook_on": Page(None, MANAGING, "webhook"),
    "verification_webhook_off": Page(None, MANAGING, "webhook"),
    "verification_delivery_changelist": Page(MANAGING, MANAGING),
    "verification_delivery_change": Page(MANAGING, None, "delivery"),
    "verification_delivery_again": Page(None, MANAGING, "delivery"),
    "verification_apitoken_changelist": Page(MANAGING, MANAGING),
    "verification_apitoken_add": Page(MANAGING, MANAGING),
    "verification_apitoken_revoke": Page(MANAGING, MANAGING, "token"),
}
#: Addresses that are for whoever is not signed in, too; they have tests of their own.
OPEN = {
    "login",
    "login_code",
    "login_enrol",
    "logout",
    "language",
    "forgotten",
    "password_reset",
}
