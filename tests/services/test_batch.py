"""Several claims of a page at a time: all of them or none, and each once."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tests import factories
from verification.models import Claim, IdempotentRequest, LedgerEntry, Report, Source, User
from verification.services import batch
from verification.services.batch import Addition, NamedReport, NewClaim
from verification.services.drafts import DeadlineDraft

pytestmark = pytest.mark.django_db
DEADLINE = DeadlineDraft(day=date(2026, 3, 31), text="by the end of March", basis="source")


@pytest.fixture
def actor() -> User:
    factories.BeatFactory.create(name="AI")
    return factories.reporter()


def report(source: str = "The Morning Wire", **fields: Any) -> NamedReport:
    return NamedReport(source=source, published_on=date(2026, 1, 29), **fields)


def new(statement: str = "It will be sold.", *reports: NamedReport, **fields: Any) -> NewClaim:
    return NewClaim(
        **{"statement": statement, "beat": "AI", "deadline": DEADLINE} | fields,
        reports=reports or (report(),),
    )


def log_all(actor: User, *entries: Any, keys: list[str] | None = None) -> list[batch.Done]:
    keys = keys or [f"page/{number}" for number in range(len(entries))]
    return batch.log_all(actor=actor, entries=entries, keys=keys, now=factories.NOW)


def test_all_are_logged_and_a_new_source_is_made_once(actor: User) -> None:
    relay = report("Press GPT", via="The Morning Wire", url="https://p.example/1")

    done = log_all(actor, new("One is sold.", report(), relay), new("Two is sold.", report()))

    assert [(one.became, one.reports, one.before) for one in done] == [
        ("logged", 2, False),
        ("logged", 1, False),
    ]
    assert Claim.objects.count() == 2
    assert sorted(Source.objects.values_list("name", flat=True)) == [
        "Press GPT",
        "The Morning Wire",
    ]
    assert done[0].claim.reports.get(source__name="Press GPT").via.name == "The Morning Wire"


def test_one_fault_keeps_all_out_and_every_fault_is_told_at_its_entry(actor: User) -> None:
    before = LedgerEntry.objects.count()

    with pytest.raises(ValidationError) as caught:
        log_all(
            actor,
            new("Fine."),
            new("", report(url="javascript:alert(1)")),
            new("Elsewhere.", report(via="\x00"), beat="Nowhere"),
        )

    assert set(caught.value.message_dict) == {
        "1.statement",
        "1.reports.0.url",
        "2.beat",
        "2.reports.0.via",
    }
    assert not Claim.objects.exists()
    assert not Source.objects.exists()
    assert not IdempotentRequest.objects.exists()
    assert LedgerEntry.objects.count() == before


def test_what_is_sent_twice_is_logged_once(actor: User) -> None:
    [first] = log_all(actor, new("One is sold."), keys=["page/1"])

    again, other = log_all(
        actor, new("One is sold."), new("Two is sold."), keys=["page/1", "page/2"]
    )

    assert (again.claim, again.became, again.before) == (first.claim, "logged", True)
    assert (other.claim.statement, other.before) == ("Two is sold.", False)
    assert Claim.objects.count() == 2


def test_what_was_refused_may_be_mended_and_sent_again(actor: User) -> None:
    with pytest.raises(ValidationError):
        log_all(actor, new(""), keys=["page/1"])

    [done] = log_all(actor, new("Mended."), keys=["page/1"])

    assert done.claim.statement == "Mended."


def test_a_key_is_its_owners(actor: User) -> None:
    log_all(actor, new("One is sold."), keys=["page/1"])

    [done] = log_all(factories.reporter(), new("Another is sold."), keys=["page/1"])

    assert not done.before


def test_reports_go_to_the_claim_that_is_there(actor: User) -> None:
    wire = factories.SourceFactory.create(name="The Morning Wire")
    claim = factories.claim(reports=[factories.report_draft(wire)])
    relay = report("Press GPT", via="The Morning Wire", url="https://p.example/1")

    [done] = log_all(actor, Addition(claim=claim.pk, reports=[report(), relay]))

    assert (done.claim, done.became, done.reports) == (claim, "added", 1)
    assert [row.source.name for row in claim.reports.order_by("id")] == [
        "The Morning Wire",
        "Press GPT",
    ]


def test_a_report_that_is_there_is_not_added_twice(actor: User) -> None:
    claim = factories.claim(reports=[])
    page = Addition(claim=claim.pk, reports=[report("Press GPT", url="HTTPS://p.example/1")])
    log_all(actor, page, keys=["page/1"])

    [done] = log_all(actor, page, keys=["another/1"])

    assert (done.became, done.reports) == ("there", 0)
    assert claim.reports.count() == 1


def test_another_page_of_the_same_source_is_added(actor: User) -> None:
    claim = factories.claim(reports=[])
    log_all(actor, Addition(claim=claim.pk, reports=[report(url="https://p.example/1")]))

    log_all(
        actor,
        Addition(claim=claim.pk, reports=[report(url="https://p.example/2")]),
        keys=["another/1"],
    )

    assert claim.reports.count() == 2


def test_a_fault_of_a_report_that_is_added_is_told_at_it(actor: User) -> None:
    claim = factories.claim(reports=[])
    late = NamedReport(source="Press GPT", published_on=date(2030, 1, 1))

    with pytest.raises(ValidationError) as caught:
        log_all(actor, new(), Addition(claim=claim.pk, reports=[report(), late]))

    assert "1.reports.1.published_on" in caught.value.message_dict
    assert not Report.objects.filter(claim=claim).exists()


def test_a_claim_that_is_not_there_is_told(actor: User) -> None:
    with pytest.raises(ValidationError) as caught:
        log_all(actor, Addition(claim=10**9, reports=[report()]))

    assert set(caught.value.message_dict) == {"0.into"}


def test_who_may_add_no_source_is_told_at_the_report(actor: User) -> None:
    group = actor.groups.get()
    group.permissions.remove(group.permissions.get(codename="add_source"))
    actor = User.objects.get(pk=actor.pk)

    with pytest.raises(ValidationError) as caught:
        log_all(actor, new("One.", report("Nobody's Gazette")))

    assert "you may not add one" in caught.value.message_dict["0.reports.0.source"][0]


@pytest.mark.parametrize("entry", [new(), Addition(claim=1, reports=[])])
def test_who_may_not_log_is_refused(entry: Any) -> None:
    with pytest.raises(PermissionDenied):
        log_all(factories.UserFactory.create(), entry)


def test_what_became_of_a_page_can_be_read_again(actor: User) -> None:
    log_all(actor, new("One is sold."), new("Two is sold."))

    done = batch.done_under(actor=actor, prefix="page/")

    assert [one.claim.statement for one in done] == ["One is sold.", "Two is sold."]
    assert batch.done_under(actor=factories.reporter(), prefix="page/") == []


@pytest.mark.parametrize(
    ("source", "via"),
    [
        ("eurogamer.net", "Eurogamer"),
        ("Le Monde", "lemonde.fr"),
        ("WSJ", "The Wall Street Journal"),
    ],
)
def test_a_source_that_credits_itself_by_another_name_is_refused_and_not_made(
    actor: User, source: str, via: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        log_all(actor, new("It will be sold.", report(source, via=via)))

    assert list(refused.value.message_dict) == ["0.reports.0.via"]
    assert "credit itself" in refused.value.message_dict["0.reports.0.via"][0]
    assert not Source.objects.exists()


def test_two_sources_that_the_newsroom_keeps_apart_may_credit_one_another(actor: User) -> None:
    for name in ("BBC", "BBC News"):
        factories.SourceFactory.create(name=name)

    [done] = log_all(actor, new("It will be sold.", report("BBC News", via="BBC")))

    assert done.claim.reports.get().via.name == "BBC"
