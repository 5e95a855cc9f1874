"""The named sets of values, with their words for the desk and the pages."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from verification.domain import credit, outcomes


class SourceKind(models.TextChoices):
    """What a source is."""

    OUTLET = "outlet", _("outlet")
    AGENCY = "agency", _("agency")
    REPORTER = "reporter", _("reporter")
    ANALYST = "analyst", _("analyst")
    ACCOUNT = "account", _("account")
    OFFICIAL = "official", _("official")


class Precision(models.TextChoices):
    """How exactly a deadline was worded; the deadline itself is always the period's last day."""

    DAY = "day", _("day")
    MONTH = "month", _("month")
    QUARTER = "quarter", _("quarter")
    HALF = "half", _("half-year")
    YEAR = "year", _("year")


class Basis(models.TextChoices):
    """Who gave a deadline."""

    SOURCE = credit.Basis.SOURCE.value, _("stated by the source")
    NEWSROOM = credit.Basis.NEWSROOM.value, _("set by the newsroom")


class ClaimOutcome(models.TextChoices):
    """What a claim's current verdict says."""

    CONFIRMED = outcomes.Outcome.CONFIRMED.value, _("confirmed")
    DENIED = outcomes.Outcome.DENIED.value, _("denied")
    LAPSED = outcomes.Outcome.LAPSED.value, _("lapsed")
    VOID = outcomes.Outcome.VOID.value, _("void")


class VerdictOutcome(models.TextChoices):
    """What a verdict says; `reopened` withdraws the one before it."""

    CONFIRMED = outcomes.Outcome.CONFIRMED.value, _("confirmed")
    DENIED = outcomes.Outcome.DENIED.value, _("denied")
    LAPSED = outcomes.Outcome.LAPSED.value, _("lapsed")
    VOID = outcomes.Outcome.VOID.value, _("void")
    REOPENED = outcomes.Outcome.REOPENED.value, _("reopened")


class ClaimStatus(models.TextChoices):
    """What a reader is told of a claim."""

    OPEN = outcomes.Status.OPEN.value, _("open")
    AWAITING = outcomes.Status.AWAITING.value, _("awaiting verdict")
    CONFIRMED = outcomes.Status.CONFIRMED.value, _("confirmed")
    DENIED = outcomes.Status.DENIED.value, _("denied")
    LAPSED = outcomes.Status.LAPSED.value, _("lapsed")
    VOID = outcomes.Status.VOID.value, _("void")


class NameKind(models.TextChoices):
    """What a claims file makes by naming it."""

    SOURCE = "source", _("source")
    BEAT = "beat", _("beat")


class Stance(models.TextChoices):
    """How a report stands to its claim."""

    ASSERTS = credit.Stance.ASSERTS.value, _("asserts")
    DISPUTES = credit.Stance.DISPUTES.value, _("disputes")
    OBSERVES = credit.Stance.OBSERVES.value, _("observes")


class Certainty(models.TextChoices):
    """The ICD 203 ladder: how probable the wording of a report makes the claim."""

    ALMOST_NO_CHANCE = "almost no chance", _("almost no chance")
    VERY_UNLIKELY = "very unlikely", _("very unlikely")
    UNLIKELY = "unlikely", _("unlikely")
    EVEN = "roughly even chance", _("roughly even chance")
    LIKELY = "likely", _("likely")
    VERY_LIKELY = "very likely", _("very likely")
    ALMOST_CERTAIN = "almost certain", _("almost certain")


class Credit(models.TextChoices):
    """What a position adds to its source's record."""

    OPEN = credit.Credit.OPEN.value, _("open")
    HIT = credit.Credit.HIT.value, _("hit")
    MISS = credit.Credit.MISS.value, _("miss")
    LAPSED_UNCOUNTED = credit.Credit.LAPSED_UNCOUNTED.value, _("lapsed, not counted")
    RELAY_OPEN = credit.Credit.RELAY_OPEN.value, _("passed on, open")
    RELAY_BORNE_OUT = credit.Credit.RELAY_BORNE_OUT.value, _("passed on, borne out")
    RELAY_NOT = credit.Credit.RELAY_NOT.value, _("passed on, not borne out")
    RELAY_LAPSED_UNCOUNTED = (
        credit.Credit.RELAY_LAPSED_UNCOUNTED.value,
        _("passed on, lapsed, not counted"),
    )
    NONE = credit.Credit.NONE.value, _("not counted")


class Reason(models.TextChoices):
    """Why a position counts as it does, in words."""

    UNDECIDED = credit.Reason.UNDECIDED.value, _("Nobody has decided the claim yet.")
    ASSERTED_CONFIRMED = (
        credit.Reason.ASSERTED_CONFIRMED.value,
        _("It asserted the claim, and the claim was confirmed."),
    )
    ASSERTED_DENIED = (
        credit.Reason.ASSERTED_DENIED.value,
        _("It asserted the claim, and the claim was denied."),
    )
    ASSERTED_LAPSED = (
        credit.Reason.ASSERTED_LAPSED.value,
        _("It asserted the claim, and the deadline that the source gave passed without it."),
    )
    DISPUTED_CONFIRMED = (
        credit.Reason.DISPUTED_CONFIRMED.value,
        _("It disputed the claim, and the claim was confirmed."),
    )
    DISPUTED_DENIED = (
        credit.Reason.DISPUTED_DENIED.value,
        _("It disputed the claim, and the claim was denied."),
    )
    DISPUTED_LAPSED = (
        credit.Reason.DISPUTED_LAPSED.value,
        _("It disputed the claim, and the deadline that the source gave passed without it."),
    )
    LAPSED_NEWSROOM_DEADLINE = (
        credit.Reason.LAPSED_NEWSROOM_DEADLINE.value,
        _("The claim lapsed by a deadline that the newsroom had set: no source answers for that."),
    )
    OBSERVED = credit.Reason.OBSERVED.value, _("It took no side.")
    AFTER_OUTCOME = (
        credit.Reason.AFTER_OUTCOME.value,
        _("It was published after the outcome had become known."),
    )
    VOID = credit.Reason.VOID.value, _("The claim is void.")


class Stage(models.TextChoices):
    """When a reminder falls due, as counted from the deadline."""

    HEADS_UP = "heads-up", pgettext_lazy("stage", "heads-up")
    DUE = "due", pgettext_lazy("stage", "due")
    OVERDUE_1 = "overdue-1", pgettext_lazy("stage", "one day overdue")
    OVERDUE_3 = "overdue-3", pgettext_lazy("stage", "three days overdue")
    OVERDUE_7 = "overdue-7", pgettext_lazy("stage", "a week overdue")
    ESCALATION = "escalation", pgettext_lazy("stage", "escalation")


class Audience(models.TextChoices):
    """Who is told at a rung of a ladder."""

    OWNER = "owner", pgettext_lazy("audience", "whoever answers for the claim")
    EDITOR = "editor", pgettext_lazy("audience", "the beat’s editor")
    MANAGING = "managing", pgettext_lazy("audience", "the managing editors")
    WATCHER = "watcher", pgettext_lazy("audience", "those who watch the claim")


class MessageState(models.TextChoices):
    """Where a message of the outbox is."""

    PENDING = "pending", _("pending")
    SENT = "sent", _("sent")
    FAILED = "failed", _("failed")
    QUARANTINED = "quarantined", _("quarantined")
    DROPPED = "dropped", _("dropped")


class MessageKind(models.TextChoices):
    """What a message is about."""

    REMINDERS = "reminders", _("reminders")
    NOTICES = "notices", _("verdict notices")
    PROPOSALS = "proposals", _("proposed verdicts")
    DIGEST = "digest", _("digest")
    ACCOUNT = "account", pgettext_lazy("mail", "account")
    WEBHOOK = "webhook", _("webhook switched off")


class WebhookKind(models.TextChoices):
    """What a webhook's address takes."""

    JSON = "json", _("a program (signed JSON)")
    SLACK = "slack", "Slack"
    TEAMS = "teams", "Microsoft Teams"


class WebhookEvent(models.TextChoices):
    """What a webhook is told of."""

    LOGGED = "claim.logged", _("a claim is logged, or becomes public")
    DEADLINE_CHANGED = "claim.deadline_changed", _("a deadline is moved")
    VERDICT = "claim.verdict", _("a verdict is given or revised")
    REOPENED = "claim.reopened", _("a verdict is withdrawn")
    TEST = "test", _("a test")


class SwitchedOff(models.TextChoices):
    """Why a webhook is told nothing."""

    HAND = "hand", _("by hand")
    GONE = "gone", _("it answered that it is gone (410)")
    FAILING = "failing", _("it took nothing for three days")


class Gate(models.TextChoices):
    """What only so many tries are allowed of."""

    NAME = "name", _("passwords for a name from one address")
    ADDRESS = "address", _("passwords from one address")
    CODE = "code", _("codes of a user’s second factor")
    RESET_NAME = "reset-name", _("new passwords asked for by one name")
    RESET_ADDRESS = "reset-address", _("new passwords asked for from one address")


class AccountEvent(models.TextChoices):
    """What a user is told of the own account."""

    RESET = "reset", _("a new password was asked for")
    LOCKED = "locked", _("locked after wrong passwords")
    CODE_LOCKED = "code-locked", _("locked after wrong codes")
    PASSWORD = "password", _("the password was changed")
    FACTOR_ON = "factor-on", _("a second factor was set up")
    FACTOR_OFF = "factor-off", _("the second factor was taken away")
    RECOVERY = "recovery", _("a recovery code was used")


class ImportState(models.TextChoices):
    """How far the import of a file is."""

    CHECKING = "checking", pgettext_lazy("import", "being checked")
    CHECKED = "checked", pgettext_lazy("import", "checked, nothing kept yet")
    RUNNING = "running", pgettext_lazy("import", "running")
    FINISHED = "finished", pgettext_lazy("import", "finished")
    CUT_OFF = "cut-off", pgettext_lazy("import", "cut off")
    FAILED = "failed", pgettext_lazy("import", "failed")


class ProposalState(models.TextChoices):
    """Where a proposed verdict is."""

    WAITING = "waiting", _("waiting for a second editor")
    CONFIRMED = "confirmed", pgettext_lazy("proposal", "confirmed")
    SENT_BACK = "sent back", _("sent back")
    WITHDRAWN = "withdrawn", _("withdrawn")
    STALE = "stale", _("overtaken by a change")


class ReadFault(models.TextChoices):
    """Why a page was not read, in a sentence for whoever asked for it."""

    LENGTH = "length", _("This address is too long to be read.")
    CHARACTERS = "characters", _("This address holds spaces, backslashes or unseen characters.")
    SCHEME = "scheme", _("Only addresses that begin with http:// or https:// are read.")
    CREDENTIALS = "credentials", _("Addresses with a user name or a password are not read.")
    PORT = "port", _("Only the usual ports are read: 80 for http, 443 for https.")
    HOST = "host", _("This address names no host of the internet.")
    NOT_PUBLIC = "not-public", _("This address leads into a private network: it is not opened.")
    UNKNOWN_HOST = "unknown-host", _("There is no site of this name, or its name cannot be found.")
    UNREACHABLE = "unreachable", _("The site cannot be reached.")
    CERTIFICATE = "certificate", _("The site’s certificate is not valid for it.")
    TIMEOUT = "timeout", _("The site took too long to send the page.")
    REDIRECTS = "redirects", _("The address leads on from one page to the next without an end.")
    DOWNGRADE = "downgrade", _("The address leads from https to http, where a page can be altered.")
    GONE = "gone", _("The page is not there any more.")
    CLOSED = "closed", _("The site does not let the page be read.")
    STATUS = "status", _("The site answered with an error instead of the page.")
    KIND = "kind", _("The address leads to something other than a page of text (HTML).")
    ENCODING = "encoding", _("The site sent the page in an encoding that was not asked for.")
    SIZE = "size", _("The page is too large to be read.")
    BROKEN = "broken", _("What the site sent cannot be read, or breaks off.")
    NO_ARTICLE = "no-article", _("No article was found in this page.")
    CURTAILED = "curtailed", _("The page shows little of the article now.")


class KeptHow(models.TextChoices):
    """How a page's text came to us."""

    FETCHED = "fetched", _("read from its address")
    PASTED = "pasted", _("pasted by the desk")
