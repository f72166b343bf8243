"""CDM-fr's names of what a programme says of itself, in the words of French programme pages.

Names are local ones: the standard has had several namespaces, and exporters add their own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

# What is a label with a value when it is short; the order is that of a page's key facts.
FACTS: Mapping[str, str] = MappingProxyType(
    {
        "qualificationName": "Diplôme",
        "degree": "Diplôme",
        "domainName": "Domaine",
        "fieldName": "Mention",
        "specialityName": "Spécialité",
        "level": "Niveau",
        "programDuration": "Durée",
        "duration": "Durée",
        "credits": "Crédits ECTS",
        "instructionLanguage": "Langue d'enseignement",
        "ppalTeachingLanguage": "Langue d'enseignement",
        "teachingPlace": "Lieu de formation",
        "teachingTerm": "Période d'enseignement",
        "studentPlaces": "Capacité d'accueil",
        "studentStatus": "Statut des étudiants",
        "ECTSRequired": "Crédits ECTS requis",
        "registrationStart": "Ouverture des candidatures",
        "registrationDeadline": "Date limite de candidature",
        "cancelDeadline": "Date limite d'annulation",
        "begin": "Début",
        "end": "Fin",
    }
)

SECTIONS: Mapping[str, str] = MappingProxyType(
    {
        "programIntroduction": "Présentation",
        "programDescription": "Présentation",
        "subProgramDescription": "Présentation",
        "courseIntroduction": "Présentation",
        "courseDescription": "Description",
        "orgUnitDescription": "Présentation de la composante",
        "qualificationDescription": "Diplôme et qualification",
        "profession": "Débouchés professionnels",
        "studyQualification": "Poursuite d'études",
        "learningObjectives": "Objectifs et compétences",
        "admissionInfo": "Admission",
        "admissionDescription": "Conditions d'admission",
        "registrationProcess": "Modalités de candidature",
        "formalPrerequisites": "Conditions d'accès et prérequis",
        "recommendedPrerequisites": "Prérequis recommandés",
        "targetGroup": "Public visé",
        "formOfTeaching": "Modalités d'enseignement",
        "formOfAssessment": "Contrôle des connaissances",
        "programStructure": "Organisation de la formation",
        "courseContents": "Contenu",
        "syllabus": "Programme",
        "regulations": "Règlement et contrôle des connaissances",
        "studyAbroad": "Mobilité internationale",
        "expenses": "Frais",
        "universalAdjustment": "Aménagements et handicap",
        "benefits": "Aides et avantages",
        "teachingActivity": "Enseignements",
        "exam": "Examens",
        "texts": "Bibliographie",
        "recommendedReading": "Bibliographie",
        "infoBlock": "Informations complémentaires",
        "contacts": "Contacts",
    }
)

# Codes and references, said better elsewhere, and words for search engines.
UNSAID = frozenset(
    [
        *("programID", "programCode", "courseID", "courseCode", "orgUnitID", "orgUnitCode"),
        *("levelCode", "searchword", "properties", "refHabilitation", "habiliId", "personID"),
        *("programName", "courseName", "orgUnitName", "orgUnitKind", "orgUnitAcronym", "webLink"),
        *("subProgramID", "subProgramCode", "subProgramName"),
        *("refProgram", "refCourse", "refPerson", "refOrgUnit", "aip", "extension", "subject"),
    ]
)

# The markup of text blocks, by the tag of HTML that says the same.
BLOCK_TAGS: Mapping[str, str] = MappingProxyType(
    {
        "br": "br",
        "p": "p",
        "para": "p",
        "strong": "strong",
        "bold": "strong",
        "b": "strong",
        "emphasis": "em",
        "italic": "em",
        "i": "em",
        "em": "em",
        "listItem": "li",
        "li": "li",
        "list": "ul",
        "ul": "ul",
        "itemizedlist": "ul",
        "ol": "ol",
        "orderedlist": "ol",
        "table": "table",
        "tr": "tr",
        "td": "td",
        "th": "th",
        "thead": "thead",
        "tbody": "tbody",
        "superscript": "sup",
        "sup": "sup",
        "subscript": "sub",
        "sub": "sub",
        "a": "a",
        "header": "h4",
        "h1": "h4",
        "h2": "h4",
        "h3": "h4",
        "h4": "h5",
        "caption": "caption",
    }
)
# Blocks by their name that stand in a line of text.
INLINE = frozenset(["text", "span", "altLangBlock", "email", "telephone", "webLink", "ulink"])

# Where a programme keeps facts besides its own children.
UNTITLED = frozenset(["qualification", "habilitation", "domain", "field", "speciality"])
HOLDERS = UNTITLED | {"admissionInfo", "credits"}
# Read for themselves.
OWN = frozenset(["program", "subProgram", "course", "person", "orgUnit", "contactData", "name"])

_LANGUAGES: Mapping[str, str] = MappingProxyType(
    {
        "fr": "Français",
        "en": "Anglais",
        "es": "Espagnol",
        "de": "Allemand",
        "it": "Italien",
        "pt": "Portugais",
        "ar": "Arabe",
        "zh": "Chinois",
        "ja": "Japonais",
        "ru": "Russe",
        "nl": "Néerlandais",
        "sv": "Suédois",
        "da": "Danois",
        "no": "Norvégien",
        "fi": "Finnois",
        "pl": "Polonais",
        "el": "Grec",
        "he": "Hébreu",
        "tr": "Turc",
        "ca": "Catalan",
        "br": "Breton",
        "eu": "Basque",
        "oc": "Occitan",
    }
)
_LONG_CODES: Mapping[str, str] = MappingProxyType(
    {"fra": "fr", "fre": "fr", "eng": "en", "spa": "es", "deu": "de", "ger": "de", "ita": "it"}
)
_MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août"),
    *("septembre", "octobre", "novembre", "décembre"),
)
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_HUMP = re.compile(r"(?<=[a-zà-ÿ])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_ACCENTS: Mapping[str, str] = MappingProxyType(
    {
        "enseignement a distance": "Enseignement à distance",
        "stage etranger": "Stage à l'étranger",
        "specialite": "Spécialité",
        "secteurs activite unera": "Secteurs d'activité",
        "secteurs activite": "Secteurs d'activité",
        "champs disciplinaires unera": "Champs disciplinaires",
        "informations complementaires": "Informations complémentaires",
        "en savoir plus": "En savoir plus",
        "capacite accueil": "Capacité d'accueil",
        "debouches": "Débouchés",
        "competences": "Compétences",
    }
)


def language_name(code: str) -> str:
    """The French name of a language by its code (`fr`, `fra`, `fr-FR`), else the code."""
    short = code.strip().lower()
    main = re.split("[-_]", short)[0]
    return _LANGUAGES.get(_LONG_CODES.get(main, main), code.strip())


def spelled_day(text: str) -> str:
    """A day in ISO 8601 as French writes it (`28 mars 2027`), any other text as it is."""
    day = _DAY.match(text.strip())
    if not day or not 1 <= int(day[2]) <= 12:
        return text.strip()
    number = "1er" if day[3] == "01" else str(int(day[3]))
    return f"{number} {_MONTHS[int(day[2]) - 1]} {day[1]}"


def spelled_label(name: str) -> str:
    """An exporter's own name as a label: `formationEnAlternance` is `Formation en alternance`."""
    words = _HUMP.sub(" ", name.replace("_", " ").replace("-", " ")).lower()
    words = " ".join(words.split())
    return _ACCENTS.get(words) or words[:1].upper() + words[1:]
