"""The words by which programme pages name their sections and label their key facts.

They are a help in reading text without markup, never a condition: what stands here weighs, what
does not is judged by its shape. Everything is folded (`corpus.clean.folded`).
"""

from __future__ import annotations

import re
from enum import IntEnum

from corpus.clean import folded


class Rank(IntEnum):
    """How high a section name usually stands in a page."""

    UNKNOWN = 0
    SECTION = 1
    LEAF = 2  # a chapter that has no sections of its own
    CHAPTER = 3


def names(text: str) -> frozenset[str]:
    """The names in a text, `|` between them."""
    return frozenset(" ".join(name.split()) for name in text.split("|"))


_CHAPTERS = names(
    """presentation|presentation de la formation|presentation du parcours|la formation|admission
    |admissions|acces a la formation|programme|le programme|programme de la formation|contenu
    |contenu de la formation|organisation|organisation de la formation|organisation des etudes
    |deroulement de la formation|et apres|et apres la formation|apres la formation|apres le diplome
    |stage|stages|stages et alternance|stage et alternance|alternance|international
    |a l'international|contact|contacts|contact et lieux|infos pratiques|informations pratiques
    |faq|foire aux questions|questions frequentes|overview|admission requirements|curriculum
    |course structure|after graduation|career prospects|internships|internship
    |practical information"""
)

_LEAVES = names(
    """les + de la formation|les plus de la formation|les plus|les atouts de la formation
    |points forts|en bref|l'essentiel|chiffres cles|handicap|handicap et amenagements
    |accessibilite et handicap|etudiants en situation de handicap|frais|frais d'inscription
    |droits d'inscription|cout|cout de la formation|tarifs|tarif|financement|bourses
    |bourses et aides|aides financieres|logement|vie etudiante|formation continue|calendrier
    |dates cles|acces|acces et transports|comment venir|lieux|lieu|lieu de formation|fees
    |accommodation|student life|key facts|disability"""
)

_SECTIONS = names(
    """objectifs|objectifs de la formation|competences|competences visees|competences acquises
    |savoir-faire et competences|public vise|public cible|publics vises|publics|prerequis
    |pre-requis|prerequis obligatoires|prerequis recommandes|attendus|conditions d'admission
    |conditions d'acces|condition d'acces|modalites d'admission|modalites de candidature
    |candidature|candidatures|comment candidater|comment postuler|inscription|inscriptions
    |modalites d'inscription|pieces a joindre|pieces justificatives|dossier de candidature
    |criteres de selection|criteres d'examen des candidatures|selection|capacite d'accueil
    |debouches|debouches professionnels|metiers|metiers vises|secteurs d'activite
    |insertion professionnelle|poursuite d'etudes|poursuites d'etudes|devenir des diplomes
    |modalites d'evaluation|modalites de controle des connaissances|controle des connaissances
    |evaluation|evaluations|examens|assiduite|rythme|rythme de la formation|rythme de l'alternance
    |volume horaire|enseignements|maquette|equipe pedagogique|tutorat|memoire|projet tutore
    |mobilite|mobilite d'etudes|mobilite internationale|partenaires|partenariats
    |ouverture a l'international|amenagements d'etudes|validation des acquis
    |validation des acquis de l'experience|vae|objectives|skills|entry requirements|how to apply
    |application|assessment|careers|further study|teaching team"""
)

_LABEL = re.compile(
    r"""(?:
      (?:ects|credits?|nombre\ d\w*|duree|composantes?|langues?|niveau|lieu[xs]?|ville|campus
      |sites?|types?\ d\w*|nature\ d\w*|mode\ d\w*|modalites?|rythme|effectifs?
      |capacite|taux|salaire|cout
      |tarifs?|frais|montant|droits|dates?|rentree|debut|fin\ d\w*|ouverture|cloture|horaires?
      |volume\ horaire|diplome|grade|domaines?|mention|specialites?|etablissements?
      |structures?\ de|faculte|ufr
      |departement|ecoles?|laboratoires?|responsables?|direct(?:ion|eur|rice)|secretariat|scolarite
      |contacts?|gestionnaire|referente?|coordination|adresse|courriel|e-?mail|telephone|tel
      |site\ (?:web|internet)|codes?|(?:fiche\ )?rncp|annees?
      |publics?|acces|statuts?|delais?|periodes?
      |regimes?|accessible|formation\ accessible|possibilite|ouvert|secteurs?|prerequis|part\ d\w*
      |number\ of|duration|language|level|location|start|intake|degree|department|tuition
      )\b
      |(?:m[12]|l[123]|but\ ?[123])$
    )""",
    re.VERBOSE,
)

_DIVISION = re.compile(
    r"""(?:semestre|annee|master|licence|but|bloc|parcours|option|specialite|semester|year)s?
      \ (?:n°\ ?)?(?:\d|[ivx]+\b|[a-z]\b)
      |(?:premiere?|deuxieme|seconde?|troisieme|[123](?:re|e|eme|de)?)\ (?:annee|semestre)s?\b
      |(?:m[12]|l[123]|s\d{1,2})(?=$|\s*[-–:(,])|parcours\ |(?:ue|module)\ ?\d+$""",
    re.VERBOSE,
)

_DECORATION = re.compile(r"^[\W_]+|[\s?!:.…*_]+$")


def rank(text: str) -> Rank:
    """How a heading usually ranks, `UNKNOWN` when pages do not commonly have it."""
    name = _name(text)
    if name in _CHAPTERS:
        return Rank.CHAPTER
    if name in _LEAVES:
        return Rank.LEAF
    return Rank.SECTION if name in _SECTIONS else Rank.UNKNOWN


def is_label(text: str) -> bool:
    """Whether the text begins as the label of a key fact commonly does."""
    return bool(_LABEL.match(_plural(text)))


def is_division(text: str) -> bool:
    """Whether the text names a part of a programme's course (`Semestre 2`, `Parcours Image`)."""
    return bool(_DIVISION.match(folded(text)))


def _name(text: str) -> str:
    return _DECORATION.sub("", _plural(text))


def _plural(text: str) -> str:
    """Folded, with `Contact(s)` as `contacts`."""
    return re.sub(r"\((?:s|x|es)\)", "s", folded(text))
