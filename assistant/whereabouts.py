"""Where a person can be reached: telephone, e-mail as written or as spoken, profile, street.

Patterns of the same kind as in `assistant.identifier`.
"""

from __future__ import annotations

from assistant.identifier import GAP, IS, SPACE
from assistant.identity import CAPITAL, NO_STOP, PARTICLE, WORD

_FRENCH = rf"""(?:\((?:\+{SPACE}?|00{SPACE}?)33\)|(?:\+{SPACE}?|(?<!\d)00{SPACE}?)33){GAP}
    (?:\(0\)|0)?{GAP}[1-9](?:{GAP}\d){{8}}(?!\d)"""
# Five pairs, the same thing between all of them, so that 01/09/2025 10 h is none.
_PAIRS = rf"""(?:\(0[1-9]\)|(?:(?<!\d)0|(?<!\w)o|\(0\){SPACE}?)[1-9])({GAP})
    \d{{2}}(?:\1\d{{2}}){{3}}(?!\d)"""
# Ten digits in any groups, save a date with the hour behind it, or a month with two years.
_GROUPS = rf"""(?<![\d/])
    (?!\d{{2}}{GAP}\d{{2}}{GAP}(?:19|20)\d{{2}}(?!\d)) (?!\d{{2}}{GAP}20\d{{2}}{GAP}20\d{{2}})
    0{SPACE}?[1-9](?:{SPACE}?[.\-]?\d){{8}}(?![.\-/\ ]?\d)"""
# A country's code never begins with 0; "bac+3 2025" has no digit right behind its 3.
_FOREIGN = r"""(?<!\w)(?:\+\s?|00)(?:
    [17](?:[\ .\-()]{0,2}\d){10} |[2-9]\d{1,2}\)?(?:[\ .\-()/]{0,3}\d){7,12})(?!\d)"""
_ANNOUNCED = rf"""(?P<keep>(?<!\w)(?:
    t[ée]l(?:[ée]phone)?|portable|mobile|whatsapp|(?:r?appel|contact)(?:er|ez)|joindre
    |phone(?:\snumber)?|call\sme|reach\sme)(?:\s(?:moi|me|au|sur|on|at|mon|my)){{0,3}}{IS})
    \+?\d(?:{GAP}\d){{7,13}}(?!\d)"""
_UNIT = r"un|deux|trois|quatre|cinq|six|sept|huit|neuf"
_SPOKEN = rf"""(?<!\w)z[ée]ro[\s,\-]{{1,2}}(?:{_UNIT})(?:[\s,\-]{{1,2}}(?:
    z[ée]ro|{_UNIT}|dix|onze|douze|treize|quatorze|quinze|seize|vingts?|trente|quarante|cinquante
    |soixante|et)(?!\w)){{4,18}}"""

# No sign stands in two places, so there is one way only to read a local part.
_WRITTEN = r"(?<![\w.+\-])[\w+]{1,40}(?:[.\-'’][\w+]{1,40}){0,6}"
_ATOM = r"[\w+\-'’]{1,40}"
_JOINT = rf"""(?:{SPACE}{{0,2}}(?:\.|[(\[{{](?:dot|point|\.)[)\]}}]){SPACE}?|{SPACE}{{1,2}}(?:
    point|dot|punto|punkt|tiret(?:{SPACE}du{SPACE}(?:bas|6|8))?|underscore|dash){SPACE}{{1,2}})"""
_LOCAL = rf"(?<![\w.+\-]){_ATOM}(?:{_JOINT}{_ATOM}){{0,6}}"
_DOMAIN = rf"[\w\-]{{1,63}}(?:{_JOINT}[\w\-]{{1,63}}){{1,4}}"
_MAIL = rf"{_WRITTEN}{SPACE}?@{SPACE}?[\w\-]{{1,63}}(?:\.[\w\-]{{1,63}}){{1,5}}"
_SPOKEN_MAIL = rf"""{_LOCAL}{SPACE}{{0,2}}(?:@|[(\[{{<]{SPACE}?(?:at|a|arobase?){SPACE}?[)\]}}>]
    |(?<!\w)(?:ar+oba[sz]e?)(?!\w)){SPACE}{{0,2}}{_DOMAIN}"""
_ENGLISH_MAIL = rf"""{_LOCAL}\s{{1,2}}at\s{{1,2}}[\w\-]{{1,63}}
    (?:\s{{1,2}}dot\s{{1,2}}\w{{1,30}}){{0,2}}\s{{1,2}}dot\s{{1,2}}(?:com|org|net|edu|eu|info|[a-z]{{2}})(?!\w)"""

_PROFILE = r"""(?<![\w.])(?:https?://)?(?:[a-z]{2,3}\.)?(?:
    linkedin\.com/in|facebook\.com|fb\.com|instagram\.com|tiktok\.com|twitter\.com|x\.com
    |github\.com|snapchat\.com/add|t\.me|wa\.me)/@?[\w.\-%]{1,80}/?"""
_HANDLE = r"(?<![\w.@])@[a-z_][\w.]{2,29}(?![\w@])"

_DOOR = r"(?<![\w,.])\d{1,4}\s?(?:bis|ter|quater|[a-d](?=[\s,]))?\s?,?\s{1,2}"
_STREET = r"""(?:rue|avenue|ave?\.?|boulevard|blv?d\.?|bd\.?|impasse|all[ée]e|chemin|quai|ruelle
    |faubourg|fbg\.?|lotissement|venelle|sentier|hameau|lieu[\s\-]dit)"""
# Words for other things too: a street only with a capital, a postcode, or "j'habite" before it.
_DOUBTFUL = r"""(?:place|pl\.|cours(?!\sd(?:e\s(?!l[a'’])|['’]))
    |passage|route|rte\.?|square|r[ée]sidence|cit[ée]|clos|mail|villa)"""
_NOT_A_STREET = r"(?!(?:Master|Licence|Parcoursup|Mon|BUT|DU|IUT|UE|[LMS]\d)\b)"
_STREET_NAME = rf"""(?:{PARTICLE}){{0,3}}{WORD}
    (?:\s{{1,2}}(?:{PARTICLE}{CAPITAL}|{NO_STOP}{WORD})){{0,3}}"""
_CAPITAL_NAME = rf"""(?:{PARTICLE}){{0,3}}{_NOT_A_STREET}{CAPITAL}
    (?:[\s\-]{{1,2}}(?:{PARTICLE}){{0,2}}{CAPITAL}){{0,3}}"""
_TOWN = rf"""(?:{SPACE}{{0,2}},?{SPACE}{{0,2}}(?:F-?)?\d{{5}}(?!\d)
    (?:\s{{1,2}}{NO_STOP}{WORD}){{0,3}})"""
_DOORS = r"(?:,?\s(?:appt?|appartement|app|b[âa]t(?:iment)?|chambre|[ée]tage)\.?\s\w{1,4}){0,2}"
_LIVES = r"""(?P<keep>(?<!\w)(?:habite|r[ée]side|domicili[ée]e?|adresse|vis|loge)
    (?:\s(?:est|au|à|postale)){0,3}\s?:?\s)"""
_ENGLISH_STREET = rf"""(?<![\w,.])\d{{1,4}}[a-d]?\s(?:{CAPITAL}\s){{1,3}}
    (?:Street|St|Road|Rd|Avenue|Ave|Lane|Drive|Court)(?!\w)\.?"""
_FOREIGN_STREET = rf"""(?<!\w)(?:calle|avenida|piazza|plaza|via)\s{CAPITAL}(?:\s\w{{1,30}}){{0,2}}
    ,?\s(?:n[°º.]?\s?)?(?!(?:19|20)\d\d)\d{{1,4}}(?!\w)
    |(?<!\w)\w{{2,30}}(?:stra(?:ß|ss)e|str\.)\s\d{{1,4}}[a-d]?(?!\w)"""

WHEREABOUTS = (
    ("adresse e-mail", _MAIL),
    ("adresse e-mail", _SPOKEN_MAIL),
    ("adresse e-mail", _ENGLISH_MAIL),
    ("téléphone", _FRENCH),
    ("téléphone", _PAIRS),
    ("téléphone", _GROUPS),
    ("téléphone", _FOREIGN),
    ("téléphone", _ANNOUNCED),
    ("téléphone", _SPOKEN),
    ("lien personnel", _PROFILE),
    ("lien personnel", _HANDLE),
    ("adresse", rf"{_DOOR}{_STREET}\s{{1,2}}{_STREET_NAME}{_DOORS}{_TOWN}?"),
    ("adresse", rf"{_DOOR}{_DOUBTFUL}\s{{1,2}}{_CAPITAL_NAME}{_DOORS}{_TOWN}?"),
    ("adresse", rf"{_DOOR}{_DOUBTFUL}\s{{1,2}}{_STREET_NAME}{_TOWN}"),
    ("adresse", rf"{_LIVES}{_DOOR}{_DOUBTFUL}\s{_STREET_NAME}"),
    ("adresse", _ENGLISH_STREET),
    ("adresse", _FOREIGN_STREET),
)
