"""What shows that a name nobody has listed is an outlet's: the noun before it, or its own words.

There are more outlets than any list has. "Le quotidien roumain Ziarul", "the news site Semafor"
and "Radio Sheffield" say themselves what they are.
"""

from __future__ import annotations

import re

from verification.domain.extraction.text import words

#: "Le quotidien", "news site": what follows is an outlet's name.
NOUN = re.compile(
    r"\b(?:quotidien|hebdomadaire|hebdo|mensuel|bimensuel|journal|magazine|revue|site|média|"
    r"pure player|chaîne|radio|antenne|micro|agence|lettre|newsletter|podcast|blog|titre|tabloïd|"
    r"colonnes|confrères|compte(?: twitter| x| instagram)?|account|"
    r"newspaper|paper|daily|weekly|monthly|broadsheet|tabloid|website|outlet|broadcaster|"
    r"network|channel|station|news agency|newswire|wire service|publication|trade paper|"
    r"journal|portal)\b",
    re.IGNORECASE,
)
#: Words of which outlets' names are made.
_WORDS = (
    r"news|newspapers?|times|post|journal|daily|weekly|herald|tribune|gazette|gazzetta|gaceta|"
    r"radio|tv|télé|fm|presse|press|magazine|standard|écho|echo|échos|courier|courrier|chronicle|"
    r"mail|globe|star|mirror|mercury|examiner|dispatch|sentinel|"
    r"observer|inquirer|reporter|review|wire|insider|zeitung|blatt|"
    r"nachrichten|rundschau|quotidien|dépêche|dauphiné|progrès|matin|soir|info|infos|actu|"
    r"actus|hebdo|mercato|corriere|giornale|diario|periódico|jornal|correio|dagblad|tageblatt|"
    r"leader-post|bulletin|advertiser|telegraph|telegram|argus|républicain|nouvelliste|"
    r"broadcasting|newsletter|podcast"
)
_SHAPED = re.compile(
    rf"(?<![\w-])(?:{_WORDS})(?![\w-])|(?i:\w+\.(?:com|fr|net|org|info|io|tv|ca|be|ch|co\.uk))\b|"
    r"(?-i:\b[A-Z]\w*(?:Hebdo|Actu|Info|News|Presse|TV|Foot|Sport|Mercato|Media)\b)|"
    r"(?-i:\b(?:[A-Z]{2,4}\d+|[A-Z][a-z]+\d+|\d+[A-Z]\w+)\b)",
    re.IGNORECASE,
)
#: Bodies that somebody addresses and that tell nobody's news.
AUDIENCE = re.compile(
    r"\b(?:parliament|congress|MPs|MSPs|MEPs|TDs|peers|lawmakers|senators?|senate|commons|lords|"
    r"house|committee|council|commission|assembly|union|board|court|judge|jury|parlement|sénat|"
    r"assemblée|congrès|conseil|comité|tribunal|parquet|police|president|minister|prime|king|"
    r"queen|fed|treasury|nato|otan|onu|ue|UN|EU|IMF|FMI|FBI|CIA|SEC|FDA|FCC|DOJ|pentagon|kremlin|"
    r"white|downing|M|Mme|Mr|Mrs|Ms|Sir|Dr)\b"
)
#: Words of an outlet's name.
_TITLE = 4
#: "Au Maroc" is where something was said.
_PLACES = frozenset(
    words(
        "Maroc Liban Canada Mexique Japon Brésil Portugal Danemark Luxembourg Royaume-Uni Vatican "
        "Sénégal Mali Niger Tchad Cameroun Kenya Nigeria Ghana Chili Pérou Venezuela Qatar Koweït "
        "Vietnam Cambodge Bangladesh Pakistan Kazakhstan Caire Havre Mans Touquet Bourget Texas "
        "Kremlin Pentagone États-Unis Pays-Bas Élysée Medef Bundestag Stade Palais Salon Forum "
        "Kosovo Soudan Yémen Groenland Québec Népal Sri"
    )
)


# "The website All Things D", "le journal As": small words are the name's own after the noun.
_TITLED = re.compile(r"(?i:newspaper|website|news site|journal|quotidien) (?P<name>(?:All |As$).*)")


def titled(words: str) -> str:
    """An outlet's name that begins with a small word and follows its noun, or nothing."""
    found = _TITLED.search(words)
    return found["name"] if found is not None and len(found["name"].split()) <= _TITLE else ""


def is_shaped(name: str) -> bool:
    """Whether a name is made as outlets' names are."""
    return _SHAPED.search(name) is not None


def may_be_told(name: str) -> bool:
    """Whether a proper name that something was told to can be an outlet's."""
    return AUDIENCE.search(name) is None and name.split()[0] not in _PLACES
