"""French pages that have it from others, or from their own: who told it, and whom."""

import pytest

from tests.domain.extraction.reading import credited

HOUSE = "Le Courrier du Sud"


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        (
            "Calix va céder son usine, a-t-on appris jeudi de source syndicale, confirmant une "
            "information du Messager des Ports.",
            [HOUSE, "Messager des Ports"],
        ),
        (
            "Le lycée devrait rouvrir lundi, apprend-on auprès du rectorat, confirmant une "
            "information de Sud Ouest.",
            ["Sud Ouest"],
        ),
        ("La liste serait prête, nous souffle-t-on dans l’entourage du maire.", [HOUSE]),
        ("Calix fermerait en mars, nous revient-il de bonne source.", [HOUSE]),
        ("Comme révélé lundi dans ces colonnes, Rego signera à Nice.", [HOUSE]),
    ],
)
def test_what_the_page_has_of_its_own_is_its_outlets(text: str, sources: list[str]) -> None:
    assert credited(text, outlet=HOUSE) == [sources]


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        (
            "La grève sera reconduite, indique à RFI leur secrétaire général, Jean Roy.",
            ["Jean Roy", "RFI"],
        ),
        (
            "« Nous ouvrirons en mai », promet à La Voix du Nord la directrice, Anne Roy.",
            ["Anne Roy", "La Voix du Nord"],
        ),
        (
            "Le texte sera présenté en mars, explique au Monde le ministre de la Justice.",
            ["Le Monde"],
        ),
        (
            "La grève serait reconduite, confie au « Parisien » un délégué.",
            ["Le Parisien"],
        ),
        ("Comme l’a annoncé Jean Roy à RTL, la taxe disparaîtra en mai.", ["Jean Roy", "RTL"]),
        (
            "Le projet serait abandonné, a-t-on confirmé dans l’entourage du maire au Monde.",
            ["Le Monde"],
        ),
        ("Selon des informations de la chaîne LN24, Calix fermerait en mai.", ["LN24"]),
        ("La chaîne danoise TV 2 affirme que Rego va signer à Nice.", ["TV 2"]),
        ("Selon le Times of Malta, Calix pourrait ouvrir en mars.", ["Times of Malta"]),
        (
            "Selon Ada Pell, journaliste au quotidien Ziarul, Calix serait vendu.",
            ["Ada Pell", "Ziarul"],
        ),
        (
            "Hugo Lam, du site GameLeaks, affirme que la console sortira en mars.",
            ["Hugo Lam", "GameLeaks"],
        ),
        ("Rego aurait été contacté par la Fédération italienne.", []),
    ],
)
def test_who_told_it_is_credited_with_whom(text: str, sources: list[str]) -> None:
    assert [set(each) for each in credited(text, outlet=HOUSE)] == [set(sources)]


def test_one_of_these_sources_is_not_whom_the_page_confirms() -> None:
    text = (
        "Calix va céder son usine, a-t-on appris de deux sources, confirmant une information de "
        "L’Équipe. L’accord pourrait être signé en mars, a précisé l’une de ces sources. Le prix "
        "serait de 9 millions, selon le quotidien."
    )
    assert credited(text, outlet=HOUSE) == [[HOUSE, "L'Équipe"], [HOUSE], ["L'Équipe"]]


def test_an_unnamed_source_in_another_paragraph_is_the_pages_where_it_has_its_own() -> None:
    text = (
        "Selon nos informations, Calix va céder son usine.\n\nD’après Midi libre, le prix serait "
        "de 9 millions.\n\nUn accord pourrait être signé en mars, indique une source bancaire."
    )
    assert credited(text, outlet=HOUSE) == [[HOUSE], ["Midi libre"], [HOUSE]]


def test_what_is_added_in_an_interview_has_its_outlet_as_well() -> None:
    text = (
        "Invitée de Télé Verte, Anne Roy a promis une décision avant l’été. « Le choix sera fait "
        "par un jury », a-t-elle ajouté."
    )
    assert [set(each) for each in credited(text)] == [{"Anne Roy", "Télé Verte"}] * 2


@pytest.mark.parametrize(
    "text",
    [
        "Le dauphin ne devrait être choisi qu’en mai.\n\nMarc Roy aurait pourtant déjà été "
        "désigné, croit savoir Le Point.",
        "Marc Roy serait sur le départ.\n\n« J’attends », a lancé Anne Roy le mois dernier dans "
        "Le Point.",
    ],
)
def test_what_turns_against_it_or_is_long_past_does_not_say_whose_it_is(text: str) -> None:
    assert credited(text)[0] == []


def test_a_paragraph_that_has_said_something_of_its_own_is_not_the_last_reports() -> None:
    text = (
        "Selon GSMArena, la montre tiendrait neuf jours.\n\nEt la date ? La montre devrait être "
        "présentée en septembre. La version en titane suivrait en octobre."
    )
    assert credited(text) == [["GSMArena"], [], []]


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("La piscine fermera en mars, a indiqué le préfet du Var.", ["préfet du Var"]),
        ("La loi serait votée, assure le ministère de la Santé.", ["ministère de la Santé"]),
        ("Plusieurs médias, dont Le Monde, rapportent qu’il partirait en mars.", ["Le Monde"]),
        ("L’info nous vient du leaker Blue Heron : il sortirait en avril.", ["Blue Heron"]),
        ("Selon les calculs de l’Insee, les prix devraient baisser en mars.", ["Insee"]),
        ("Selon les informations de la presse espagnole, Rego signerait à Nice.", []),
        ("Selon une rumeur venue de Chine, le Nova 9 aurait deux batteries.", []),
        (
            "« Un bus sur deux circulera », a déclaré sur BFMTV le directeur, Jean Roy.",
            ["Jean Roy", "BFMTV"],
        ),
        (
            "Jeudi soir, Jean Roy, le patron de Calix, a déclaré s’attendre à vendre son usine.",
            ["Jean Roy"],
        ),
    ],
)
def test_offices_bodies_and_media_are_credited_as_what_they_are(
    text: str, sources: list[str]
) -> None:
    assert [set(each) for each in credited(text, outlet=HOUSE)] == [set(sources)]


def test_whoever_declines_to_comment_does_not_go_on() -> None:
    text = (
        "Interrogé par l’AFP, un porte-parole de Nordica n’a pas voulu commenter. Le groupe "
        "publiera ses résultats le 26 février."
    )
    assert credited(text, outlet=HOUSE) == [[]]


def test_what_somebody_is_quoted_with_does_not_say_whose_the_last_claim_was() -> None:
    text = (
        "Deux magasins ont brûlé.\n\nLe tribunal examinera les offres le 18 février. « Nous "
        "espérons une décision en mars », indique à l’AFP l’avocate, Me Lina Haddad."
    )
    assert credited(text) == [[], ["Lina Haddad", "AFP"]]
