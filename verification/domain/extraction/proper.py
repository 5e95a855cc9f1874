"""The proper names in some words: "Jane Roe" in "Chief Executive Officer Jane Roe"."""

from __future__ import annotations

import re
from functools import lru_cache

from verification.domain.extraction.text import words

#: A word with a capital, or a brand that begins with a digit.
CAP = r"(?:(?<!\d)[A-ZÀ-ÖØ-Þ]|(?<!\d)\d{1,4}[a-z]{1,9}\d{0,4}[A-Z])[\w'’.&-]*"
_LINK = r"(?:de la|de l'|de|du|des|d'|van|von|bin|ben|al|el|of the|of|and|&|et|for|pour|à|l')"
_PROPER = re.compile(rf"{CAP}(?:(?: {_LINK} ?| |(?<=-))(?:{CAP}))*")
_TITLES = re.compile(
    r"^(?:M|MM|Mme|Mlle|Me|Mgr|Dr|Pr|Mr|Mrs|Ms|Sir|Lord|Lady|Dame|President|Prime Minister|"
    r"Chief (?:Executive|Financial|Operating|Technology)(?: Officer)?|Executive|Officer|CEO|CFO|"
    r"COO|CTO|PDG|DG|"
    r"Secretary|Minister|Senator|Governor|Representative|Majority Leader|Minority Leader|Speaker|"
    r"Chancellor|Chairman|Chairwoman|Chair|Director|Finance Minister|Foreign Minister|"
    r"Treasury Secretary|Insider|Leaker|Analyst|Manager|Coach|Creator|Spokesman|Spokeswoman|Mayor|"
    r"Councillor|Commissioner|Captain|Colonel|General|Admiral|Archbishop|Bishop|Premier|Deputy|"
    r"Superintendent|Sheriff|Journalist|Expert|Pundit|Tipster|Correspondent|Taoiseach|Tánaiste|"
    r"Billionaire|Tycoon|Businessman|Businesswoman|Magnate|Industrialist|Entrepreneur|Lawyer|"
    r"Filmmaker|Showrunner|Rapper|Comedian|"
    r"Opposition|Leader|Builder|Developer|Contractor|Operator|Supplier|Retailer|Broadcaster|"
    r"Publisher|Chipmaker|Carmaker|Automaker|Startup|Rival|Spaniard|Frenchman|Frenchwoman|Dutchman|Englishman|Scotsman|Scot|Welshman|Irishman|Briton|Dane|"
    r"Swede|Finn|Congressman|Congresswoman|Rep|Sen|Gov|Gen|Economist|Actor|Actress|"
    r"Singer|Writer|Author|Forward|Striker|Defender|Midfielder|Goalkeeper|Star|State|Chancellor|"
    r"[LD]'[a-zé]\w+|Maître|Père|Général|Colonel|Commandant|Professeur|Docteur|"
    r"[ÉE]tat|Intérieur|Économie|Justice|Armées|Défense|Santé|Travail|Éducation|Culture|Agriculture|"
    r"Écologie|Transports|Finances|Budget|Sports|Logement|Énergie|Industrie|Numérique|Outre-mer|"
    r"Français(?:e)?|Britannique|Américain(?:e)?|Allemand(?:e)?|Italien(?:ne)?|Espagnole?|Belge|"
    r"Néerlandaise?|Portugaise?|Brésilien(?:ne)?|Argentin(?:e)?|Japonaise?|Chinoise?|Danoise?|"
    r"Suédoise?|Norvégien(?:ne)?|Polonaise?|Tchèque|Turc|Marocain(?:e)?|Algérien(?:ne)?|"
    r"Tunisien(?:ne)?|Sénégalaise?|Ivoirien(?:ne)?|Camerounaise?|Canadien(?:ne)?|Québécoise?|"
    r"Australien(?:ne)?|Irlandaise?|Écossaise?|Galloise?|Croate|Serbe|Autrichien(?:ne)?|Grec|"
    r"Studio|Representatives|Analysts|Justice|Judge|Professor|Reporter|Former|Party|"
    r"Le|La|Les|L'|The|A|An|Un|Une|In|En|But|Mais|Et|And|As|At|On|Dans|Pour|For|However|Meanwhile|"
    r"Selon|According|D'après|Ce|Cette|Ces|Il|Elle|He|She|It|They)\.? (?=\S)"
)
_NOT_NAMES = frozenset(
    words(
        "Sur Pour Par À Au Aux Après Avant Avec Sans Sous Depuis Entre Vers Chez Lors Si "
        "Quand Comme Car Donc After Before With Without Under Over Since Between From By When "
        "While If Although Though Because As Some Many Most All Both Each Two Three One "
        "Global New Its Nos Notre Plus Le La Les L' The A An Un Une He She It They Il Elle "
        "Ils Elles On Ce Cette Ces We Nous I Je Lundi Mardi Mercredi Jeudi Vendredi Samedi "
        "Dimanche Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February "
        "March April May June July August September October November December In En Dans But "
        "Bien Malgré Dès Alors Tandis Despite Unlike "
        "Mieux Pire Surtout Enfin Ensuite Parallèlement Évidemment Bref Ainsi Pourtant Cependant "
        "Toutefois Désormais Hier Aujourd'hui Demain Meanwhile Separately Additionally Furthermore "
        "Previously Earlier Later Still Yet Then Now Today Yesterday Recently Reportedly "
        "We've We're We'll I've I'm It's That's There's They've They're You You're He's She's "
        "Let's "
        "Quoi Quoique Quel Quelle Quels Quelles Qui Que Où Lorsque Puisque Parce Outre Reste Faute "
        "Grâce Face Loin Chaque Plusieurs Certains Certaines Tout Tous Toutes Aucun Aucune Autre "
        "Autres Sauf Hormis Idem Beaucoup Jusqu'à Jusqu'ici Voilà Seul Seule Seuls Comment "
        "Rien Personne Nul Nulle Deux Trois Quatre Cinq Six Sept Huit Neuf Dix Onze Douze "
        "Pourquoi Combien Environ Près Quelque Quelques Presque Autour Actuellement Concrètement "
        "Finalement Récemment Prochainement Initialement Officiellement Visiblement Apparemment "
        "Affirmant Estimant Sollicité Sollicitée Joint Jointe "
        "Last Another Other Others Several Sources Further Such More Asked Speaking Writing Citing "
        "Mais Et And However Selon According Contacté Contactée Interrogé Interrogée Son Sa "
        "Ses His Her Its Their That This These Those There Toujours Also"
    )
)
# "A French website" names nobody.
_DEMONYMS = frozenset(
    words(
        "American British Chinese Dutch English European French German Indian Italian Japanese "
        "Korean Russian Spanish Swedish Swiss Turkish Portuguese Brazilian Australian Canadian "
        "Irish Scottish Welsh Israeli Saudi Iranian Ukrainian Polish Greek Belgian Danish "
        "Norwegian Mexican Argentine Nigerian Catalan Taiwanese Pakistani Egyptian Austrian "
        "Finnish European Western"
    )
)
_NO_NAMES = _NOT_NAMES | _DEMONYMS
# "Ford Chief Financial Officer John Lawler".
_OFFICE = re.compile(
    r"^.*\b(?:Chief|Executive|Officer|Office|CEO|CFO|COO|President|Minister|Secretary|Chairman|"
    r"Director|Spokesman|Spokeswoman|Spokesperson|Governor|Premier|Chancellor|Mayor|Senator|Chair|"
    r"Head|Economist|Strategist|Commissioner|Ambassador|PDG|Analyst|Manager|Coach|"
    r"Supervisor|Clerk|Administrator|Treasurer|Superintendent|Trustee|Selectman|Developer|"
    r"Council(?:l?or|member|man|woman)|Assembly(?:member|man|woman)|Alder(?:man|woman)|"
    r"(?:Fire|Police) Chief|(?:District|City|County) Attorney) (?=[A-ZÀ-Þ])"
)
# "L'international" is no name, nor is what has none but small letters.
_ELIDED_WORD = re.compile(r"(?:[LD]['’])?[a-zà-ÿ][^ ]*")
# "London-based Pearson".
_WHENCE = re.compile(r"^\w+-(?:based|listed|owned|backed|born|led) (?=[A-ZÀ-Þ])")
_OF = re.compile(r"^(?:de la|de l'|de|du|des|d') ?(?=[A-ZÀ-Þ])")
_ELIDED = re.compile(r"^[LD]['’](?=[A-Z]{2,})")


# The same sentence is asked about by whoever looks for its subject, its speaker and its outlets.
@lru_cache(maxsize=256)
def people(words: str) -> tuple[str, ...]:
    """The proper names in some words, without titles; a name of one word at their head counts."""
    found: list[str] = []
    for match in _PROPER.finditer(words):
        name = match[0].rstrip(".'’&-")
        before = None
        while name != before:
            before, name = name, _TITLES.sub("", name)
            first, _, rest = name.partition(" ")
            name = rest if rest and first in _NOT_NAMES else name
            name = _OF.sub("", name)
        name = _WHENCE.sub("", _OFFICE.sub("", name))
        name = _ELIDED.sub("", name.removesuffix("'s").strip())
        owner, _, owned = name.rpartition("'s ")
        name = owned if owner and " " in owned else name
        if len(name) > 1 and name not in _NO_NAMES and not _ELIDED_WORD.fullmatch(name):
            found.append(name)
    return tuple(found)
