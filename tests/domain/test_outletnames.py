"""Which names, hosts among them, mean one outlet."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verification.domain.outletnames import called, is_host, is_well_known, label_of, same_outlet

SAME = [
    ("Eurogamer", "eurogamer.net"),
    ("Eurogamer.net", "Eurogamer"),
    ("Le Monde", "lemonde.fr"),
    ("Le Monde", "www.lemonde.fr"),
    ("Le Monde.fr", "Le Monde"),
    ("LE FIGARO", "Le Figaro"),
    ("WSJ", "The Wall Street Journal"),
    ("Wall Street Journal", "wsj.com"),
    ("The Verge", "theverge.com"),
    ("Verge", "theverge.com"),
    ("L’Équipe", "lequipe.fr"),
    ("L'Équipe", "https://www.lequipe.fr/Football/Actualites/1"),
    ("New York Times", "nytimes.com"),
    ("Los Angeles Times", "latimes.com"),
    ("Financial Times", "ft.com"),
    ("FT", "Financial Times"),
    ("BBC News", "bbc.co.uk"),
    ("Ouest-France", "sport.ouest-france.fr"),
    ("JeuxVideo.com", "jeuxvideo.com"),
    ("Médiacités", "médiacités.fr"),
    ("Agence France-Presse", "AFP"),
    ("Unheard Of Gazette", "unheardofgazette.com"),
    ("Unheard Of Gazette", "uog.com"),
    ("The Los Angeles Herald", "laherald.com"),
    ("New York Daily Herald", "nydailyherald.com"),
    ("www.nobodysblog.net", "nobodysblog.net"),
]
APART = [
    ("RMC", "RMC Sport"),
    ("The Nation", "La Nation"),
    ("The Nation", "lanation.fr"),
    ("The Times", "latimes.com"),
    ("The Sun", "The Sunday Times"),
    ("Le Monde", "lemondedesreligions.fr"),
    ("L. Tessier", "Tessier"),
    ("Elon Musk", "x.com"),
    ("eurogamer.net", "gamer.net"),
    ("BBC", "BBC Sport"),
    ("Bloomberg", "bloomsbury.com"),
    ("", ""),
    ("", "Reuters"),
    ("nobodysblog.net", "nobodysblog.fr"),
    ("www.nobodysblog.net", "somebodysblog.net"),
    ("Unheard Of Local Gazette", "olg.com"),
    ("Unheard Gazette", "ugazette.com"),
    ("Reuters", ""),
]
#: Words of which an outlet may be called.
WORDS = st.lists(
    st.text("abcdefghijklmnopqrstuvwxyz", min_size=3, max_size=8), min_size=1, max_size=4
)


@pytest.mark.parametrize(("one", "other"), SAME)
def test_an_outlet_is_known_by_its_names_and_its_host(one: str, other: str) -> None:
    assert same_outlet(one, other)
    assert same_outlet(other, one)


@pytest.mark.parametrize(("one", "other"), APART)
def test_what_is_only_alike_is_another(one: str, other: str) -> None:
    assert not same_outlet(one, other)
    assert not same_outlet(other, one)


@given(st.text(max_size=60), st.text(max_size=60))
def test_it_is_the_same_from_either_side(one: str, other: str) -> None:
    assert same_outlet(one, other) == same_outlet(other, one)


@given(WORDS, st.sampled_from(["com", "fr", "co.uk", "net"]), st.sampled_from(["", "www.", "m."]))
def test_a_host_that_says_a_name_in_full_is_its_own(
    words: list[str], suffix: str, before: str
) -> None:
    host = f"{before}{''.join(words)}.{suffix}"

    assert same_outlet(" ".join(words).title(), host)
    assert same_outlet("-".join(words).upper(), f"https://{host}/news/1?x=y")


@given(WORDS, st.sampled_from(["The ", "Le ", "L’"]))
def test_an_article_does_not_make_another_outlet(words: list[str], article: str) -> None:
    name = " ".join(words).title()

    assert same_outlet(name, article + name)
    assert same_outlet(article + name, f"{''.join(words)}.com")


@given(WORDS, WORDS)
def test_a_host_of_other_words_is_never_taken(words: list[str], others: list[str]) -> None:
    host, name = "q".join(words) + "q0", " ".join(others)

    assert not same_outlet(name, f"{host}.com")


@pytest.mark.parametrize("name", ["x.com", "co.uk", "St. John", "Reuters", "10.0.0.1", "L. T."])
def test_what_says_nothing_of_an_owner_says_nothing(name: str) -> None:
    assert label_of(name) == ""
    assert not is_host(name)


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("eurogamer.net", "Eurogamer"),
        ("lemonde.fr", "Le Monde"),
        ("nytimes.com", "New York Times"),
        ("lequipe.fr", "L'Équipe"),
        ("bbc.co.uk", "BBC"),
        ("record.fr", "record.fr"),
    ],
)
def test_a_well_known_host_is_called_by_its_name(host: str, name: str) -> None:
    assert called(host, []) == name


def test_a_host_is_called_as_others_call_it() -> None:
    assert called("eurogamer.net", ["Bloomberg", "Eurogamer"]) == "Eurogamer"
    assert called("nobodysblog.net", ["Bloomberg"]) == "nobodysblog.net"
    assert called("nobodysblog.net", ["www.nobodysblog.net", "Nobody’s Blog"]) == "Nobody’s Blog"
    assert called("Eurogamer.net", ["Eurogamer"]) == "Eurogamer.net", "a name of its own stands"


def test_who_is_known_without_being_told() -> None:
    assert is_well_known("Reuters")
    assert not is_well_known("Unheard Of Gazette")
