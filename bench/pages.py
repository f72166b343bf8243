"""Pages: web pages of 30 KB as sites serve them, made of the layouts that the tests have.

Half of a page is what surrounds its content: scripts, styles, a menu of several levels, icons, a
footer. The other half is sections of text, lists, facts, tables and panels, a few words of each
different from page to page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from random import Random

from corpus.charset import decode_html

SIZE = 30_000
"""Bytes of a page, about."""
_DATA = Path(__file__).parent.parent / "tests" / "data"
_FOLDERS = (_DATA / "documents" / "html", _DATA / "layouts-held")

_SUBJECTS = (
    "la gestion des archives", "le droit de l'environnement", "la chimie analytique",
    "l'histoire des arts", "la mécanique des fluides", "la médiation scientifique",
    "l'économie sociale", "la didactique des langues", "le traitement du signal",
)  # fmt: skip
_SENTENCES = (
    "Les enseignements de {} sont donnés par des enseignants-chercheurs et par des professionnels.",
    "Au semestre {1}, les étudiantes et les étudiants suivent {2} heures de cours sur {0}.",
    "L'admission se fait sur dossier ; {2} places sont ouvertes, dont {1} en alternance.",
    "Un stage de {1} mois au moins est obligatoire, en France ou à l'étranger, à partir de mars.",
    "Le contrôle des connaissances est continu : deux notes par unité, coefficient {1}.",
    "La scolarité (bureau {2}, bâtiment C) répond du lundi au jeudi, de 9 h à 16 h 30.",
    "Pour en savoir plus, écrivez à <a href='mailto:m{2}@univ.example'>m{2}@univ.example</a>.",
    "Cette unité, qui vaut {1} crédits, prépare à des métiers où l'on connaît {0}.",
)
_HEADINGS = (
    "Objectifs", "Conditions d'accès", "Organisation des études", "Stages et projets", "Débouchés",
    "Contrôle des connaissances", "Vie étudiante", "International", "Candidater", "Contacts",
)  # fmt: skip


def pages(count: int) -> Iterator[str]:
    """So many different pages, the same at each call."""
    files = sorted(path for folder in _FOLDERS for path in folder.glob("*.html"))
    layouts = [decode_html(path.read_bytes()) for path in files]
    layouts = [re.sub(r"charset=[\w-]+", "charset=utf-8", layout) for layout in layouts]
    for number in range(count):
        yield _page(layouts[number % len(layouts)], Random(number))


def _page(layout: str, chance: Random) -> str:
    size = len(layout.encode())
    around = max(0, SIZE // 2 - size // 2)
    head = _head(int(around * 0.6), chance)
    menu = _menu(int(around * 0.4), chance)
    page = layout.replace("</head>", f"{head}</head>", 1)
    page = re.sub(r"<body\b[^>]*>", lambda mark: mark[0] + menu, page, count=1)
    content: list[str] = []
    left = SIZE - len(page.encode())
    while left > 0:
        content.append(_section(chance))
        left -= len(content[-1].encode())
    ends = ("</main>", "</article>", "</body>", "</html>")
    end = next((tag for tag in ends if tag in page), page[-1:])
    before, _, after = page.rpartition(end)
    return f"{before}{''.join(content)}{end}{after}"


def _head(size: int, chance: Random) -> str:
    """Scripts and styles."""
    rules = "".join(
        f".c-{n}__item--{chance.randrange(99)}{{margin:0 {n}px;padding:.5em 1em;display:flex}}"
        f"@media (min-width:{600 + n}px){{.c-{n}{{width:{n}%}}}}"
        for n in range(size // 260)
    )
    data = ",".join(
        f'{{"@type":"ListItem","position":{n},"name":"Page {chance.randrange(10**6)}"}}'
        for n in range(size // 110)
    )
    return (
        f"<style>{rules}</style><script type='application/ld+json'>[{data}]</script>"
        "<script>window.dataLayer=window.dataLayer||[];function gtag(){dataLayer.push(arguments)}"
        "</script>"
    )


def _menu(size: int, chance: Random) -> str:
    """A menu of several levels with icons."""
    entries: list[str] = []
    length = 0
    while length < size:
        inner = "".join(
            f"<li class='menu-item level-2'><a class='menu-link' href='/rubrique/{n}'>"
            f"Rubrique {chance.randrange(10**4)}</a></li>"
            for n in range(6)
        )
        entries.append(
            "<li class='menu-item level-1 has-children'><button aria-expanded='false'>"
            "<svg viewBox='0 0 24 24' aria-hidden='true'><path d='M4 12h16M4 6h16M4 18h16'/></svg>"
            f"L'université</button><ul class='sub-menu'>{inner}</ul></li>"
        )
        length += len(entries[-1])
    menu = "".join(entries)
    return f"<nav class='site-nav' aria-label='Principale'><ul class='menu'>{menu}</ul></nav>"


def _section(chance: Random) -> str:
    """A section of a page's content, of one of several kinds."""

    def said() -> str:
        subject = chance.choice(_SUBJECTS)
        return chance.choice(_SENTENCES).format(
            subject, chance.randint(2, 9), chance.randint(20, 90)
        )

    number = chance.randrange(10**5)
    heading = f"{chance.choice(_HEADINGS)} {number % 97}"
    match chance.randrange(5):
        case 0:
            inner = "".join(f"<li class='item'>{said()}</li>\n" for _ in range(5))
            body = f"<p>{said()}</p><ul class='list list--check'>{inner}</ul>"
        case 1:
            rows = "".join(
                f"<tr><td>UE {n}</td><td>{chance.choice(_SUBJECTS)}</td><td>{n * 6} h</td></tr>"
                for n in range(1, 7)
            )
            head = "<tr><th>Code</th><th>Titre</th><th>Durée</th></tr>"
            body = f"<table class='table'>{head}{rows}</table>"
        case 2:
            body = (
                f"<dl class='facts'><dt>Durée</dt><dd>{number % 7} ans</dd><dt>Lieu</dt>"
                f"<dd>Campus {number % 13}</dd></dl><p>{said()} {said()}</p>"
            )
        case 3:
            body = (
                f"<div class='collapse' id='p{number}'><div class='card card-body'><p>{said()}</p>"
                f"<p><strong>À noter&nbsp;:</strong> {said()}</p></div></div>"
            )
            return (
                "<div class='accordion-item'><h3 class='accordion-header'><button class="
                f"'accordion-button' data-bs-toggle='collapse' data-bs-target='#p{number}' "
                f"aria-expanded='false'>{heading}</button></h3>{body}</div>"
            )
        case _:
            body = "".join(f"<p class='text'>{said()} {said()} {said()}</p>\n" for _ in range(2))
    return f"<section class='section section--{number % 5}'><h2>{heading}</h2>{body}</section>\n"
