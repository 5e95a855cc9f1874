"""Whom a text credits: the forms of French and English, and how a credit is carried on."""

from datetime import date

import pytest

from verification.domain.extraction import extract
from verification.domain.extraction.outlets import key_of

TODAY = date(2026, 1, 30)


def credited(text: str, outlet: str | None = None) -> list[list[str]]:
    """The sources of each candidate."""
    return [list(each.sources) for each in extract(text, published=TODAY, outlet=outlet).candidates]


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        (
            "Nordica serait vendu en mars, écrit le quotidien économique roumain Ziarul.",
            ["Ziarul"],
        ),
        (
            "La ministre, Anne Roy, a affirmé lundi sur BFMTV que le musée ouvrirait en mai.",
            ["Anne Roy", "BFMTV"],
        ),
        (
            "Le ministre, Radu Ilie, a déclaré au micro de Digi24 que le choix tomberait en mai.",
            ["Radu Ilie", "Digi24"],
        ),
        (
            "Orbit sortirait un téléphone en mars, d'après le leaker Digital Panda, dont les "
            "prédictions se révèlent justes.",
            ["Digital Panda"],
        ),
        (
            "Nordica serait vendu en mars, a indiqué à l'AFP une source proche du dossier.",
            ["AFP"],
        ),
        (
            "Nordica serait vendu en mars, ont indiqué plusieurs proches, mardi à Reuters.",
            ["Reuters"],
        ),
        (
            "La maternité devrait fermer en mars, a confirmé la direction au Télégramme.",
            ["Le Télégramme"],
        ),
        (
            "Le X9 arriverait en mars, si l'on en croit les documents mis en ligne par le site "
            "vietnamien TekNow.",
            ["TekNow"],
        ),
        ("Orbit préparerait un téléphone, selon le compte @orbit_fr.", ["@orbit_fr"]),
        (
            "Un texte sera déposé en mars, a prévenu Marie Roy, secrétaire de l'Union, sur "
            "Franceinfo.",
            ["Marie Roy", "Franceinfo"],
        ),
        ("Trois groupes seraient intéressés, d'après le collectif Oui au train.", ["Oui au train"]),
        ("Les analystes de la banque Oddion tablent sur un accord en mars.", ["Oddion"]),
        (
            "Nordica serait vendu en mars, affirme le Journal du Dimanche.",
            ["Le Journal du Dimanche"],
        ),
        ("Selon le Wall Street Journal, Nordica pourrait racheter Calix.", ["Wall Street Journal"]),
        ("Nordica pourrait racheter Calix, d'après le WSJ.", ["Wall Street Journal"]),
        ("À en croire L’Équipe, Solano devrait signer à Lyon jeudi.", ["L'Équipe"]),
        (
            "Selon les informations du Monde, Nordica pourrait racheter Calix.",
            ["Le Monde"],
        ),
        (
            "Selon nos confrères de L'Equipe, Solano devrait signer à Lyon jeudi.",
            ["L'Équipe"],
        ),
        ("Nordica pourrait racheter Calix, rapporte le Financial Times.", ["Financial Times"]),
        ("Nordica serait vendu en mars, a indiqué mardi l'agence Reuters.", ["Reuters"]),
        ("Reuters affirme que Nordica pourrait racheter Calix.", ["Reuters"]),
        ("De son côté, RMC Sport croit savoir que Solano signerait jeudi.", ["RMC Sport"]),
        ("Solano signerait jeudi, croit savoir le journal Marca.", ["Marca"]),
        (
            "Nordica rachètera Calix en mars, a confié Marc Tessier aux Échos.",
            ["Marc Tessier", "Les Échos"],
        ),
        (
            "Nordica prévoit de racheter Calix, a déclaré son directeur, Marc Tessier, dans un "
            "entretien au Figaro.",
            ["Marc Tessier", "Le Figaro"],
        ),
        (
            "Le taux serait maintenu, anticipent les économistes interrogés par Bloomberg.",
            ["Bloomberg"],
        ),
        (
            "Nordica serait vendu en mars, selon une source ministérielle citée par l'AFP.",
            ["AFP"],
        ),
        ("Le budget serait gelé, selon un document que l'AFP a pu consulter.", ["AFP"]),
        ("La ligne ouvrira en mars, a appris l'AFP.", ["AFP"]),
        ("L'AFP a appris de source proche du dossier que la ligne ouvrira en mars.", ["AFP"]),
        (
            "La ligne ouvrira en mars, a fait savoir la Société des grands projets.",
            ["Société des grands projets"],
        ),
        (
            "Le projet sera présenté le 3 mars, a annoncé la porte-parole du gouvernement.",
            ["porte-parole du gouvernement"],
        ),
        (
            "La présidente de région, Hélène Marchal, promet que la ligne ouvrira en mars.",
            ["Hélène Marchal"],
        ),
        (
            "L'ARS, de son côté, assure qu'une décision sera prise en mars.",
            ["ARS"],
        ),
        (
            "Orbit sortirait un téléphone en mars, affirme l'analyste Ming-Li Zhao.",
            ["Ming-Li Zhao"],
        ),
    ],
)
def test_a_french_credit_names_its_source(text: str, sources: list[str]) -> None:
    assert credited(text) == [sources]


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        (
            "Nordica could buy Calix in May, the newspaper Kurier reported, citing two officials.",
            ["Kurier"],
        ),
        ("Rovers hope to sign Mendes by May, per Fabrizio Conti.", ["Fabrizio Conti"]),
        ("Northstar could return in May, according to Puck's Lena Marsh.", ["Puck", "Lena Marsh"]),
        ("Labour's Ailsa Boyd said she would table a motion in May.", ["Ailsa Boyd"]),
        (
            "Rovers want to sign Mendes by May, manager Chris Roe told BBC Radio Sheffield.",
            ["Chris Roe", "BBC Radio Sheffield"],
        ),
        (
            "The plant will open in May, its head of safety, Niamh Brody, wrote in a blog post.",
            ["Niamh Brody"],
        ),
        (
            "In a post on X, the energy secretary, Imran Sheikh, said a sale would come in May.",
            ["Imran Sheikh"],
        ),
        (
            "Ministers are planning a sale in May, two officials told Lloyd's List.",
            ["Lloyd's List"],
        ),
        ("Deadline, which first reported the casting, says Reid will star in May.", ["Deadline"]),
        ("Economists at Nordhaus expect two further cuts in May.", ["Nordhaus"]),
        (
            "Mike Petty, cabinet member for roads, told the Gazette he hoped it could open in May.",
            ["Mike Petty", "Gazette"],
        ),
        ("Members of the crew will strike in May, the GMW union said.", ["GMW"]),
        ("The Bank is due to report in May, the BBC understands.", ["BBC"]),
        ("Nordica could buy Calix, according to Reuters.", ["Reuters"]),
        ("According to the FT, Nordica could buy Calix.", ["Financial Times"]),
        (
            "Nordica is in talks to buy Calix, the Financial Times reported on Tuesday, citing "
            "people familiar with the matter.",
            ["Financial Times"],
        ),
        (
            "Nordica could buy Calix in May, people familiar with the matter told Reuters.",
            ["Reuters"],
        ),
        ("Sources tell Variety that Northstar is developing a spin-off.", ["Variety"]),
        ("Rovers are close to signing Mendes, Sky Sports has learned.", ["Sky Sports"]),
        ("Sky News understands the government intends to act by May.", ["Sky News"]),
        (
            "An announcement is expected on April 9, as first reported by Handelsblatt.",
            ["Handelsblatt"],
        ),
        (
            "Ministers are considering a sale, according to documents seen by the Guardian.",
            ["The Guardian"],
        ),
        (
            "Orbit is weighing a tablet, Bloomberg's Mark Feld reports.",
            ["Bloomberg", "Mark Feld"],
        ),
        (
            "Portland hopes to trade him by Thursday, Shams Karim of The Athletic reported.",
            ["Shams Karim", "The Athletic"],
        ),
        (
            "Helena Ruiz confirmed to Deadline that the film will open in May.",
            ["Helena Ruiz", "Deadline"],
        ),
        (
            "The rate is expected to stay put on Wednesday, according to a Reuters poll.",
            ["Reuters"],
        ),
        (
            "Velanta expects to ship it in May, Chief Executive Officer Maria J. Torres said.",
            ["Maria J. Torres"],
        ),
        ("The plant will open in May, the transport secretary told MPs.", ["transport secretary"]),
        ("Bronson will unveil its truck in May, the automaker said.", ["Bronson"]),
        ("The company plans to change its fees by June 26, Lumo said.", ["Lumo"]),
    ],
)
def test_an_english_credit_names_its_source(text: str, sources: list[str]) -> None:
    assert credited(text) == [sources]


@pytest.mark.parametrize(
    "again",
    [
        "Le quotidien ajoute que la direction partirait en juin.",
        "Selon ces mêmes sources, la direction partirait en juin.",
        "La direction partirait en juin, précise le journal.",
        "La direction partirait en juin.",
        "Toujours selon le quotidien américain, la direction partirait en juin.",
    ],
)
def test_a_french_text_that_goes_on_about_a_report_credits_the_same_source(again: str) -> None:
    text = f"Nordica pourrait racheter Calix, rapporte le Wall Street Journal. {again}"
    assert credited(text) == [["Wall Street Journal"], ["Wall Street Journal"]]


@pytest.mark.parametrize(
    "again",
    [
        "A deal could be announced next week, the paper said.",
        "A deal could be announced next week, one of the people said.",
        "A deal could be announced next week.",
        "They said a deal could be announced next week.",
    ],
)
def test_an_english_text_that_goes_on_about_a_report_credits_the_same_source(again: str) -> None:
    text = f"Nordica is in talks to buy Calix, the Financial Times reported. {again}"
    assert credited(text) == [["Financial Times"], ["Financial Times"]]


def test_a_report_that_is_far_behind_is_not_carried_on() -> None:
    text = (
        "Nordica is in talks to buy Calix, Reuters reported.\n\nCalix was founded in 2004.\n\n"
        "It has offices in Lyon.\n\nIts plant in Spain is due to open in May."
    )
    assert credited(text) == [["Reuters"], []]


def test_another_credit_takes_over() -> None:
    text = (
        "Nordica is in talks to buy Calix, Reuters reported. Bloomberg said a deal could be "
        "announced next week. It could be worth $4bn."
    )
    assert credited(text) == [["Reuters"], ["Bloomberg"], ["Bloomberg"]]


def test_a_surname_is_who_was_named_in_full() -> None:
    text = (
        "Orbit could drop the port, according to Bloomberg's Mark Feld. The phone could launch in "
        "May, Feld said."
    )
    assert credited(text) == [["Bloomberg", "Mark Feld"], ["Mark Feld"]]


@pytest.mark.parametrize(
    "text",
    [
        "Selon nos informations, une version sportive serait à l'étude pour 2028.",
        "Nordica pourrait racheter Calix en mars, nous a confié un cadre du groupe.",
        "Nordica could buy Calix in May, according to two people close to the talks.",
    ],
)
def test_own_reporting_is_the_outlets_where_it_is_known(text: str) -> None:
    assert credited(text, outlet="Auto Actu") == [["Auto Actu"]]
    assert credited(text) == [[]]


def test_the_agency_of_a_dateline_is_the_outlet_where_none_is_told() -> None:
    text = "LONDON, Jan 30 (Reuters) - Nordica is preparing to sell Calix, two sources said."
    assert credited(text) == [["Reuters"]]
    assert extract(text, published=TODAY).outlet == "Reuters"
    assert extract(text, published=TODAY, outlet="The Wire").outlet == "The Wire"


def test_a_rumour_is_whose_report_the_next_sentence_credits() -> None:
    text = "Nordica vendrait Calix à Orbit. Selon Reuters, un accord serait signé en mars."
    assert credited(text) == [["Reuters"], ["Reuters"]]
    apart = text.replace("Orbit. ", "Orbit.\n\n")
    assert credited(apart) == [[], ["Reuters"]]


def test_unnamed_people_are_not_those_of_somebody_who_spoke_by_name() -> None:
    text = (
        "Nordica rachètera Calix en mars, a confié Marc Tessier aux Échos.\n\nSelon une source "
        "syndicale, Calix fermerait son usine en mai."
    )
    assert credited(text, outlet="Auto Actu") == [["Marc Tessier", "Les Échos"], ["Auto Actu"]]


def test_he_added_is_the_reporter_and_not_the_club() -> None:
    text = (
        "Orbit could drop the port, according to Bloomberg's Mark Feld. He added that the Red "
        "Devils were close to signing Mendes."
    )
    assert credited(text) == [["Bloomberg", "Mark Feld"], ["Mark Feld"]]


def test_a_last_name_is_who_the_text_has_in_full() -> None:
    text = (
        "Analyst Ming-Li Zhao has a new note. According to Zhao, Orbit will drop the port in May."
    )
    assert credited(text) == [["Ming-Li Zhao"]]


@pytest.mark.parametrize(
    "text",
    [
        "The pitch, whose history is long, could be sold by May, as the odds suggest.",
        "Asked whether he would resign in May, the health secretary laughed.",
    ],
)
def test_what_is_no_office_and_no_name_is_no_source(text: str) -> None:
    assert all(not sources for sources in credited(text))


def test_an_outlet_that_is_only_written_about_is_no_source() -> None:
    assert credited("Nordica could sell its stake in Bloomberg by May.") == [[]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Wall Street Journal", "Wall Street Journal"),
        ("L’Équipe", "L'Equipe"),
        ("Les Échos", "les echos"),
        ("Ouest-France", "Ouest France"),
    ],
)
def test_two_spellings_of_one_name_are_one(one: str, other: str) -> None:
    assert key_of(one) == key_of(other)


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        (
            "Orbit lancera un casque en mai, affirme Bloomberg. L'analyste Ming-Chi Zhao table sur "
            "8 millions d'unités écoulées.",
            [["Bloomberg"], ["Ming-Chi Zhao"]],
        ),
        (
            "Orbit could launch a headset in May, according to Mark Feld. Barclays forecasts two "
            "further reductions by year-end.",
            [["Mark Feld"], ["Barclays"]],
        ),
        (
            "Dans son tweet, Mark Feld, journaliste chez Bloomberg, affirme qu'Orbit pourrait "
            "lancer un casque en mai.",
            [["Mark Feld", "Bloomberg"]],
        ),
        (
            "De son côté, le célèbre leaker Hugo Lam s'est montré plus prudent. Sur X, il assure "
            "que la puce n'arriverait pas avant 2027.",
            [["Hugo Lam"]],
        ),
        (
            "Orbit va lancer un casque en mai. C'est du moins ce qu'affirme le leaker Hugo Lam.",
            [["Hugo Lam"]],
        ),
        (
            "Orbit is planning to launch a headset in May. That's according to Bloomberg.",
            [["Bloomberg"]],
        ),
        (
            "Handelsblatt, which first reported the news, said about 4,000 jobs would be cut.",
            [["Handelsblatt"]],
        ),
    ],
)
def test_a_report_is_whose_the_page_shows_it_to_be(text: str, sources: list[list[str]]) -> None:
    assert credited(text) == sources


def test_a_page_that_has_seen_a_note_is_not_who_says_so() -> None:
    text = "In a note seen by MacRumors, Ming-Chi Zhao said the phone will launch in May."
    assert credited(text, outlet="MacRumors") == [["Ming-Chi Zhao"]]


def test_what_is_yet_to_be_announced_is_credited_to_nobody() -> None:
    text = "Un plan de départs devrait être prochainement annoncé par Nordica."
    assert credited(text) == [[]]


def test_a_company_named_like_a_day_is_no_deadline() -> None:
    text = "Orbit is in talks to acquire Sun Microsystems, the Wall Street Journal said."
    [found] = extract(text, published=TODAY).candidates
    assert found.deadline is None


def test_what_will_not_be_until_a_half_year_is_due_before_it() -> None:
    text = "Production will not begin until the second half of 2027, according to Mark Feld."
    [found] = extract(text, published=TODAY).candidates
    assert found.deadline == date(2027, 6, 30)


@pytest.mark.parametrize(
    "text",
    [
        "Le lancement est prévu pour 2027 dans l'usine de Douai, selon Reuters.",
        "Production is expected to start in 2027 as demand returns, according to Reuters.",
    ],
)
def test_a_year_before_a_small_word_is_a_deadline(text: str) -> None:
    [found] = extract(text, published=TODAY).candidates
    assert found.deadline == date(2027, 12, 31)


def test_a_number_of_jobs_is_no_year() -> None:
    text = "Nordica devrait supprimer 2027 postes, selon Reuters."
    [found] = extract(text, published=TODAY).candidates
    assert found.deadline is None


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        (
            "According to the website All Things Q, Orbit will launch a phone in May.",
            ["All Things Q"],
        ),
        ("Nordica va vendre son usine en mai, selon le journal As.", ["As"]),
        (
            "A source told Daily Lantern that Nordica will close its plant in May.",
            ["Daily Lantern"],
        ),
        ("Orbit will launch a phone in May, according to a photo by a French website.", []),
    ],
)
def test_an_outlet_is_called_by_its_whole_name_and_a_nation_is_none(
    text: str, sources: list[str]
) -> None:
    assert credited(text) == [sources]


def test_yesterday_is_no_day_of_the_week() -> None:
    text = "Yesterday Reuters reported that Nordica will close its plant on Friday."
    [found] = extract(text, published=TODAY).candidates
    assert found.deadline == date(2026, 1, 30)
