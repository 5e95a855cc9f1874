"""Users, tokens, sources and beats on the desk."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission

from tests import factories
from tests.admin.typed import url
from verification.models import ApiToken, Beat, LedgerEntry, Source, User
from verification.services.people import role_of

PASSWORD = "a-long-phrase-of-its-own"


def typed(**changes: Any) -> dict[str, Any]:
    return {
        "username": "robin",
        "first_name": "Robin",
        "last_name": "Vega",
        "email": "robin@example.org",
        "role": "reporter",
        "language": "fr",
        "weekly_digest": "on",
        "is_active": "on",
        "password": PASSWORD,
        **changes,
    }


def fields(response: Any) -> list[str]:
    return list(response.context["form"].errors)


def test_a_user_is_made_with_a_role_and_can_sign_in(desk: Any, client: Any) -> None:
    desk("managing editor").post(url("user_add"), typed())

    robin = User.objects.get(username="robin")
    assert (robin.is_staff, robin.is_superuser, robin.language) == (True, False, "fr")
    assert role_of(robin) == "reporter"
    assert client.login(username="robin", password=PASSWORD)
    entry = LedgerEntry.objects.last()
    assert entry.action == "user created"
    assert PASSWORD not in str(entry.content)
    assert "robin@example.org" not in str(entry.content)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"username": ""}, "username"),
        ({"username": "a b"}, "username"),
        ({"email": "nowhere"}, "email"),
        ({"role": "emperor"}, "role"),
        ({"password": "secret"}, "password"),
        ({"language": "xx"}, "language"),
    ],
)
def test_a_bad_field_of_a_user_is_named(desk: Any, changes: dict[str, str], field: str) -> None:
    response = desk("managing editor").post(url("user_add"), typed(**changes))

    assert field in fields(response)
    assert not User.objects.filter(email="robin@example.org").exists()


def test_a_user_name_is_taken_whatever_its_case(desk: Any) -> None:
    factories.editor(username="Robin")

    assert fields(desk("managing editor").post(url("user_add"), typed())) == ["username"]


def test_a_role_is_changed_and_other_groups_stay(desk: Any) -> None:
    robin = factories.reporter(username="robin")
    robin.groups.add(Group.objects.create(name="choir"))

    desk("managing editor").post(url("user_change", robin.pk), typed(role="editor"))

    assert set(robin.groups.values_list("name", flat=True)) == {"editor", "choir"}


def test_a_managing_editor_makes_no_superuser(desk: Any) -> None:
    client = desk("managing editor")
    robin = factories.reporter(username="robin")

    assert "Superuser" not in client.get(url("user_add")).content.decode()
    client.post(url("user_add"), typed(username="new", is_superuser="on", is_staff="on"))
    client.post(url("user_change", robin.pk), typed(is_superuser="on", user_permissions="1"))

    assert not User.objects.filter(is_superuser=True).exists()
    assert not robin.user_permissions.exists()


@pytest.mark.parametrize("page", ["user_change", "user_password"])
def test_who_holds_more_than_a_managing_editor_is_out_of_reach(desk: Any, page: str) -> None:
    root = factories.UserFactory.create(is_superuser=True, username="root")
    keeper = factories.reporter(username="keeper")
    keeper.user_permissions.add(Permission.objects.get(codename="delete_user"))
    client = desk("managing editor")

    for person in (root, keeper):
        before = person.password
        assert "only a superuser can" in client.get(url(page, person.pk)).content.decode()
        response = client.post(url(page, person.pk), typed(username="taken", is_active=""))
        assert response.status_code == 403
        person.refresh_from_db()
        assert (person.password, person.is_active) == (before, True)
        assert person.username != "taken"


def test_a_superuser_may_do_what_a_managing_editor_may_not(client: Any, db: None) -> None:
    client.force_login(factories.UserFactory.create(is_superuser=True))
    robin = factories.reporter(username="robin")

    client.post(url("user_change", robin.pk), typed(is_superuser="on"))

    robin.refresh_from_db()
    assert robin.is_superuser


def test_nobody_locks_himself_out(desk: Any) -> None:
    client = desk("managing editor", username="boss")

    response = client.post(
        url("user_change", client.user.pk),
        typed(username="boss", role="managing editor", is_active=""),
    )

    assert fields(response) == ["is_active"]


def test_a_password_is_set_and_checked(desk: Any, client: Any) -> None:
    boss, robin = desk("managing editor"), factories.reporter(username="robin")

    assert fields(boss.post(url("user_password", robin.pk), {"password": "robin"})) == ["password"]
    boss.post(url("user_password", robin.pk), {"password": PASSWORD})

    assert client.login(username="robin", password=PASSWORD)


def test_a_token_is_revoked_after_a_question(desk: Any) -> None:
    client = desk("managing editor")
    token, _key = ApiToken.objects.create(user=factories.reporter(), name="script")

    assert "turned away at once" in client.get(url("apitoken_revoke", token.pk)).content.decode()
    assert ApiToken.objects.exists()
    client.post(url("apitoken_revoke", token.pk))

    assert not ApiToken.objects.exists()
    assert LedgerEntry.objects.last().action == "token revoked"


def test_the_token_of_a_superuser_is_out_of_reach(desk: Any) -> None:
    token, _key = ApiToken.objects.create(user=factories.UserFactory.create(is_superuser=True))

    assert desk("managing editor").post(url("apitoken_revoke", token.pk)).status_code == 403
    assert ApiToken.objects.exists()


def test_a_source_is_added_and_edited_through_its_service(desk: Any) -> None:
    client = desk("editor")
    kind = {"kind": "reporter", "homepage": "", "language": "en"}

    client.post(url("source_add"), {"name": "Jane Roe", "outlet": "The Daily", **kind})
    jane = Source.objects.get(name="Jane Roe")
    assert jane.outlet.name == "The Daily"
    client.post(url("source_change", jane.pk), {"name": "Jane Doe", "outlet": "", **kind})

    jane.refresh_from_db()
    assert (jane.name, jane.outlet) == ("Jane Doe", None)
    assert LedgerEntry.objects.last().action == "source edited"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "taken"}, "name"),
        ({"homepage": "javascript:alert(1)"}, "homepage"),
        ({"kind": "rumour"}, "kind"),
    ],
)
def test_a_bad_source_is_told_at_its_field(desk: Any, changes: dict[str, str], field: str) -> None:
    factories.SourceFactory.create(name="Taken")
    good = {"name": "New", "kind": "outlet", "homepage": "", "language": "", "outlet": ""}

    assert fields(desk().post(url("source_add"), good | changes)) == [field]


def test_a_source_page_tells_its_record_in_a_line(desk: Any) -> None:
    claim = factories.claim()
    factories.decide(claim)
    source = claim.reports.get().source

    page = desk("reporter").get(url("source_change", source.pk)).content.decode()

    assert "n = 1" in page
    assert "provisional" in page
    assert f"/sources/{source.slug}/" in page
    assert '<form method="post" class="sheet form"' not in page, "a reporter only reads it"


def test_a_beat_is_added_with_its_editor(desk: Any) -> None:
    client, emma = desk("managing editor"), factories.editor(username="emma")

    client.post(url("beat_add"), {"name": "Cinema", "editor": "emma"})
    beat = Beat.objects.get()
    assert beat.editor == emma
    client.post(url("beat_change", beat.pk), {"name": "Film", "editor": ""})

    beat.refresh_from_db()
    assert (beat.name, beat.editor) == ("Film", None)
