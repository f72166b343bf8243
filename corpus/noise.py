"""Noise: lines that are a web page's furniture (menus, breadcrumbs, sharing, cookies)."""

from __future__ import annotations

import re

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
    |(?:tout\ )?(?:deplier|replier|developper|reduire)(?:\ tout)?|sommaire
    |table\ des\ matieres|(?:dans|sur)\ cette\ page|onglets\ principaux
    |(?:tout\ )?(?:accepter|refuser)(?:\ tout)?|j'accepte|je\ refuse|personnaliser
    |(?:gerer\ (?:les|mes)|gestion\ des|politique\ de|preferences?)\ cookies?|cookies
    |plan\ du\ site|conditions\ d'(?:usage|utilisation)|mentions\ legales
    |accessibilite\ ?:\ (?:non|partiellement|totalement).{0,20}
    |politique\ de\ confidentialite|newsletter|conditions\ generales.{0,30}
    |(?:agrandir|diminuer|reduire)\ (?:le\ texte|la\ police)
    |a[-+]\ ?a?[-+]?|(?:fr|en)(?:\ ?[|/]\ ?(?:fr|en|es|de))*
    |webmest(?:re|er|ress)\b.{0,40}|.{0,80}\bweb(?:master|mestre)\ ?[:(]\ ?\S+@\S+.{0,80}
    |.{0,80}\bpage\ (?:vue|consultee|visitee)\ \d+\ fois.{0,40}
    |(?:nous|me)\ suivre|suivre\ (?:l'|la\ |le\ )\w+
    |\d+\ min(?:ute)?s?(?:\(s\))?\ de\ lecture
    |(?:cette\ page\ |page\ )?(?:vous\ )?a-t-elle\ ete\ utile.{0,20}
    |cette\ page\ (?:vous\ a-t-elle\ ete|etait-elle|est-elle)\ utile.{0,20}
    |page\ imprimee\ le\ .{0,200}|(?:mots-cles|tags)(?:\ associes)?\ ?:.{0,100}
    |(?:publiee?\ [\d/]{8,10}.{0,20})?derniere\ (?:modification|mise\ a\ jour)\b.{0,80}
    |cette\ adresse\ e-?mail\ est\ protegee\ .{0,150}
    |je\ (?:candidate|m'inscris)(?:\ aux?\ .{0,30})?|prendre\ rendez-vous
    |deposer\ (?:un|mon)\ dossier|agrandir\ la\ carte|envoyer\ a\ quelqu'un
    |ecrit\ par\ ?:.{0,60}|(?:details\ :\ )?(?:affichages?|clics|hits|vues)\ ?:\ ?[\d\ ]+
    |(?:merci\ ?!?\ )?votre\ (?:demande|message|commentaire)\ (?:est|a)\ bien\ (?:ete\ )?
        (?:partie?|envoyee?|recue?|enregistree?|transmise?).{0,60}
    |(?:oups|oops)\b.{0,80}|une\ erreur\ (?:est\ survenue|s'est\ produite).{0,60}
    |telecharge[rz]\ (?:la|notre|une)\ (?:plaquette|brochure)
    |(?:document|brochure|plaquette|photos?)\ non\ contractuel(?:le)?s?\b.{0,80}
    |.{0,80}\bpage\ \d{1,3}\ (?:sur|/|of)\ \d{1,3}
    |sitemap|legal\ notice|privacy\ policy|site\ map
    )""",
    re.VERBOSE,
)

_COOKIES = re.compile(
    r"(?:ce|notre) site (?:web )?(?:utilise|depose)\b.*\bcookies?\b|nous utilisons des cookies"
    r"|en poursuivant (?:votre|la) navigation|\baccept\w* .{0,30}\bcookies?\b"
    r"|this (?:web)?site uses cookies"
)
COPYRIGHT = re.compile(r"^(?:©|\(c\)|copyright\b)|tous droits reserves|all rights reserved")
_BYLINE = re.compile(
    r"(?:publiee? )?(?:le )?(?:(?:lun|mar|mercre|jeu|vendre|same)di |dimanche )?\d{1,2}(?:er)?"
    r" [a-z]{3,9} \d{4},? (?:par|by) .{1,60}"
)
_ARROW = re.compile("[>›»→/]")
_BARS = re.compile("[|•·–-]")
_ARROWS = re.compile(r"\s*[>›»→]\s*|\s+/\s+")
# Not the dot of inclusive writing (étudiant·es), which has no spaces around it.
_BAR = re.compile(r"\s*\|\s*|\s+[•·–-]\s+")
_MENU = names(
    """accueil|home|universite|l'universite|formation|formations|nos formations|recherche
    |la recherche|international|campus|vie de campus|vie etudiante|actualites|agenda
    |bibliotheques|bibliotheque|entreprises|espace presse|etudiants|personnels|contact|contacts
    |ent|intranet|annuaire|rechercher|innovation|culture|sport|orientation|candidater|s'inscrire
    |nous rejoindre|vous etes|menu|fr|en|english|admissions|research|about|presse|recrutement
    |marches publics|credits|accessibilite|donnees personnelles|rgpd|cookies"""
)
BULLET = re.compile(r"^(\s*)(?:[•‣▪◦●○■·*+–—-]|\d{1,2}[.)](?=\s))\s*")

# What browsers are told to say of a link, as it is copied with it.
_NEW_WINDOW = re.compile(
    r"\s*\((?:(?:s'ouvre|ouverture) dans )?(?:une )?(?:nouvelle? (?:fenetre|onglet)|new window)\)$"
    r"|\s*\(nouvel onglet\)$"
)
_ADDRESS = re.compile(r"\s*\((?:https?|mailto):[^\s()]+\)$")
_CLOAK = re.compile(
    r"\s*Cette adresse (?:e-?mail|email|courriel) est protégée contre les robots spammeurs\."
    r" Vous devez activer le JavaScript pour la visualiser\."
    r"|\s*This e-?mail address is being protected from spambots\."
    r" You need JavaScript enabled to view it\."
)

_LONGEST = 400  # characters; a longer line is content


def is_noise(line: str) -> bool:
    """Whether a line is furniture whatever stands around it."""
    if len(line) > _LONGEST:
        return False
    plain = bare(line)
    if not plain:
        return False
    return bool(
        _FURNITURE.fullmatch(plain)
        or (("cookie" in plain or "navigation" in plain) and _COOKIES.search(plain))
        or (len(plain) < 200 and COPYRIGHT.search(plain))
        or (plain[-1:].isalpha() and _BYLINE.fullmatch(plain))
        or is_breadcrumb(line)
        or _is_link_bar(line)
    )


def bare(line: str) -> str:
    """A line for comparison, without its bullet and end marks."""
    plain = folded(BULLET.sub("", line))
    if plain.endswith(")"):
        plain = _ADDRESS.sub("", _NEW_WINDOW.sub("", plain))
    return plain.strip(" .!:|>»›→↑▲⬆")


def without_cloak(line: str) -> str:
    """A line without what stands for an e-mail address that only a script shows."""
    return _CLOAK.sub("", line).strip() if "JavaScript" in line else line


def is_entry(plain: str) -> bool:
    """Whether a line, folded, is what menus of universities commonly have."""
    return plain in _MENU or bool(_FURNITURE.fullmatch(plain))


def is_breadcrumb(line: str) -> bool:
    """`Accueil > Formations > Master`, or any three short steps joined by arrows."""
    if line.rstrip().endswith((".", ";")) or len(line) > 250:
        return False
    if not _ARROW.search(line):
        return False
    plain = folded(line)
    steps = [step for step in _ARROWS.split(plain) if step]
    from_home = re.match(r"(?:vous etes ici ?:? ?)?(?:accueil|home)\b", plain)
    if from_home and len(steps) >= 2:
        return True
    return len(re.findall(r"\s[>›]\s", line)) >= 2 and all(len(step) < 60 for step in steps)


def _is_link_bar(line: str) -> bool:
    """Links side by side (`Plan du site | Mentions légales`), most of them furniture."""
    if not _BARS.search(line):
        return False
    links = [folded(link).strip() for link in _BAR.split(line) if link.strip()]
    # A dash is also what parts a title from its subject, which may be called as a menu is.
    names = _MENU if any(sign in line for sign in "|•·") else ()
    known = sum(
        1 for link in links if link in names or _FURNITURE.fullmatch(link) or COPYRIGHT.search(link)
    )
    return len(links) >= 2 and known * 2 >= len(links)
