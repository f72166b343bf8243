"""Who a person says they are: their name where they give it themselves, their date of birth.

Patterns of the same kind as in `assistant.identifier`.
"""

from __future__ import annotations

from assistant.identifier import GAP

# Words at which a name or a street ends when it is typed without capitals.
_STOP = """ai|alors|and|as|at|au|aura|aurais|aux|avec|avez|bonjour|bonsoir|but|c|ça|car|ce
    |cela|ces|cest|cet|cette|ceci|comment|combien|could|d|dans|de|depuis|des|do|donc
    |du|elle|en|est|et|etait|était|étais|étudiant|étudiante|euh|faut|for|from|habite
    |hello|how|i|ici|il|ils|j|jai|jaimerais|je|jhabite|l|la|le|les|loin|lycéen
    |lycéenne|ma|mais|me|merci|mes|moi|mon|my|n|ne|né|née|nous|on|or|ou|où|par
    |pas|peut|peux|pour|pouvez|puis|qu|quand|que|quel|quelle|quelles|quels|qui|quoi
    |salut|sans|se|si|sont|suis|sur|svp|thanks|the|to|tu|un|une|veux|voudrais|vous
    |what|when|where|with|would|y|à|á|und|ich|ho|sono|e|soy|tengo|can|am|is|was
    |votre|vos|notre|ton|sa|son|titulaire|candidat|candidate|actuellement"""
NO_STOP = rf"(?!(?:{_STOP})(?![^\W_]))"
WORD = r"[^\W\d_][\w'’\-]{0,30}"
CAPITAL = r"(?-i:[A-ZÀ-ÖØ-Þ])[\w'’\-]{0,30}"
PARTICLE = r"(?:d['’]|l['’]|(?:de|du|des|la|le|les|van|von|ben|bin|el|al|da|di|dos)\s)"
_NO_LABEL = rf"(?!{WORD}\s?:)"
# Either every word has its capital or, typed carelessly, there are two words.
_NAME = rf"""{NO_STOP}(?:{CAPITAL}(?:\s{{1,2}}(?:{PARTICLE}){{0,2}}{_NO_LABEL}{CAPITAL}){{0,3}}
    |{WORD}(?:\s{{1,2}}{NO_STOP}{_NO_LABEL}{WORD})?)"""

_OWN_NAME = rf"""(?P<keep>(?<!\w)(?:
    j(?:e\s)?(?:m['’\ ]?|me\s)ap{{1,2}}el{{1,2}}e
    |(?:mon|my|mein|mi|il\smio)\s(?:nom|name|nombre|nome|pr[ée]nom|full\sname|first\sname)
    (?:\scomplet|\sde\sfamille|\set\spr[ée]nom|\sest|\sc['’]\s?est|\sis|\sist|\ses|\sè|\s?:){{1,3}}
    |me\sllamo|mi\schiamo|ich\shei(?:ß|ss)e|i['’]?\s?a?m\scalled
    |(?<!le\s)(?<!du\s)(?<!un\s)(?<!the\s)(?:nom(?:\set\spr[ée]nom|\sde\sfamille)?|pr[ée]nom|name|surname)\s?:)\s{{1,2}}){_NAME}"""
_TITLED = rf"""(?P<keep>(?<!\w)(?:je\ssuis|ici|moi\sc['’]est|i\sam|i['’]m|this\sis)\s
    (?:monsieur|madame|mademoiselle|mrs?\.?|ms\.?|mme\.?|mlle\.?|m\.|(?-i:M))\s)
    {CAPITAL}(?:\s(?:{PARTICLE}){{0,2}}{CAPITAL}){{0,2}}"""
_SIGNED = rf"""(?P<keep>(?<!\w)(?:cordialement|bien\sà\svous|sinc[èe]rement|respectueusement
    |(?:best\s|kind\s)?regards|sincerely)\s?[,.\n]\s{{0,3}})
    {CAPITAL}\s(?:{PARTICLE}){{0,2}}{CAPITAL}(?:\s{CAPITAL})?"""

_MONTH = r"""(?:janv|f[ée]v|mars|avr|mai|juin|juil|ao[uû]t|sept|oct|nov|d[ée]c|jan|feb|mar|apr|may
    |jun|jul|aug|mär|okt|dez|ene|abr|ago|gen|mag|giu|lug|set|ott|dic)[^\W\d_]{0,7}\.?"""
_DATE = rf"""(?:\d{{4}}-\d{{2}}-\d{{2}} |\d{{1,2}}{GAP}\d{{1,2}}{GAP}(?:\d{{4}}|\d{{2}})(?!\d)
    |\d{{1,2}}(?:er|st|nd|rd|th|\.)?\s{{1,2}}(?:de\s|of\s)?{_MONTH}(?:,?\s{{1,2}}(?:de\s)?\d{{2,4}})?
    |{_MONTH}\s{{1,2}}\d{{1,2}}(?:st|nd|rd|th)?,?\s{{1,2}}\d{{4}})"""
_BORN = rf"""(?P<keep>(?<!\w)(?:
    n[ée]{{1,2}}(?:\(e\)|[.·]e)?\s(?:le|un)
    |(?:naissance|anniversaire)(?:\s?(?:est|le|:|c['’]est)){{0,2}}
    |born(?:\son)?(?:\sthe)? |(?:date\sof\sbirth|birthday|dob|ddn)(?:\sis|\s?:)?
    |geboren\sam |nacid[oa]\sel |nat[oa]\sil)\s{{0,2}}(?:(?:lun|mar|mercre|jeu|vendre|same)di\s)?)
    {_DATE}"""

IDENTITY = (
    ("date de naissance", _BORN),
    ("nom", _OWN_NAME),
    ("nom", _TITLED),
    ("nom", _SIGNED),
)
