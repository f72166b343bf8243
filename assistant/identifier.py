"""Numbers that name a person or their account, by their form or by the words before them.

Patterns are verbose, case-insensitive regular expressions; what `keep` matches stays. Every
repetition is bounded, so the time grows with the length of the text and no faster.
"""

from __future__ import annotations

SPACE = r"[\s\u00a0\u202f\u2009]"
# Within a number: nothing, spaces, a dot or a dash.
THIN = rf"(?:{SPACE}|[.\-–]){{0,2}}"
# Between the groups of a telephone number or a date, also a slash or a spaced dash.
GAP = rf"{SPACE}{{0,2}}[.\-–_/]?{SPACE}{{0,2}}"
# Between what announces a value and the value itself: "est", "c'est", "n°", a colon.
IS = r"""(?:\s{0,3}
    (?:[:=,]|n[°ºo]\.?|est|c['’\ ]?est|is|it['’]s|le|la|the|ist|es|è|num[ée]ro|number)
    (?![^\W\d_])){0,3}\s{0,3}"""
_NUMBER = r"(?:num[ée]ro|num|n[°ºo]\.?|code|identifiant)\s{0,2}"

_IBAN = rf"""(?<![^\W_])(?:
    (?:FR|MC|IT|SM)\d{{2}}(?:{THIN}[0-9A-Z]){{23}}
    |DE\d{{2}}(?:{THIN}\d){{18}} |BE\d{{2}}(?:{THIN}\d){{12}} |ES\d{{2}}(?:{THIN}\d){{20}}
    |PT\d{{2}}(?:{THIN}\d){{21}} |LU\d{{2}}(?:{THIN}[0-9A-Z]){{16}}
    |CH\d{{2}}(?:{THIN}[0-9A-Z]){{17}} |(?:GB|IE)\d{{2}}{THIN}[A-Z]{{4}}(?:{THIN}\d){{14}}
    |NL\d{{2}}{THIN}[A-Z]{{4}}(?:{THIN}\d){{10}} |(?:MA|TN|DZ|SN)\d{{2}}(?:{THIN}\d){{20,24}}
    )(?![^\W_])"""
# An account number mistyped, or in its French form without the country.
_ANNOUNCED_IBAN = rf"""(?P<keep>(?<!\w)(?:IBAN|RIB){IS})
    (?:[A-Z]{{2}}\d{{2}})?(?:{THIN}(?=[A-Z]{{0,3}}\d)[0-9A-Z]{{2,11}}){{3,9}}"""
# Sixteen digits from 3 to 6, so that four years in a row are none, or the fifteen of Amex.
_CARD = rf"""(?<!\d)(?:[3-6]\d{{3}}(?:{THIN}\d{{4}}){{3}} |3[47]\d{{2}}{THIN}\d{{6}}{THIN}\d{{5}})
    (?!\d)"""
# Sex, year, month (20 to 99 where it is unknown), department, commune, rank, and often the key.
_NIR = rf"""(?<!\d)[1-478]{THIN}\d{{2}}{THIN}(?:0[1-9]|1[0-2]|[2-9]\d){THIN}(?:\d{{2}}|2[AB])
    {THIN}\d{{3}}{THIN}\d{{3}}(?:{THIN}(?:cl[ée]\s?:?\s?)?\d{{2}})?(?!\d)"""
_ANNOUNCED_NIR = rf"""(?P<keep>(?<!\w)
    (?:s[ée]cu(?:rit[ée]\s+sociale)?|NIR|NSS|social\s+security(?:\s+number)?){IS})
    [12](?:{THIN}[\dAB]){{9,14}}(?!\d)"""
# Nine digits and two letters since 2017, ten digits and a letter before.
_INE = r"(?<![^\W_])(?:\d{10}[A-Z]|\d{9}[A-Z]{2})(?![^\W_])"
_ANNOUNCED_INE = rf"""(?P<keep>(?<!\w)
    (?:INE(?:-RNIE)?|BEA|INA|identifiant\s+national(?:\s+[ée]tudiant)?){IS})
    (?=(?:{THIN}[A-Z]){{0,10}}{THIN}\d)[0-9A-Z](?:{THIN}[0-9A-Z]){{9}}{THIN}[0-9A-Z](?![^\W_])"""
_STUDENT = rf"""(?P<keep>(?<!\w)(?:
    (?:{_NUMBER}|carte\s)(?:de\s(?:ma\s|la\s)?carte\s|de\s)?(?:d['’]\s?)?[ée]tu(?:diante?|d)?
    |[ée]tudiante?\s?(?:n[°ºo]\.?|num[ée]ro) |student\s(?:number|id|card)
    |matr[ií]c(?:ul[ae]|ola|ule) |Matrikelnummer){IS})
    [A-Z]{{0,3}}\d(?:[\ .\-]?\d){{4,13}}(?!\d)"""
_CAMPUS_FRANCE = r"(?<![^\W_])[A-Z]{2}\d{2}-\d{5}-C\d{2}(?!\d)"
_PLATFORM = r"(?:parcoursup|mon\s?master|[eé]-?\s?candidat|campus\s?france)"
_FILE = rf"""(?P<keep>(?<!\w)(?:
    {_NUMBER}(?:de\s|d['’]\s?|du\s)?(?:mon\s)?
    (?:dossier|candidate?|candidature|inscription|{_PLATFORM})(?:\s{_PLATFORM})?
    |(?:dossier|candidature|candidat)\s(?:{_PLATFORM}\s)?(?:n[°ºo]\.?|num[ée]ro)
    |application\s(?:number|id)){IS})
    [A-Z]{{0,3}}\d(?:[\ .\-]?\d){{4,13}}(?![^\W_])"""
_PAPER = rf"""(?P<keep>(?<!\w)(?:
    pass?e?port|carte\s(?:nationale\s)?d['’]\s?identit[ée] |pi[èe]ce\sd['’]\s?identit[ée] |CNI
    |titre\sde\ss[ée]jour |num[ée]ro\s(?:d['’])?[ée]tranger |permis\sde\sconduire){IS})
    (?=[A-Z]{{0,4}}\d)[0-9A-Z](?:[\ .\-]?[0-9A-Z]){{6,13}}(?![^\W_])"""

IDENTIFIERS = (
    ("IBAN", _IBAN),
    ("IBAN", _ANNOUNCED_IBAN),
    ("numéro de carte", _CARD),
    ("numéro de sécurité sociale", _NIR),
    ("numéro de sécurité sociale", _ANNOUNCED_NIR),
    ("INE", _INE),
    ("INE", _ANNOUNCED_INE),
    ("numéro étudiant", _STUDENT),
    ("numéro de dossier", _CAMPUS_FRANCE),
    ("numéro de dossier", _FILE),
    ("numéro de pièce d'identité", _PAPER),
)
