"""Names of outlets and agencies, and finding them in a text.

An editor's own sources come first (:class:`Names` takes them with their aliases). The list here is
for a newsroom that has logged nothing yet: it says how an outlet is called where the text writes
"WSJ", "the Journal" or "aux Échos".
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

import ahocorasick

from verification.domain.extraction import outlets_en
from verification.domain.extraction.text import words
from verification.domain.names import bare

#: Each with its other names after a colon. A leading article belongs to the name where readers
#: would miss it; without one, the article in the text is the sentence's.
_KNOWN = """
Wall Street Journal: WSJ, The Wall Street Journal, Dow Jones Newswires
Financial Times: FT, The Financial Times; New York Times: NYT, The New York Times, NY Times
Washington Post: WaPo, The Washington Post; Reuters: agence Reuters, Thomson Reuters
Bloomberg: Bloomberg News, Bloomberg Businessweek; AFP: Agence France-Presse, Agence France Presse
Associated Press: AP, The Associated Press; DPA; ANSA; EFE; Kyodo: Kyodo News; Jiji: Jiji Press
NHK; Xinhua; TASS; Belga; Yonhap; PA Media; Press Association; BBC: BBC News; BBC Sport; CNN; CNBC
NBC News: NBC; CBS News: CBS; ABC News; Fox News; MSNBC; NPR; Sky News; Sky Sports
Sky Sport Italia; ITV News; Channel 4 News; Al Jazeera; Euronews; CBC News; CTV News; The Guardian
The Times; The Sunday Times; The Telegraph; The Daily Telegraph: Daily Telegraph; The Independent
The Observer; The Economist; The Sun; Daily Mail: The Daily Mail
The Mail on Sunday: Mail on Sunday; Daily Mirror: The Mirror, The Daily Mirror
Evening Standard: The Evening Standard; The Spectator; The i Paper; Daily Express; City AM; Metro
The Irish Times; The Scotsman; The Globe and Mail; Toronto Star
Los Angeles Times: LA Times, The Los Angeles Times; Chicago Tribune; Boston Globe: The Boston Globe
New York Post: The New York Post; USA Today; Politico: Politico Europe; Axios; Semafor; The Hill
Puck; The Atlantic; The New Yorker; Time Magazine; Newsweek; Forbes; Fortune; Business Insider
MarketWatch; Barron's; Seeking Alpha; Quartz; HuffPost; BuzzFeed News; The Daily Beast
The Intercept; ProPublica; Punchbowl News; Roll Call
Nikkei: The Nikkei; Nikkei Asia: Nikkei Asian Review; Caixin; South China Morning Post: SCMP
Global Times; The Straits Times; The Hindu; Times of India: The Times of India
Economic Times: The Economic Times
Mint; Haaretz; Yedioth Ahronoth; Asahi Shimbun; Yomiuri Shimbun; The Korea Herald; ETNews
DigiTimes: Digitimes; The Elec; Commercial Times; Economic Daily News; The Information; The Verge
TechCrunch; Wired; Engadget; Ars Technica; CNET; ZDNet; Gizmodo; Mashable; 9to5Mac; 9to5Google
MacRumors; AppleInsider; Android Authority; Android Police; XDA Developers; GSMArena
Tom's Hardware; Tom's Guide; PCMag; VentureBeat; The Register; 404 Media; Platformer; Stratechery
Windows Central; Neowin; Digital Trends; The Decoder; Rest of World; Nieman Lab; STAT: STAT News
Endpoints News: Endpoints; FiercePharma: Fierce Pharma; Kotaku; IGN; Eurogamer; GameSpot; Polygon
VGC: Video Games Chronicle; Insider Gaming; Game Developer; Gamekult; JeuxVideo.com; Gameblog
Numerama; Clubic; Frandroid; Next; 01net; Les Numériques; Journal du Geek; Presse-citron
KultureGeek; iGeneration; MacGeneration; L'Usine Digitale; Variety; Deadline
The Hollywood Reporter: THR; IndieWire; TheWrap: The Wrap; Collider; Empire; Billboard
Rolling Stone; Pitchfork; Entertainment Weekly; People; TMZ; Screen Daily; Screen International
Première; AlloCiné; Télérama; Les Inrockuptibles; Écran Total; Le Film français
Télé Loisirs: Télé-Loisirs, TéléLoisirs; Télé 7 Jours; Télé Star; Closer; Gala; Puremédias
Satellifacts; ESPN; The Athletic; Sports Illustrated; Bleacher Report; Yahoo Sports; talkSPORT
Goal; 90min; L'Équipe; RMC Sport: RMC Sports; RMC; So Foot; France Football; Foot Mercato
But! Football Club; Le10Sport; Onze Mondial; Foot01; Eurosport; beIN Sports; Canal+; DAZN News
Marca; AS: Diario AS; Mundo Deportivo: El Mundo Deportivo; Sport: Diario Sport
Cadena SER: Cadena Ser; Cadena COPE: COPE; Relevo; El Chiringuito
Gazzetta dello Sport: La Gazzetta dello Sport; Corriere dello Sport: Il Corriere dello Sport
Tuttosport; Corriere della Sera: Il Corriere della Sera; La Repubblica; La Stampa
Il Sole 24 Ore: Sole 24 Ore; Il Messaggero; Kicker; Sport Bild; Bild: Bild am Sonntag
Der Spiegel: Spiegel; Die Zeit; Handelsblatt; Frankfurter Allgemeine Zeitung: FAZ
Süddeutsche Zeitung; Die Welt: Welt am Sonntag; WirtschaftsWoche; Manager Magazin; Table.Media; ARD
ZDF; ORF; NZZ: Neue Zürcher Zeitung; El País: El Pais; El Mundo; El Confidencial; Expansión
La Vanguardia; ABC; A Bola; Record; O Jogo: Ojogo; Público; Globo: O Globo, Globo Esporte
Folha de S. Paulo: Folha; Olé; TyC Sports; De Telegraaf; Het Laatste Nieuws: HLN; Le Soir
La Libre Belgique: La Libre; L'Echo; De Tijd; De Standaard; Le Temps; RTS; RTBF; Tages-Anzeiger
Radio-Canada; La Presse; Le Devoir; Le Journal de Montréal; Le Monde; Le Figaro; Libération: Libé
Les Échos: Les Echos; Le Parisien: Aujourd'hui en France; La Croix; L'Humanité; L'Opinion
Il Romanista; UOL; Sport1: Sport 1; El Periódico; Wielerflits
La Lettre de l'Expansion; La Lettre du Continent
La Tribune: La Tribune Dimanche; Le Point; L'Express; Le Nouvel Obs: L'Obs; Marianne; Challenges
Capital; La Lettre; La Lettre A; Contexte; Mediapart; Médiacités; Le Canard enchaîné
Le Journal du Dimanche: JDD, Le JDD, Le Journal du dimanche; Paris Match; Valeurs actuelles
Charlie Hebdo; Courrier international; L'Informé; Glitz; L'Agefi: Agefi; BFM Business
BFMTV: BFM TV, BFM; CNews
LCI; TF1: TF1 Info; France 2; France 3; France Télévisions; Franceinfo: France Info, franceinfo
France Inter; France Culture; France Musique; France Bleu: Ici; France 24; France 5; M6; RTL
Europe 1; RFI
Sud Radio; Radio France; Public Sénat; LCP; TV5 Monde: TV5MONDE; C8; Ouest-France; Sud Ouest
La Voix du Nord; La Dépêche du Midi: La Dépêche; Le Progrès; Le Dauphiné libéré; La Provence
Nice-Matin; Midi Libre; Dernières Nouvelles d'Alsace: DNA; L'Est républicain; Le Télégramme
Corse-Matin; La Montagne; Nord Éclair; L'Union; Le Républicain lorrain; Var-Matin; 20 Minutes
Slate; HuffPost France; L'Usine Nouvelle; L'Argus; Caradisiac; Auto Plus; L'Automobile magazine
Automotive News; Autocar; Auto Express; Motor Trend: MotorTrend; Car and Driver; Electrek
InsideEVs; Air & Cosmos; La Tribune de Genève; Zonebourse; Boursorama; Boursier.com; Le Revenu
Investir; Stratégies; CB News; LSA; Livres Hebdo; Actu.fr; Atlantico; Press Gazette; Daily Star
Football Italia; Football London; Manchester Evening News; Liverpool Echo; VRT; Sudinfo; L'Avenir
RTL Info; 7sur7; Het Nieuwsblad: Nieuwsblad; Blick; SonntagsBlick; SonntagsZeitung; NZZ am Sonntag
24 heures; Le Matin Dimanche; 20 minutes Suisse: 20min.ch; Keystone-ATS; AWP; Le Soleil; Le Droit
La Presse Canadienne; TVA Nouvelles: TVA; Le Journal de Québec; Noovo; Jeune Afrique
Africa Intelligence; Le360; Médias24; Hespress; El Watan; Dakaractu; Seneweb; Fraternité Matin
L'Orient-Le Jour; Afrik-Foot; Midi Olympique; Rugbyrama; Télé 2 Semaines; Paris-Normandie; L'Alsace
L'Indépendant; La Nouvelle République; Le Courrier picard; Le Berry républicain; La Charente libre
Centre Presse; La République du Centre; Radio Classique; Blast; StreetPress; Arrêt sur images
Disclose; Reporterre; Boulevard Voltaire; Le Pèlerin; Moto Journal; Auto Moto; L'Auto-Journal
Phonandroid; Journal du Net: JDN; Siècle Digital; Consomac; Mac4Ever; ActuGaming; Xboxygen
Gamergen; Wccftech; SamMobile; WABetaInfo; Univers Freebox; CoinDesk; Toutelatele; Satellimag
La Lettre de l'audiovisuel; Mind Media; CFNews; Capital Finance; Option Finance; AOF
Cercle Finance: CercleFinance.com; Betaville; Sky Germany; Sky Sport Deutschland; Sky Italia
Téléfoot; Le Phocéen; Butfootballclub: But Football Club; Get Football
Get French Football News: Get Football News France; Footmercato.net; Maxifoot; Topmercato; Livefoot
Culture PSG; Canal Supporters; Voetbal International; Defensa Central; Sportitalia
DH: La Dernière Heure, DH Les Sports; Le Matin: lematin.ch
"""

#: Those whose name is all that a text says of them, and who report on others.
KNOWN_REPORTERS = frozenset(
    {
        "Ming-Chi Kuo",
        "Mark Gurman",
        "Jeff Pu",
        "Ross Young",
        "Jon Prosser",
        "Evan Blass",
        "Digital Chat Station",
        "Ice Universe",
        "Fabrizio Romano",
        "Gerard Romero",
        "Fabrice Hawkins",
        "Loïc Tanzi",
        "Santi Aouna",
        "Sacha Tavolieri",
        "Rudy Galetti",
        "Ekrem Konur",
        "Ben Jacobs",
        "Alfredo Pedullà",
        "Daniele Longo",
        "Roland Quandt",
        "Max Weinbach",
        "Yogesh Brar",
        "Majin Bu",
        "Instant Digital",
        "Jez Corden",
        "Liam Robertson",
        "NateTheHate",
        "Billbil-kun",
        "Gianluca Di Marzio",
        "David Ornstein",
        "Florian Plettenberg",
        "Matteo Moretto",
        "Nicolò Schira",
        "Adrian Wojnarowski",
        "Shams Charania",
        "Jason Schreier",
        "Tom Henderson",
        "Jeff Grubb",
        *outlets_en.REPORTERS,
    }
)

#: The last names by which they go once they are known.
KNOWN_SURNAMES = frozenset(
    words(
        "Kuo Gurman Prosser Blass Romano Ornstein Plettenberg Charania Schreier Schefter Rapoport"
    )
)
#: "MARCA": a name that is so long may be printed in capitals.
_SHOUTED = 5
_INITIALS = ("The ", "Le ", "La ", "Les ", "L'", "El ", "Il ", "Der ", "Die ", "De ")


@dataclass(frozen=True, slots=True)
class Named:
    """A name of the list in a text, by the name that it is known by."""

    start: int
    end: int
    name: str


class Names:
    """Known names of sources, to be found in texts.

    ``known`` has each name and alias with the name that the source goes by. They are found as
    written, and win over the outlets that are known anyway.
    """

    def __init__(self, known: Mapping[str, str] | None = None) -> None:
        self._automaton = ahocorasick.Automaton()
        own = dict(known or {})
        by_key = {key_of(name): name for name in own.values()}
        forms = {
            form: by_key.get(key_of(name), name)
            for name, aliases in _builtin()
            for form in _forms(name, aliases)
        }
        forms |= {form: name for alias, name in own.items() for form in _forms(alias, ())}
        for form, name in forms.items():
            self._automaton.add_word(form, (len(form), name))
        self._automaton.make_automaton()

    def find(self, text: str) -> list[Named]:
        """The names in a plain text from left to right; of two that overlap, the longer."""
        found: list[Named] = []
        for last, (length, name) in self._automaton.iter_long(text):
            start, end = last + 1 - length, last + 1
            if not _touches(text, start, end):
                found.append(Named(start, end, name))
        return found


def key_of(name: str) -> str:
    """What two spellings of a name share: no article, no accents, no capitals."""
    return bare(name)


@cache
def known_outlets() -> Names:
    """The outlets that are known without being told."""
    return Names()


def outlet_names() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The same outlets by name, each with its other names."""
    return _builtin()


@cache
def _builtin() -> tuple[tuple[str, tuple[str, ...]], ...]:
    entries = (
        entry.strip()
        for line in (*_KNOWN.split("\n"), *outlets_en.OUTLETS.split("\n"))
        for entry in line.split(";")
    )
    split = (entry.partition(":") for entry in entries if entry)
    return tuple(
        (name.strip(), tuple(alias.strip() for alias in aliases.split(",") if alias.strip()))
        for name, _colon, aliases in split
    )


def _forms(name: str, aliases: Iterable[str]) -> Iterable[str]:
    """How a name is written in running text: "Les Échos" is in "aux Échos" as well."""
    given = (name, *aliases)
    # "Le Canard Enchaîné": each word may have its capital.
    for form in dict.fromkeys((*given, *map(_without_accents, given), *map(_capitals, given))):
        yield form
        if len(form) >= _SHOUTED:
            yield form.upper()
        for article in _INITIALS:
            if form.startswith(article):
                rest = form[len(article) :]
                yield article.lower() + rest
                # "Les 'Echos'", as the financial press prints it.
                yield f"{article.lower()}'{rest}'"
                if article == "The ":
                    # "Selon le Sun", "au Telegraph".
                    yield from (f"{french}{rest}" for french in ("Le ", "le ", "du ", "au "))
                for contracted in {"Le ": ("au ", "du "), "Les ": ("aux ", "des ")}.get(
                    article, ()
                ):
                    yield contracted + rest
                    yield f"{contracted}'{rest}'"


def _capitals(text: str) -> str:
    return " ".join(f"{word[:1].upper()}{word[1:]}" for word in text.split(" "))


def _without_accents(name: str) -> str:
    letters = unicodedata.normalize("NFD", name)
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _touches(text: str, start: int, end: int) -> bool:
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    return (
        before.isalnum() or after.isalnum() or (after == "-" and text[end + 1 : end + 2].isalpha())
    )
