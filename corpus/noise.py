"""Noise: a web page's furniture (menus, breadcrumbs, sharing, cookies, footers) in its text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import pairwise

from corpus.clean import folded
from corpus.vocabulary import names

# Whole lines, folded, that are never a programme's content.
_FURNITURE = re.compile(
    r"""(?:
    (?:aller|acceder|passer|sauter)\ (?:directement\ )?(?:au|a\ la|aux)
        \ (?:contenu|menu|navigation|recherche|pied\ de\ page|plan).{0,30}
    |skip\ to\ .{0,30}|menu(?:\ principal)?|ouvrir\ le\ menu|fermer(?:\ le\ menu)?
    |fil\ d'ariane|vous\ etes\ ici|accueil|home|ok|valider
    |rechercher(?:\ (?:une|sur|dans)\ .{0,30})?
    |(?:se\ )?connexion|se\ connecter|connectez-vous|mon\ compte|mon\ espace|intranet|ent
    |(?:retour\ (?:en\ |au\ )?)?haut(?:\ de\ (?:la\ )?page)?|retour|back\ to\ top
    |retour\ (?:a\ la\ liste|aux\ resultats|a\ l'accueil|a\ la\ page\ precedente).{0,40}
    |page\ (?:precedente|suivante)|precedent|suivant
    |imprimer(?:\ (?:la|cette)\ (?:page|fiche))?|print|version\ imprimable
    |(?:telecharger|exporter|generer)(?:\ (?:la|cette|le|en|au)\ (?:page|fiche|format\ pdf|pdf))?
        (?:\ (?:en|au\ format)?\ ?\(?pdf\)?)?
    |(?:partager|share)(?:\ (?:la|cette|this)\ (?:page|fiche|formation))?
    |(?:partager|share)\ (?:sur|on|par|via)\ .{0,30}
    |envoyer\ (?:a\ un\ ami|par\ (?:e-?mail|mail|courriel))
    |english\ version|version\ (?:anglaise|francaise)
    |copier\ le\ lien|add\ this|doc|pdf|ajouter\ la\ page\ .{0,30}
    |ajouter\ (?:aux|a\ (?:ma|mes))\ \w+|comparer(?:\ cette\ \w+)?
    |telechargez\ .{0,30}\ ici|suivez[- ]nous.{0,30}
    |(?:facebook|twitter|x|linkedin|instagram|youtube|whatsapp|tiktok|bluesky|mastodon)
    |(?:lire\ la\ suite|en\ savoir\ (?:plus|\+)|voir\ (?:plus|moins)|afficher\ (?:plus|moins))
    |(?:tout\ )?(?:deplier|replier|developper|reduire)(?:\ tout)?|sommaire|dans\ cette\ page
    |(?:tout\ )?(?:accepter|refuser)(?:\ tout)?|j'accepte|je\ refuse|personnaliser
    |(?:gerer\ (?:les|mes)|gestion\ des|politique\ de|preferences?)\ cookies?|cookies
    |plan\ du\ site|conditions\ (?:d'(?:usage|utilisation))|mentions\ legales|accessibilite\ ?:\ (?:non|partiellement|totalement).{0,20}
    |politique\ de\ confidentialite|newsletter|conditions\ generales.{0,30}
    |(?:agrandir|diminuer|reduire)\ (?:le\ texte|la\ police)
    |a[-+]\ ?a?[-+]?|(?:fr|en)(?:\ ?[|/]\ ?(?:fr|en|es|de))*
    |webmest(?:re|er|ress)\b.{0,40}|derniere\ (?:mise\ a\ jour|modification)\ ?:.{0,20}
    |(?:nous|me)\ suivre|suivre\ (?:l'|la\ |le\ )\w+
    |sitemap|legal\ notice|privacy\ policy|site\ map
    )""",
    re.VERBOSE,
)

_COOKIES = re.compile(
    r"(?:ce|notre) site (?:web )?(?:utilise|depose)\b.*\bcookies?\b|nous utilisons des cookies"
    r"|en poursuivant (?:votre|la) navigation|\baccept\w* .{0,30}\bcookies?\b"
    r"|this (?:web)?site uses cookies"
)
_COPYRIGHT = re.compile(r"^(?:©|\(c\)|copyright\b)|tous droits reserves|all rights reserved")
_FOOTER = re.compile(
    r"(?:plan du site|mentions legales|politique de confidentialite|site ?map|legal notice"
    r"|gestion des cookies|politique de cookies)"
)
_ARROWS = re.compile(r"\s*[>›»→]\s*|\s+/\s+")
# Not the dot of inclusive writing (étudiant·es), which has no spaces around it.
_BAR = re.compile(r"\s*\|\s*|\s+[•·–-]\s+")
_LONE_ARROW = re.compile(r"\s*[>›»/]\s*")
_MENU = names(
    """accueil|home|universite|l'universite|formation|formations|nos formations|recherche
    |la recherche|international|campus|vie de campus|vie etudiante|actualites|agenda
    |bibliotheques|bibliotheque|entreprises|espace presse|etudiants|personnels|contact|contacts
    |ent|intranet|annuaire|rechercher|innovation|culture|sport|orientation|candidater|s'inscrire
    |nous rejoindre|vous etes|menu|fr|en|english|admissions|research|about|presse|recrutement
    |marches publics|credits|accessibilite|donnees personnelles|rgpd|cookies"""
)
_BULLET = re.compile(r"^(\s*)(?:[•‣▪◦●○■·*+–—-]|\d{1,2}[.)](?=\s))\s*")

_FOOTER_LINES = 25
_LONGEST = 400  # characters; a longer line is content
_FEWEST_ENTRIES = 3  # of a table of contents


def without_noise(lines: Sequence[str]) -> list[str]:
    """The lines with the page's furniture emptied; content keeps its place and its blank lines."""
    kept = list(lines)
    _drop_header(kept)
    _drop_footer(kept)
    for at, line in enumerate(kept):
        if is_noise(line):
            kept[at] = ""
    _drop_contents(kept)
    return kept


def is_noise(line: str) -> bool:
    """Whether a line is furniture whatever stands around it."""
    if len(line) > _LONGEST:
        return False
    plain = _bare(line)
    if not plain:
        return False
    return bool(
        _FURNITURE.fullmatch(plain)
        or (("cookie" in plain or "navigation" in plain) and _COOKIES.search(plain))
        or (len(plain) < 200 and _COPYRIGHT.search(plain))
        or _is_breadcrumb(line)
        or _is_link_bar(line)
    )


def _bare(line: str) -> str:
    return folded(_BULLET.sub("", line)).strip(" .!:|>↑▲⬆")


def _is_breadcrumb(line: str) -> bool:
    """`Accueil > Formations > Master`, or any three short steps joined by arrows."""
    if line.rstrip().endswith((".", ";")) or len(line) > 250:
        return False
    if not any(sign in line for sign in ">›»→/"):
        return False
    plain = folded(line)
    steps = [step for step in _ARROWS.split(plain) if step]
    from_home = re.match(r"(?:vous etes ici ?:? ?)?(?:accueil|home)\b", plain)
    if from_home and len(steps) >= 2:
        return True
    return len(re.findall(r"\s[>›]\s", line)) >= 2 and all(len(step) < 60 for step in steps)


def _is_link_bar(line: str) -> bool:
    """Links side by side (`Plan du site | Mentions légales`), most of them furniture."""
    if not any(sign in line for sign in "|•·–-"):
        return False
    links = [folded(link).strip() for link in _BAR.split(line) if link.strip()]
    # A dash is also what parts a title from its subject, which may be called as a menu is.
    names = _MENU if any(sign in line for sign in "|•·") else ()
    known = sum(1 for link in links if _FURNITURE.fullmatch(link) or link in names)
    return len(links) >= 2 and known * 2 >= len(links)


def _drop_header(lines: list[str]) -> None:
    """Empty what stands above the content: breadcrumbs over several lines, and menus."""
    top = next((at for at, line in enumerate(lines) if _is_prose(line)), len(lines))
    for at in range(top):
        if _LONE_ARROW.fullmatch(lines[at]):
            beside = (_next(lines, at, -1), at, _next(lines, at, 1))
            for place in beside:
                if place is not None and len(lines[place]) < 60:
                    lines[place] = ""
    for start, end in _groups(lines[:top]):
        words = [_bare(line) for line in lines[start:end] if line.strip()]
        known = sum(1 for word in words if word in _MENU or _FURNITURE.fullmatch(word))
        if len(words) >= 3 and known * 2 > len(words) and max(map(len, words)) < 60:
            lines[start:end] = [""] * (end - start)
    crumbs = next((at for at in range(top) if _is_breadcrumb(lines[at])), 0)
    # A title or two may stand above the breadcrumb; more than that is a menu.
    if sum(1 for line in lines[:crumbs] if line.strip() and not is_noise(line)) > 3:
        lines[: crumbs + 1] = [""] * (crumbs + 1)


def _is_prose(line: str) -> bool:
    return len(line) > 100 or (len(line.split()) > 5 and line.rstrip().endswith("."))


def _next(lines: Sequence[str], at: int, step: int) -> int | None:
    """The nearest line with text above (`step` -1) or below (1)."""
    at += step
    while 0 <= at < len(lines):
        if lines[at].strip():
            return at
        at += step
    return None


def _drop_footer(lines: list[str]) -> None:
    """Empty all from the first line of the site's footer on, when it is near the end."""
    for at in range(max(0, len(lines) - _FOOTER_LINES), len(lines)):
        plain = folded(lines[at])
        rest = [line for line in lines[at:] if line.strip()]
        opens = (_FOOTER.search(plain) and is_noise(lines[at])) or _COPYRIGHT.search(plain)
        if opens and not any(len(line) > 200 for line in rest):
            lines[at:] = [""] * (len(lines) - at)
            return


def _drop_contents(lines: list[str]) -> None:
    """Empty tables of contents: lines that mostly stand again further down, as headings do."""
    order = {at: place for place, at in enumerate(at for at, x in enumerate(lines) if x.strip())}
    names = {at: _bare(lines[at]) for at in order}
    places: dict[str, list[int]] = {}
    for at, name in names.items():
        places.setdefault(name, []).append(at)
    again = [at for at, name in names.items() if places[name][-1] > at]
    for start, end in sorted({*_groups(lines), *_runs(again, order)}):
        entries = [at for at in range(start, end) if at in names and lines[at]]
        if len(entries) < _FEWEST_ENTRIES or _is_introduced(lines, start):
            continue
        below: list[int] = []
        for at in entries:
            stands = places[names[at]]
            later = bisect_left(stands, end)
            below.extend(stands[later : later + 1])
        if len(below) * 10 >= len(entries) * 7 and _are_headings([order[at] for at in below]):
            lines[start:end] = [""] * (end - start)


def _is_introduced(lines: Sequence[str], at: int) -> bool:
    above = _next(lines, at, -1)
    return above is not None and lines[above].rstrip().endswith(":")


def _runs(again: Sequence[int], order: Mapping[int, int]) -> list[tuple[int, int]]:
    """Runs of lines that follow one another, blank lines aside."""
    runs: list[tuple[int, int]] = []
    for at in again:
        if runs and order[at] == order[runs[-1][1] - 1] + 1:
            runs[-1] = (runs[-1][0], at + 1)
        else:
            runs.append((at, at + 1))
    return runs


def _are_headings(places: Sequence[int]) -> bool:
    """Whether lines stand in order with something between most of them: a list repeated has not."""
    steps = [after - before for before, after in pairwise(places)]
    return all(step > 0 for step in steps) and sum(1 for s in steps if s > 1) * 2 > len(steps)


def _groups(lines: Sequence[str]) -> list[tuple[int, int]]:
    """Runs of lines without a blank between, or of items evenly apart."""
    groups: list[tuple[int, int]] = []
    at = 0
    while at < len(lines):
        if not lines[at].strip():
            at += 1
            continue
        end = at + 1
        stride = 0
        sign = _sign(lines[at])
        while (gap := _stride(lines, end, sign)) and stride in (0, gap):
            stride = gap
            end += gap
        groups.append((at, end))
        at = end
    return groups


def _stride(lines: Sequence[str], at: int, sign: str | None) -> int:
    """How many lines further the next one of the group is: 1, 2 (a blank between), 0 for none."""
    for stride in (1, 2) if sign is not None else (1,):
        place = at + stride - 1
        if place < len(lines) and lines[place].strip():
            return stride if _sign(lines[place]) == sign else 0
    return 0


def _sign(line: str) -> str | None:
    """What stands before an item's text, its indentation and what marks it; nothing for text."""
    bullet = _BULLET.match(line)
    return re.sub(r"\d+", "#", bullet[0]) if bullet else None
