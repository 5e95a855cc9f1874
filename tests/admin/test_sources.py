"""Sources on the desk: their names and domains, found by any of them, and merged."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.admin.typed import url
from verification.models import Source
from verification.services import merging, sources
from verification.services.sourcenames import aliases_of, domains_of

pytestmark = pytest.mark.django_db

LIST = "/admin/verification/source/"


@pytest.fixture
def journal() -> Source:
    return sources.create_source(
        actor=factories.managing_editor(),
        name="The Wall Street Journal",
        homepage="https://www.wsj.com",
        aliases=["WSJ", "Journal de Wall Street"],
        domains=["médiacités.fr"],
        now=factories.NOW,
    )


def typed(source: Source, **changes: str) -> dict[str, str]:
    fields = ("name", "kind", "homepage", "language")
    return {name: getattr(source, name) for name in fields} | {"outlet": ""} | changes


def words(response: Any) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def test_the_page_of_a_source_edits_its_names_and_domains_a_line_each(
    desk: Any, journal: Source
) -> None:
    page = url("source_change", journal.pk)
    shown = desk("editor").get(page).content.decode()
    assert re.search(r"<textarea[^>]*>\s*Journal de Wall Street\nWSJ</textarea>", shown)
    assert re.search(r"<textarea[^>]*>\s*wsj.com\nmédiacités.fr</textarea>", shown)

    sent = typed(journal, aliases="WSJ\r\n\r\n Dow Jones \r\n", domains="https://wsj.com/x\r\n")
    assert desk("editor").post(page, sent).status_code == 302
    assert aliases_of(journal) == ["Dow Jones", "WSJ"]
    assert domains_of(journal) == ["wsj.com"]
    assert desk("editor").post(page, typed(journal)).status_code == 302
    assert (aliases_of(journal), domains_of(journal)) == ([], [])


def test_what_cannot_be_kept_is_said_beside_its_field_with_all_that_was_typed(
    desk: Any, journal: Source
) -> None:
    other = factories.SourceFactory.create(name="Le Monde", homepage="")
    sent = typed(other, aliases="W.S.J.\nMonde libre", domains="wsj.com\nco.uk")
    response = desk("editor").post(url("source_change", other.pk), sent)
    said = words(response)
    assert "“W.S.J.” is" not in said
    assert "“WSJ” is an alias of The Wall Street Journal." in said
    assert "wsj.com belongs to The Wall Street Journal." in said
    assert "Anybody may have a site under co.uk" in said
    assert "W.S.J.\nMonde libre</textarea>" in response.content.decode()


def test_a_source_is_added_with_its_names(desk: Any) -> None:
    client = desk("reporter")
    sent = {"name": "Reuters", "kind": "agency", "aliases": "l’agence Reuters", "domains": ""}
    assert client.post(url("source_add"), sent | {"homepage": "https://www.reuters.com"})
    made = Source.objects.get()
    assert (aliases_of(made), domains_of(made)) == (["l’agence Reuters"], ["reuters.com"])


@pytest.mark.parametrize("asked", ["wsj", "W.S.J.", "le journal de wall", "wsj.com", "journal-2"])
def test_the_list_is_searched_by_name_alias_domain_and_slug(
    desk: Any, journal: Source, asked: str
) -> None:
    Source.objects.filter(pk=journal.pk).update(slug="journal-2")
    factories.SourceFactory.create(name="Reuters")
    shown = words(desk("reporter").get(LIST, {"q": asked}))
    assert "The Wall Street Journal" in shown
    assert "Reuters" not in shown


def test_what_is_typed_is_completed_by_alias_and_says_which(desk: Any, journal: Source) -> None:
    factories.SourceFactory.create(name="Le WSJeur")
    client = desk("reporter")
    assert client.get("/admin/suggest/sources/?q=ws").json()["names"] == [
        {"value": "Le WSJeur", "words": "outlet"},
        {"value": "The Wall Street Journal", "words": "WSJ · outlet"},
    ]
    assert client.get("/admin/suggest/sources/?q=Wall St Journal").json()["names"] == [
        {"value": "The Wall Street Journal", "words": "did you mean this one?"}
    ]


def test_the_page_that_merges_a_source_does_not_offer_it(desk: Any, journal: Source) -> None:
    twin = factories.SourceFactory.create(name="Le Journal & Cie")
    client = desk("managing editor")
    offered = client.get(url("source_merge", twin.pk)).context["form"]["into"].field.widget.attrs
    names = client.get(f"{offered['data-suggest']}&q=journal").json()["names"]
    assert [name["value"] for name in names] == [journal.name]


def test_completing_takes_as_many_queries_for_one_source_as_for_many(desk: Any) -> None:
    client, manon = desk("reporter"), factories.managing_editor()

    def add(first: int, last: int) -> int:
        for number in range(first, last):
            sources.create_source(
                actor=manon, name=f"Paper {number}", aliases=[f"P. {number}"], now=factories.NOW
            )
        with CaptureQueriesContext(connection) as captured:
            client.get("/admin/suggest/sources/?q=p")
        return len(captured)

    assert add(0, 1) == add(1, 8)


@pytest.mark.parametrize("asked", ["WSJ", "le Wall Street Journal", "the-wall-street-journal"])
def test_the_claims_of_a_source_are_filtered_by_any_of_its_names(
    desk: Any, journal: Source, asked: str
) -> None:
    factories.claim(statement="By the Journal.", reports=[factories.report_draft(journal)])
    factories.claim(statement="By another.")
    shown = words(desk("reporter").get("/admin/verification/claim/", {"source": asked}))
    assert "By the Journal." in shown
    assert "By another." not in shown


def test_a_filter_by_a_name_that_is_none_says_what_may_be_meant(desk: Any, journal: Source) -> None:
    page = desk("reporter").get("/admin/verification/claim/", {"source": "Wall St Journal"})
    assert "Did you mean: The Wall Street Journal?" in words(page)


# --- Merging --------------------------------------------------------------------------------------


def test_before_a_merge_everything_that_it_does_is_said(desk: Any, journal: Source) -> None:
    client = desk("managing editor")
    twin = sources.create_source(
        actor=client.user,
        name="Dow Jones Newswires",
        aliases=["DJN"],
        domains=["dowjones.com"],
        now=factories.NOW,
    )
    reporter = factories.SourceFactory.create(name="Berber Jin", kind="reporter", outlet=twin)
    url_of_both = "https://wsj.example/amazon"
    both = factories.claim(
        reports=[
            factories.report_draft(journal, url=url_of_both),
            factories.report_draft(twin, url=url_of_both),
            factories.report_draft(twin, url=f"{url_of_both}-2", via=journal),
        ]
    )
    factories.claim(
        reports=[
            factories.report_draft(twin, published_on=date(2026, 1, 20)),
            factories.report_draft(reporter, via=twin),
        ]
    )
    factories.decide(both)

    page = client.post(url("source_merge", twin.pk), {"into": "wsj"})

    said = words(page)
    for line in (
        "positions that go over 2",
        "claims that both reported: the earlier report fixes the position 1",
        "reports that go over 3",
        "reports logged under both: kept once 1",
        "reports by one of them that credited the other: origins now 1",
        "reports of others that credit it 1",
        "other names DJN",
        "domains dowjones.com",
        "its reporters Berber Jin",
        "Dow Jones Newswires The Wall Street Journal after the merge",
        "hits and misses 1 : 0 1 : 0 1 : 0",
        "rank provisional provisional provisional",
        "open 1 0 1",
        "positions 2 1 2",
    ):
        assert line in said
    assert Source.objects.get(pk=twin.pk).merged_into is None
    client.post(url("source_merge", twin.pk), {"into": "wsj", "confirm": journal.pk})
    assert Source.objects.get(pk=twin.pk).merged_into == journal
    assert aliases_of(journal) == ["DJN", "Journal de Wall Street", "WSJ"]


def test_only_the_merge_that_was_shown_is_done(desk: Any, journal: Source) -> None:
    client = desk("managing editor")
    twin, other = factories.SourceFactory.create(), factories.SourceFactory.create(name="Other")
    page = client.post(url("source_merge", twin.pk), {"into": "Other", "confirm": journal.pk})
    assert f'name="confirm" value="{other.pk}"' in page.content.decode()
    assert Source.objects.get(pk=twin.pk).merged_into is None


def test_a_merge_into_nobody_says_what_may_be_meant(desk: Any, journal: Source) -> None:
    twin = factories.SourceFactory.create(name="Twin")
    page = desk("managing editor").post(url("source_merge", twin.pk), {"into": "Wall St Journal"})
    assert "Did you mean: The Wall Street Journal?" in words(page)


def test_the_name_of_a_merged_source_leads_a_merge_to_the_one_that_stays(
    desk: Any, journal: Source
) -> None:
    client = desk("managing editor")
    gone = factories.SourceFactory.create(name="Gone")
    merging.merge(actor=client.user, source=gone, into=journal, now=factories.NOW)
    twin = factories.SourceFactory.create(name="Twin")
    client.post(url("source_merge", twin.pk), {"into": "Gone", "confirm": journal.pk})
    assert Source.objects.get(pk=twin.pk).merged_into == journal
