"""A claims file on the desk: looked at first, brought in once, mended and sent again."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import factories
from tests.services.files import Row, confirmed, report, row
from tests.services.rows import nothing_changes
from verification.admin import importing
from verification.models import Claim, ImportPart, ImportRun, Source
from verification.services import claimfile, recomputing
from verification.services.importing import uploads

pytestmark = pytest.mark.django_db
PAGE = "/admin/verification/claim/import/"
DesksClient = Callable[..., Client]


@pytest.fixture
def manon(desk: DesksClient) -> Client:
    return desk("managing editor", username="manon")


def file(rows: list[Row] | str, name: str = "claims.jsonl") -> SimpleUploadedFile:
    text = rows if isinstance(rows, str) else "".join(json.dumps(found) + "\n" for found in rows)
    return SimpleUploadedFile(name, text.encode())


def send(client: Client, rows: list[Row] | str, **more: Any) -> tuple[ImportRun, str]:
    """Uploads a file and gives its run and its page."""
    response = client.post(PAGE, {"file": file(rows, **more)}, follow=True)
    assert response.status_code == 200, response.content.decode()
    return ImportRun.objects.latest("id"), response.content.decode()


def text(response: HttpResponse) -> str:
    """The body of a streamed answer."""
    return b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]


def test_a_file_is_shown_before_anything_of_it_is_kept(manon: Client) -> None:
    bad = row(id="bad", deadline="2026-02-30", statement="A <b>bold</b> claim.")
    run, page = send(manon, [confirmed(), bad])
    assert Claim.objects.count() == 0
    assert (run.state, run.claims, run.verdicts, run.refused) == ("checked", 1, 1, 1)
    assert "Amazon will put at least $50bn into OpenAI." in page
    assert "“2026-02-30” is not a day." in page
    assert "A &lt;b&gt;bold&lt;/b&gt; claim." in page


def test_what_is_confirmed_comes_in_in_the_name_of_who_confirmed(
    manon: Client, desk: DesksClient
) -> None:
    run, _page = send(manon, [confirmed(), row(id="bad", deadline="soon")])
    emma = desk("editor", username="emma")
    factories.BeatFactory.create(name=row()["beat"])
    response = emma.post(f"{PAGE}{run.pk}/", {"confirm": "yes"}, follow=True)
    assert "Finished" in response.content.decode()
    claim = Claim.objects.get()
    assert (claim.slug, claim.logged_by.username) == ("amazon-openai", "emma")
    assert recomputing.differences() == []
    run.refresh_from_db()
    assert (run.state, run.claims, run.refused) == ("finished", 1, 1)


def test_confirming_twice_brings_nothing_in_twice(manon: Client) -> None:
    run, _page = send(manon, [row()])
    manon.post(f"{PAGE}{run.pk}/", {"confirm": "yes"})
    with nothing_changes():
        page = manon.post(f"{PAGE}{run.pk}/", {"confirm": "yes"}, follow=True)
    assert "not waiting to be confirmed" in page.content.decode()


def test_what_would_bring_in_nothing_offers_no_import(manon: Client) -> None:
    _run, page = send(manon, [row(deadline="soon")])
    assert "Forget the file" in page
    assert "Bring it in" not in page


def test_a_get_brings_nothing_in(manon: Client) -> None:
    run, _page = send(manon, [row()])
    with nothing_changes():
        manon.get(f"{PAGE}{run.pk}/", {"confirm": "yes"})


def test_a_forgotten_file_leaves_nothing(manon: Client) -> None:
    run, _page = send(manon, [row()])
    manon.post(f"{PAGE}{run.pk}/", {"discard": "yes"})
    assert not ImportRun.objects.exists()
    assert not ImportPart.objects.exists()
    assert not Claim.objects.exists()


def test_the_preview_marks_the_claims_that_would_be_refused(manon: Client) -> None:
    rows = [row(id=f"claim-{n}", statement=f"Claim {n}.") for n in range(45)]
    rows[30]["deadline"] = "soon"
    run, page = send(manon, rows)
    assert page.count("would be refused") == 1
    assert 'href="#faults-31"' in page
    assert 'id="faults-31"' in page
    assert "claim-44" in page
    page = manon.post(f"{PAGE}{run.pk}/", {"confirm": "yes"}, follow=True).content.decode()
    assert "would be refused" not in page
    assert 'href="#faults-31"' in page


def test_what_a_file_says_otherwise_is_shown_before_and_after(manon: Client) -> None:
    run, _page = send(manon, [row()])
    manon.post(f"{PAGE}{run.pk}/", {"confirm": "yes"})
    run, page = send(manon, [row(deadline="2026-05-31"), row(id="new", statement="New.")])
    assert (run.claims, run.kept, run.unchanged, run.differing) == (1, 1, 0, 1)
    told = "Kept is “2026-03-31”; the file says “2026-05-31”."
    assert told in page
    assert 'href="#differences-1"' in page
    page = manon.post(f"{PAGE}{run.pk}/", {"confirm": "yes"}, follow=True).content.decode()
    assert told in page
    table = list(csv.reader(io.StringIO(text(manon.get(f"{PAGE}{run.pk}/faults.csv")))))
    assert table[1] == ["1", "amazon-openai", "$.deadline", "differing", told]
    assert str(Claim.objects.get(slug="amazon-openai").deadline) == "2026-03-31"


def test_a_file_that_differs_and_brings_nothing_says_so_and_offers_no_import(manon: Client) -> None:
    run, _page = send(manon, [row()])
    manon.post(f"{PAGE}{run.pk}/", {"confirm": "yes"})
    run, page = send(manon, [row(deadline="2026-05-31")])
    assert run.differing == 1
    assert "Bring it in" not in page
    assert "What the file says otherwise" in page


def test_how_a_csv_was_read_is_said_before_it_comes_in(manon: Client) -> None:
    content = "id;statement;beat;deadline\nun;Un été.;Tech;30/06/2026\n".encode("cp1252")
    upload = SimpleUploadedFile("claims.csv", content)
    page = manon.post(PAGE, {"file": upload}, follow=True).content.decode()
    assert "Read as Windows-1252, parted by “;”." in page
    assert "Un été." in page
    assert "2026-06-30" in page


def test_refused_rows_are_downloaded_mended_and_come_in(manon: Client) -> None:
    run, _page = send(manon, [row(), row(id="bad", deadline="=1+1", statement="=cmd")])
    manon.post(f"{PAGE}{run.pk}/", {"confirm": "yes"})
    faults = list(csv.reader(io.StringIO(text(manon.get(f"{PAGE}{run.pk}/faults.csv")))))
    assert faults[1][:4] == ["2", "bad", "$.deadline", "refused"]
    refused = text(manon.get(f"{PAGE}{run.pk}/refused.csv"))
    assert "'=cmd" in refused
    run, _page = send(manon, refused.replace("'=1+1", "2026-06-30"), name="mended.csv")
    manon.post(f"{PAGE}{run.pk}/", {"confirm": "yes"})
    assert Claim.objects.get(slug="bad").statement == "=cmd"


def test_refused_rows_are_given_back_in_the_form_of_the_file(manon: Client) -> None:
    content = "id;statement;beat;deadline\na;Un été.;Météo;bientôt\n".encode("cp1252")
    manon.post(PAGE, {"file": SimpleUploadedFile("claims.csv", content)})
    run = ImportRun.objects.get()
    for name, begins in {"refused": "id;language;", "faults": "row;what;"}.items():
        response = manon.get(f"{PAGE}{run.pk}/{name}.csv")
        assert response.headers["Content-Type"] == "text/csv; charset=windows-1252"
        given = b"".join(response.streaming_content).decode("cp1252")  # type: ignore[attr-defined]
        assert given.startswith(begins)
        assert "a;" in given
    mended = manon.get(f"{PAGE}{run.pk}/refused.csv")
    text_ = b"".join(mended.streaming_content).replace(b"bient\xf4t", b"30/06/2026")  # type: ignore[attr-defined]
    manon.post(PAGE, {"file": SimpleUploadedFile("mended.csv", text_)})
    run = ImportRun.objects.latest("id")
    assert (run.fresh, run.refused) == (1, 0)


def test_new_sources_and_beats_are_named_before_and_after(
    manon: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "NAMED", 2)
    factories.SourceFactory.create(name="Le Monde")
    names = ("Aaa <b>", "Bbb", "Le Mondee")
    reports = [report(source=name, url=f"https://news.example/{name[0]}") for name in names]
    run, page = send(manon, [row(reports=reports)])
    assert (run.sources, run.beats, Source.objects.count()) == (3, 1, 1)
    page_after = manon.post(f"{PAGE}{run.pk}/", {"confirm": "yes"}, follow=True).content.decode()
    for found in (page, page_after):
        assert "Did you mean “Le Monde”?" in found
        assert found.index("Le Mondee") < found.index("Aaa &lt;b&gt;")
        assert "And one more, in the CSV below." in found
        assert "New beats" in found
    assert "each of these names becomes one" in page
    assert "each of these names became one" in page_after
    assert "Bbb" in text(manon.get(f"{PAGE}{run.pk}/faults.csv"))
    run.refresh_from_db()
    assert (run.sources, run.beats, Source.objects.count()) == (3, 1, 4)


def test_what_becomes_of_the_rows_adds_up_to_the_rows_of_the_file(manon: Client) -> None:
    run, _page = send(manon, [row(id="same"), row(id="grows"), row(id="differs")])
    manon.post(f"{PAGE}{run.pk}/", {"confirm": "yes"})
    more = [report(), report(source="Reuters", url="https://reuters.com/1")]
    rows = [
        row(id="same"), row(id="grows", reports=more, deadline="2026-05-31"),
        row(id="differs", deadline="2026-05-31"), row(id="new"), row(id="bad", deadline="soon"),
    ]  # fmt: skip
    run, page = send(manon, rows)
    assert (run.fresh, run.grown, run.kept, run.unchanged, run.refused) == (1, 1, 1, 1, 1)
    assert run.differing == 2
    assert "5 claims and sources in the file:" in page


def test_claims_without_criteria_are_told_before_and_after(manon: Client) -> None:
    run, page = send(manon, [row(criteria=""), row(id="b", statement="B.")])
    assert "One new claim that readers see has no criteria" in page
    assert "fill in its column <code>criteria</code>" in page
    page = manon.post(f"{PAGE}{run.pk}/", {"confirm": "yes"}, follow=True).content.decode()
    assert "on the page of the claim, before the verdict" in page


def test_who_credits_itself_is_told_before_and_after(manon: Client) -> None:
    run, page = send(manon, [row(reports=[report(via="WSJ")])])
    page_after = manon.post(f"{PAGE}{run.pk}/", {"confirm": "yes"}, follow=True).content.decode()
    for found in (page, page_after):
        assert "What is read otherwise than it is written" in found
        assert "credits itself here (“WSJ”)" in found


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        ("{}", "claims.txt", "ends in"),
        ("", "claims.csv", "submitted file is empty|file is empty|Choose a file"),
        ("x" * (1024 * 1024 + 1), "claims.csv", "larger than 1 MB"),
    ],
)
def test_what_is_no_claims_file_is_told_on_the_form(
    manon: Client, settings: Any, content: str, name: str, says: str
) -> None:
    settings.IMPORT_MAX_MB = 1
    with nothing_changes():
        response = manon.post(PAGE, {"file": file(content, name=name)})
    assert response.status_code == 200
    assert any(part in response.content.decode() for part in says.split("|"))


def test_a_file_with_a_fault_says_where(manon: Client) -> None:
    run, page = send(manon, json.dumps(row()) + "\n{broken")
    assert (run.state, Claim.objects.count()) == ("failed", 0)
    assert "Line 2 is not JSON" in page


@pytest.mark.parametrize("role", ["reporter", ""])
def test_who_may_not_decide_brings_in_no_file(manon: Client, desk: DesksClient, role: str) -> None:
    run, _page = send(manon, [row()])
    client = desk(role)
    with nothing_changes():
        for address in (PAGE, f"{PAGE}{run.pk}/"):
            assert client.get(address).status_code == 403
            assert client.post(address, {"confirm": "yes"}).status_code == 403
        for name in ("faults.csv", "refused.csv"):
            assert client.get(f"{PAGE}{run.pk}/{name}").status_code == 403


# --- Large files ----------------------------------------------------------------------------------


@pytest.fixture
def large(manon: Client, monkeypatch: pytest.MonkeyPatch) -> ImportRun:
    """A file that waits for a worker."""
    monkeypatch.setattr(uploads, "SMALL", 0)
    monkeypatch.setattr(uploads, "PART", 100)
    run, page = send(manon, [row(id=f"claim-{n}") for n in range(5)])
    assert "A worker begins" in page
    return run


def test_a_large_file_waits_for_a_worker_and_its_page_loads_itself(
    manon: Client, large: ImportRun
) -> None:
    assert manon.get(f"{PAGE}{large.pk}/").headers["Refresh"] == "4"
    assert uploads.due(timezone.now()) == [large.pk]
    uploads.work(large.pk, clock=timezone.now)
    assert uploads.due(timezone.now()) == []
    assert "Refresh" not in manon.get(f"{PAGE}{large.pk}/").headers
    manon.post(f"{PAGE}{large.pk}/", {"confirm": "yes"})
    assert (uploads.due(timezone.now()), Claim.objects.count()) == ([large.pk], 0)
    uploads.work(large.pk, clock=timezone.now)
    assert Claim.objects.count() == 5


def test_the_file_of_a_dead_worker_is_gone_on_with_and_that_of_a_living_one_is_not(
    large: ImportRun,
) -> None:
    now = timezone.now()
    ImportRun.objects.update(token="another", touched_at=now)
    uploads.work(large.pk, clock=lambda: now)
    large.refresh_from_db()
    assert (large.token, large.state) == ("another", "checking")
    later = now + uploads.LOST_AFTER + timedelta(seconds=1)
    assert uploads.due(later) == [large.pk]
    uploads.work(large.pk, clock=lambda: later)
    large.refresh_from_db()
    assert large.state == "checked"


def test_files_and_results_are_forgotten_in_time(large: ImportRun) -> None:
    uploads.work(large.pk, clock=timezone.now)
    uploads.forget_old(timezone.now() + uploads.FILE_KEPT - timedelta(seconds=1))
    assert ImportPart.objects.exists()
    uploads.forget_old(timezone.now() + uploads.FILE_KEPT + timedelta(seconds=1))
    assert not ImportRun.objects.exists()


# --- Exports --------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["csv", "jsonl", "json", "xlsx"])
def test_the_list_is_exported_as_it_is_filtered(manon: Client, kind: str, tmp_path: Any) -> None:
    run, _page = send(manon, [confirmed(), row(id="open", public=False, deadline="2026-06-30")])
    manon.post(f"{PAGE}{run.pk}/", {"confirm": "yes"})
    assert (
        f"export.{kind}?status=open"
        in manon.get("/admin/verification/claim/?status=open").content.decode()
    )
    address = reverse("admin:verification_claim_export", args=[kind])
    response = manon.get(address, {"status": "open"})
    assert "attachment" in response.headers["Content-Disposition"]
    path = tmp_path / f"claims.{kind}"
    path.write_bytes(b"".join(response.streaming_content))  # type: ignore[attr-defined]
    assert [found["id"] for _number, found in claimfile.read(path)] == ["open"]


def test_who_may_not_read_claims_exports_none(desk: DesksClient) -> None:
    address = reverse("admin:verification_claim_export", args=["csv"])
    assert desk("").get(address).status_code == 403
    assert Client().get(address).status_code == 302


def test_an_unknown_format_is_not_there(manon: Client) -> None:
    address = reverse("admin:verification_claim_export", args=["exe"])
    assert manon.get(address).status_code == 404
