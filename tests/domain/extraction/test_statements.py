"""What is claimed, in a whole sentence, however the sentence says who says so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.articles.scoring import SETS, articles
from verification.domain.extraction import extract
from verification.domain.extraction.text import plain

TODAY = date(2026, 11, 26)


def said(text: str) -> str:
    """The statement of the only claim of a text."""
    [candidate] = extract(text, published=TODAY).candidates
    return candidate.statement


WILL_CLOSE = "The group will close its Douai plant by 2028."
SOLD = "Calix could be sold by March."
VENDUE = "Calix serait vendue en mars."


@pytest.mark.parametrize(
    ("sentence", "statement"),
    [
        # Who says so comes first.
        ("Reuters reported that Calix could be sold by March.", SOLD),
        (
            "The company's chief executive, Jane Doe, said on Tuesday that the group will close "
            "its Douai plant by 2028.",
            WILL_CLOSE,
        ),
        (
            "Jane Doe, the company's chief executive, said that the group will close its Douai "
            "plant by 2028.",
            WILL_CLOSE,
        ),
        ("Jane Doe, who took over in May, said the group will close its Douai plant by 2028.",
         WILL_CLOSE),
        (
            "In an interview with the Financial Times, Jane Doe, chief executive of Nordica, said "
            "Calix could be sold by March.",
            SOLD,
        ),
        ("In a post on X, the minister, Imran Sheikh, said Calix could be sold by March.", SOLD),
        (
            "Jane Doe told CNBC in an interview that Calix could be sold by March.",
            SOLD,
        ),
        (
            "The company's chair, Sir Alan Pryce, told MPs in July that Calix could be sold by "
            "March.",
            SOLD,
        ),
        ("Nordica said in a statement on Monday that Calix could be sold by March.", SOLD),
        ("According to Reuters, Calix could be sold by March.", SOLD),
        (
            "According to two people familiar with the matter, who asked not to be named, Calix "
            "could be sold by March.",
            SOLD,
        ),
        ("According to Jane Doe, chief executive of Nordica, Calix could be sold by March.", SOLD),
        (
            "Two people familiar with the matter, speaking on condition of anonymity, said Calix "
            "could be sold by March.",
            SOLD,
        ),
        (
            "Reuters, citing two people familiar with the matter, reported on Monday that Calix "
            "could be sold by March.",
            SOLD,
        ),
        ("As The Information first reported, Calix could be sold by March.", SOLD),
        ("The papers, first obtained by The Ferret, suggest Calix could be sold by March.", SOLD),
        (
            "Jane Doe told CNBC that supply \"should be no issue\" and that a plant in Senegal "
            "would open next spring.",
            "Supply \"should be no issue\" and a plant in Senegal would open next spring.",
        ),
        (
            "EXCLUSIVE: Nora Quill is in early talks to star in Salt Road, sources tell Deadline.",
            "Nora Quill is in early talks to star in Salt Road.",
        ),
        # It comes last.
        ("Calix could be sold by March, Reuters reported.", SOLD),
        ("Calix could be sold by March, said two people, who asked not to be named.", SOLD),
        ("Calix could be sold by March, Nikkei reported on Thursday, citing unnamed suppliers.",
         SOLD),
        ("Calix could be sold by March, Politico reported on Tuesday, quoting two officials.",
         SOLD),
        ("Calix could be sold by March, two of the people said, adding that nothing is signed.",
         SOLD),
        ("Calix could be sold by March, the newspaper said, without citing sources.", SOLD),
        ("Calix could be sold by March, its head of safety, Niamh Brody, wrote in a blog post.",
         SOLD),
        (
            "Calix could be sold by March, Jane Doe, the chief executive of Nordica, told Reuters "
            "in an interview.",
            SOLD,
        ),
        ("Calix could be sold by March, three aides told Punchbowl News on Friday.", SOLD),
        ("Calix could be sold by March, a presentation reviewed by The Information shows.", SOLD),
        (
            "Calix could be sold by March, according to Jane Doe, the chief executive of Nordica, "
            "who asked not to be named.",
            SOLD,
        ),
        (
            "Calix could be sold by March, according to El Mundo and later confirmed by the "
            "club's paper, the Echo & Argus.",
            SOLD,
        ),
        ("Calix could be sold by March: report", SOLD),
        (
            "Leeds will move for Ismael Dabo in May if Marco Bellini leaves for Roma. (Sun)",
            "Leeds will move for Ismael Dabo in May if Marco Bellini leaves for Roma.",
        ),
        (
            "Leeds will move for Ismael Dabo in May, if Marco Bellini leaves, the Sun reported.",
            "Leeds will move for Ismael Dabo in May, if Marco Bellini leaves.",
        ),
        ('"Calix could be sold by March," the chief executive, Jane Doe, told Reuters.', SOLD),
        ('"Calix could be sold by March", Jane Doe, Nordica\'s chief executive, said on Monday.',
         SOLD),
        # It stands in the middle.
        ("Calix, Reuters reported on Monday, could be sold by March.", SOLD),
        ("Calix — Reuters reported — could be sold by March.", SOLD),
        ("In 2027, according to Reuters, Nordica will sell Calix.", "In 2027, Nordica will sell "
         "Calix."),
        (
            "Nordica is in talks, Reuters reported, to sell Calix by March.",
            "Nordica is in talks to sell Calix by March.",
        ),
        (
            "Talks over Kofi Asare have resumed, The Athletic reported, and an agreement could be "
            "reached within days.",
            "Talks over Kofi Asare have resumed, and an agreement could be reached within days.",
        ),
        (
            "The deal, first reported by Reuters, could be announced in March.",
            "The deal could be announced in March.",
        ),
        # Whoever speaks speaks of themselves.
        ("Roe told Sky he would stay at Ayr until 2028.", "Roe would stay at Ayr until 2028."),
        (
            "Roe, 34, told Sky that he would stay at Ayr until 2028.",
            "Roe would stay at Ayr until 2028.",
        ),
        (
            "Ana Quiñones, who chairs the committee, said she expects the bill to pass by March.",
            "Ana Quiñones expects the bill to pass by March.",
        ),
        (
            "The chief executive, Jane Doe, said she would leave Nordica in March.",
            "Jane Doe would leave Nordica in March.",
        ),
        (
            "Orbital Freight said its second cargo ship would lift off on July 9.",
            "Orbital Freight's second cargo ship would lift off on July 9.",
        ),
        (
            "The Treasury said it would publish its review in March.",
            "The Treasury would publish its review in March.",
        ),
        (
            "Renault said on Monday it would close its Douai plant by 2028.",
            "Renault would close its Douai plant by 2028.",
        ),
        # ... or of whom they speak for.
        (
            "Her coach, Jan Hasek, told Sky that she would skip doubles until 2028.",
            "She would skip doubles until 2028.",
        ),
        ("Roe's agent, Ada Stone, told Sky he would stay until 2028.", "He would stay until 2028."),
        # ... or of whom they report on.
        ("Reuters said he would stay at Ayr until 2028.", "He would stay at Ayr until 2028."),
        # ... and nobody knows of what.
        ("Ming-Li Zhao said it would ship by March.", "It would ship by March."),
        (
            "The company's chair, Sir Alan Pryce, said it would complete a sale by Christmas.",
            "It would complete a sale by Christmas.",
        ),
        # What cannot be said without it is left as printed.
        (
            "Gov. Dan Whitford has not said whether he will sign, but his aides have signaled he "
            "may seek changes, the Austin Chronicle reported.",
            "Gov. Dan Whitford has not said whether he will sign, but his aides have signaled he "
            "may seek changes.",
        ),
        (
            "Opposition MSPs want a debate on Wednesday; Labour's Ailsa Boyd said she would table "
            "a motion.",
            "Opposition MSPs want a debate on Wednesday; Labour's Ailsa Boyd said she would table "
            "a motion.",
        ),
        (
            '"We will sell Calix by March," Jane Doe told Reuters, "and close the plant."',
            '"We will sell Calix by March," Jane Doe told Reuters, "and close the plant."',
        ),
    ],
)  # fmt: skip
def test_a_statement_is_a_sentence_without_who_says_so(sentence: str, statement: str) -> None:
    assert said(sentence) == statement


@pytest.mark.parametrize(
    ("sentence", "statement"),
    [
        (
            "Le ministre des Transports, Philippe Tabarot, a assuré mardi que le gouvernement ne "
            "demanderait pas de pénalités avant 2027.",
            "Le gouvernement ne demanderait pas de pénalités avant 2027.",
        ),
        (
            "La ministre, Agnès Pannier-Runacher, a affirmé que la loi serait votée avant l'été.",
            "La loi serait votée avant l'été.",
        ),
        ("Luc Armand, directeur général de Nordica, a indiqué mardi que Calix serait vendue en "
         "mars.", VENDUE),
        ("Le ministre (Renaissance), Luc Armand, a annoncé que Calix serait vendue en mars.",
         VENDUE),
        ("En Italie, la Gazzetta dello Sport affirme que Calix serait vendue en mars.", VENDUE),
        ("Sur X, il assure que Calix serait vendue en mars.", VENDUE),
        ("Dans un communiqué, Nordica indique que Calix serait vendue en mars.", VENDUE),
        ("Nordica a annoncé lundi, dans un communiqué, que Calix serait vendue en mars.", VENDUE),
        ("Contacté, un porte-parole de Nordica a indiqué que Calix serait vendue en mars.",
         VENDUE),
        ("Selon Reuters, Calix serait vendue en mars.", VENDUE),
        ("Selon Luc Armand, directeur général de Nordica, Calix serait vendue en mars.", VENDUE),
        ("Selon le directeur général de Nordica, Luc Armand, Calix serait vendue en mars.",
         VENDUE),
        ("Selon le Financial Times, qui s'appuie sur deux sources, Calix serait vendue en mars.",
         VENDUE),
        (
            "D'après le Wall Street Journal et Bloomberg, qui citent des proches du dossier, "
            "Calix serait vendue en mars.",
            VENDUE,
        ),
        ("Comme l'ont révélé Les Échos, Calix serait vendue en mars.", VENDUE),
        ("Reuters : Calix serait vendue en mars.", VENDUE),
        (
            "L'action d'Orvale bondissait de 12 % mardi, après un article du Wall Street Journal "
            "selon lequel Calix serait vendue en mars.",
            VENDUE,
        ),
        ("Calix serait vendue en mars, rapporte le Wall Street Journal, qui cite des sources.",
         VENDUE),
        ("Calix serait vendue en mars, affirme Bloomberg, qui s'appuie sur des proches.", VENDUE),
        ("Calix serait vendue en mars, d'après le leaker Digital Panda, dont les prédictions se "
         "révèlent justes.", VENDUE),
        ("Calix serait vendue en mars, affirme l'insider Tom Varga sur X.", VENDUE),
        ("Calix serait vendue en mars, a-t-on appris mardi de source syndicale.", VENDUE),
        ("Calix serait vendue en mars, a appris Reuters mardi auprès de deux sources.", VENDUE),
        ("Calix serait vendue en mars, a rappelé le groupe dans un communiqué.", VENDUE),
        ("Calix serait vendue en mars, avertit la Cour des comptes dans un rapport publié lundi.",
         VENDUE),
        (
            "Calix serait vendue en mars, a déclaré sa directrice, le docteur Inès Carpentier, "
            "lors d'un congrès à Barcelone.",
            VENDUE,
        ),
        ("Calix serait vendue en mars, a indiqué à l'AFP une source proche du dossier, sous "
         "couvert d'anonymat.", VENDUE),
        ("Calix serait vendue en mars (Les Échos).", VENDUE),
        ("« Calix sera vendue en mars », a déclaré mardi le ministre, Luc Armand, sur France "
         "Inter.", "Calix sera vendue en mars."),
        ("« Calix sera vendue en mars », a tempéré Luc Armand, le président de Nordica, joint par "
         "Ici.", "Calix sera vendue en mars."),
        ("« Nous vendrons Calix en mars », a promis Luc Armand.", "« Nous vendrons Calix en mars "
         "»."),
        ("« Calix », a précisé le ministre, « sera vendue en mars ».",
         "Calix sera vendue en mars."),
        ("Calix serait vendue en mars, a confié à Ouest-France le maire Luc Roy, « très inquiet ».",
         VENDUE),
        ("Calix (PSG) serait, d'après L'Équipe de ce mardi, vendue en mars.",
         "Calix (PSG) serait vendue en mars."),
        ("Renault fermerait, d'après Les Échos, l'usine de Douai en 2028.",
         "Renault fermerait l'usine de Douai en 2028."),
        (
            "Nordica pourrait, a indiqué lundi son directeur Luc Armand dans un entretien au "
            "Figaro, racheter Calix en mars.",
            "Nordica pourrait racheter Calix en mars.",
        ),
        ("En 2027, selon Reuters, Nordica devrait vendre Calix.",
         "En 2027, Nordica devrait vendre Calix."),
        ("Si l'accord est signé, selon Reuters, Nordica vendra Calix en mars.",
         "Si l'accord est signé, Nordica vendra Calix en mars."),
        (
            "Radio Marca assure que le club réclame 22 millions d'euros et qu'il n'entend pas "
            "lâcher son joueur avant le 15 août.",
            "Le club réclame 22 millions d'euros et il n'entend pas lâcher son joueur avant le 15 "
            "août.",
        ),
        (
            "« C'est non », a averti David Loisel, président des maires "
            "ruraux, qui prévoit une manifestation le 25 décembre.",
            "David Loisel prévoit une manifestation le 25 décembre.",
        ),
        (
            "Interrogé sur RTL, le ministre du Budget, Luc Armand, a indiqué qu'il quitterait ses "
            "fonctions en juin.",
            "Luc Armand quitterait ses fonctions en juin.",
        ),
        (
            "La ministre déléguée, Claire Dumas, a assuré qu'elle présentera un plan de soutien "
            "en mars.",
            "Claire Dumas présentera un plan de soutien en mars.",
        ),
        ("Nordica a annoncé qu'il vendrait Calix en mars.", "Nordica vendrait Calix en mars."),
        ("Anne Roy a affirmé qu'il n'y aurait pas de hausse avant mars.",
         "Il n'y aurait pas de hausse avant mars."),
        ("La ministre, Anne Roy, a affirmé qu'il quitterait le gouvernement en mars.",
         "Il quitterait le gouvernement en mars."),
        ("Le Monde affirme qu'il quitterait le gouvernement en mars.",
         "Il quitterait le gouvernement en mars."),
        (
            "La Provence évoque également un intérêt pour Lucas Perrin, qui pourrait être prêté.",
            "La Provence évoque également un intérêt pour Lucas Perrin, qui pourrait être prêté.",
        ),
    ],
)  # fmt: skip
def test_a_french_statement_is_a_sentence_without_who_says_so(
    sentence: str, statement: str
) -> None:
    assert said(sentence) == statement


# --- Whatever the sentence ------------------------------------------------------------------------

_WORD = re.compile(r"[^\W_]+")


def faults(statement: str, span: str) -> Iterator[str]:
    """What no statement of a sentence may be."""
    printed = {word.lower() for word in _WORD.findall(plain(span).text)} | {"s"}
    yield from (word for word in _WORD.findall(statement) if word.lower() not in printed)
    if re.search(r"^[\s,;:)]|[,;:(]\W*$|[,;]\s*[,;]|\(\s*\)|\s{2}| ,", statement):
        yield "marks that are left alone"
    if not re.match(r"[\"«(\[]? ?(?:[A-ZÀ-Þ\d]|\W)", statement):
        yield "begins in the middle"
    if not re.search(r"[.!?…][\"»)]?$", statement):
        yield "no end"
    if statement.count("(") != statement.count(")") or statement.count("«") != statement.count("»"):
        yield "pairs"


@pytest.mark.parametrize("name", SETS)
def test_every_statement_of_the_articles_is_whole(name: str) -> None:
    for article in articles(name):
        found = extract(
            article.text,
            published=article.published,
            language=article.language,  # type: ignore[arg-type]
            outlet=article.outlet,
        ).candidates
        for candidate in found:
            assert list(faults(candidate.statement, candidate.span)) == [], candidate.statement


_SPEAKERS = st.sampled_from(
    [
        "Jane Doe", "the chief executive, Jane Doe", "Jane Doe, who chairs the board", "Reuters",
        "the paper", "two people (who asked not to be named)", "Roe — the manager", "sources",
        "le ministre, Luc Armand", "Luc Armand, directeur de Nordica", "Les Échos", "la direction",
    ]
)  # fmt: skip
_CLAIMS = st.sampled_from(
    [
        "Calix could be sold by March", "he would stay until 2028", "it will close its plant",
        "Calix serait vendue en mars", "il quitterait le club en juin", "“we will go”",
        "the deal (worth $5bn) could close, and shares may rise", "« nous vendrons » en mars",
    ]
)  # fmt: skip
_VERBS = st.sampled_from(
    ["said", "told Sky", "said on Tuesday that", "a affirmé que", "a indiqué mardi qu'", "selon"]
)
_ASIDES = st.sampled_from(
    ["", ", citing people", ", qui cite un proche", " dans un communiqué", " (AFP)", " - ", ", ,",
     " in an interview", ", on condition of anonymity", " »", '"']
)  # fmt: skip


@given(who=_SPEAKERS, claim=_CLAIMS, verb=_VERBS, aside=_ASIDES, order=st.integers(0, 5))
def test_no_statement_is_broken_in_whatever_order_things_are_said(
    who: str, claim: str, verb: str, aside: str, order: int
) -> None:
    first, last = claim[: len(claim) // 2], claim[len(claim) // 2 :]
    sentence = (
        f"{who} {verb} {claim}{aside}.",
        f"{claim}, {verb} {who}{aside}.",
        f"{claim}, {who} {verb}{aside}.",
        f"{first}, {verb} {who}{aside}, {last}.",
        f"{verb} {who}{aside}, {claim}.",
        f'"{claim}," {who}{aside} {verb}.',
    )[order]
    text = sentence[:1].upper() + sentence[1:]
    for candidate in extract(text, published=TODAY).candidates:
        assume(", ," not in candidate.span)
        assert candidate.statement
        printed = {word.lower() for word in _WORD.findall(plain(text).text)} | {"s"}
        assert {word.lower() for word in _WORD.findall(candidate.statement)} <= printed
        assert not candidate.statement.startswith((",", ";", ":", " ", ")"))
        assert re.search(r"[^,;:(\s][.!?…]?[\"»)]*[.]?$", candidate.statement)
        assert "( )" not in candidate.statement
        assert "()" not in candidate.statement
