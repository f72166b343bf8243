/* The widget that candidates use, on any page of the university's site:

     <script src="HOST/widget.js" data-programme="parcours-cmc" defer></script>

   One classic script (a module could not read its own data-*), no build, no dependency. Before it
   is opened it requests and stores nothing; then only its own server, and sessionStorage. Whatever
   comes from outside is set as text, never as HTML. It never throws at the page it stands in.
   Its options, events and custom properties are described at /integrate. */
(() => {
  "use strict";

  const TAG = "programme-assistant";
  const script = document.currentScript || document.querySelector('script[src*="/widget."]');
  const HOME = ((script && script.src) || "/").replace(/[^/]*([?#].*)?$/, "");

  const MOST = 500; // characters of a question
  const SOON = 100; // characters left from which they are counted
  const HISTORY = 20; // earlier questions that the API takes, and turns that are kept
  const TIMEOUT = 30000; // milliseconds
  const PATIENCE = 250; // milliseconds before the wait is shown: most answers come sooner
  const PHONE = "(max-width: 34rem), (max-height: 27rem)";
  const GROWS = Boolean(window.CSS && CSS.supports && CSS.supports("field-sizing", "content"));

  /* Words */

  const WORDS = {
    fr: {
      title: "Assistant de la formation",
      button: "Une question ?",
      open: "Ouvrir l’assistant de la formation",
      close: "Fermer",
      clear: "Effacer la conversation",
      cleared: "La conversation est effacée.",
      undo: "Annuler",
      notice:
        "C’est une machine qui répond, en citant mot pour mot la documentation de la formation ; n’écrivez pas de données personnelles (nom, adresse, numéro).",
      privacy: "Données personnelles",
      conversation: "Conversation",
      start: "Questions fréquentes",
      next: "Questions proches",
      label: "Votre question",
      placeholder: "Écrivez votre question",
      send: "Envoyer",
      you: "Vous :",
      thinking: "Recherche dans la documentation…",
      left: "{n} caractères restants",
      left1: "1 caractère restant",
      over: "{n} caractères de trop : raccourcissez votre question.",
      over1: "1 caractère de trop : raccourcissez votre question.",
      empty: "Écrivez d’abord votre question.",
      answered: "Réponse",
      partial: "Réponse partielle",
      unanswered: "Pas de réponse dans la documentation",
      clarify: "Une précision",
      smalltalk: "Assistant",
      failure: "L’envoi n’a pas abouti",
      sources: "Sources",
      source: "Source {n}",
      quote: "Passage cité",
      see: "Ouvrir au passage",
      tab: "(nouvel onglet)",
      staff: "Réponse de l’équipe de la formation",
      updated: "Mis à jour le {date}",
      contact: "Pour une réponse sûre, adressez-vous à une personne :",
      instead: "Vous pouvez aussi vous adresser à une personne :",
      write: "Écrire à {email}",
      visit: "Page de contact",
      helpful: "Cette réponse vous aide-t-elle ?",
      yes: "Oui",
      no: "Non",
      why: "Qu’est-ce qui n’allait pas ?",
      reasons: [
        "Ce n’est pas ce que je demandais",
        "Il manque quelque chose",
        "C’est faux ou périmé",
        "C’est difficile à comprendre",
      ],
      detail: "Précisez si vous le souhaitez, sans données personnelles",
      thanks: "Merci de votre avis.",
      unrecorded: "Votre avis n’a pas pu être enregistré.",
      copy: "Copier",
      copied: "Copié",
      uncopied: "La copie n’a pas marché : sélectionnez le texte.",
      retry: "Réessayer",
      offline:
        "Vous êtes hors connexion. Votre question est conservée : réessayez quand la connexion sera revenue.",
      silent:
        "L’assistant n’a pas répondu. Votre question est conservée : vérifiez votre connexion, puis réessayez.",
      413: "Cette question est trop longue pour être envoyée : raccourcissez-la.",
      429: "Beaucoup de questions arrivent en ce moment. La vôtre est conservée : réessayez dans {wait}.",
      503: "L’assistant n’est pas disponible pour l’instant. Votre question est conservée : réessayez dans {wait}.",
      fault: "Une erreur s’est produite de notre côté. Votre question est conservée : réessayez dans un instant.",
      moment: "un instant",
      seconds: "{n} secondes",
    },
    en: {
      title: "Programme assistant",
      button: "Ask a question",
      open: "Open the programme assistant",
      close: "Close",
      clear: "Clear the conversation",
      cleared: "The conversation has been cleared.",
      undo: "Undo",
      notice:
        "A machine answers, by quoting the programme’s documentation word for word; please do not write personal data (name, address, number).",
      privacy: "Privacy notice",
      conversation: "Conversation",
      start: "Frequent questions",
      next: "Related questions",
      label: "Your question",
      placeholder: "Write your question",
      send: "Send",
      you: "You:",
      thinking: "Searching the documentation…",
      left: "{n} characters left",
      left1: "1 character left",
      over: "{n} characters too many: shorten your question.",
      over1: "1 character too many: shorten your question.",
      empty: "Write your question first.",
      answered: "Answer",
      partial: "Partial answer",
      unanswered: "No answer in the documentation",
      clarify: "One more detail",
      smalltalk: "Assistant",
      failure: "Sending did not work",
      sources: "Sources",
      source: "Source {n}",
      quote: "Quoted passage",
      see: "Open at this passage",
      tab: "(new tab)",
      staff: "Answer by the programme’s team",
      updated: "Updated {date}",
      contact: "For a reliable answer, please ask a person:",
      instead: "You can also ask a person:",
      write: "Write to {email}",
      visit: "Contact page",
      helpful: "Does this answer help?",
      yes: "Yes",
      no: "No",
      why: "What was wrong?",
      reasons: [
        "It is not what I asked",
        "Something is missing",
        "It is wrong or out of date",
        "It is hard to understand",
      ],
      detail: "Tell us more if you like, without personal data",
      thanks: "Thank you for your opinion.",
      unrecorded: "Your opinion could not be recorded.",
      copy: "Copy",
      copied: "Copied",
      uncopied: "Copying did not work: select the text.",
      retry: "Try again",
      offline: "You are offline. Your question is kept: try again when you are back online.",
      silent:
        "The assistant did not answer. Your question is kept: check your connection, then try again.",
      413: "This question is too long to be sent: please shorten it.",
      429: "Many questions are coming in just now. Yours is kept: try again in {wait}.",
      503: "The assistant is not available just now. Your question is kept: try again in {wait}.",
      fault: "Something went wrong on our side. Your question is kept: try again in a moment.",
      moment: "a moment",
      seconds: "{n} seconds",
    },
  };

  const fill = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  const served = (tag) => {
    const primary = String(tag || "").trim().toLowerCase().split(/[-_]/)[0];
    return Object.keys(WORDS).find((language) => language === primary) || null;
  };

  // What was chosen, else the page's language, else the browser's first one that is served.
  const languageOf = (chosen) =>
    served(chosen) ||
    served(document.documentElement.lang) ||
    (navigator.languages || [navigator.language]).map(served).find(Boolean) ||
    "fr";

  const day = (iso, language) => {
    const date = new Date(`${iso}T00:00Z`);
    if (isNaN(date)) return iso;
    const form = { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" };
    const locale = language === "en" ? "en-GB" : language;
    return date.toLocaleDateString(locale, form).replace(/^1 (?=[a-zé]+ )/, "1er ");
  };

  /* Guards: nothing of ours reaches the page's error handlers. */

  const report = (error) => {
    if (window.console) console.warn(`${TAG}:`, error);
  };
  const quietly = (action) =>
    function (...values) {
      try {
        const result = action.apply(this, values);
        if (result && result.catch) result.catch(report);
        return result;
      } catch (error) {
        report(error);
      }
    };

  /* Elements */

  const SVG = "http://www.w3.org/2000/svg";

  function el(tag, attributes, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (value === null || value === undefined || value === false) continue;
      if (name.startsWith("on")) made.addEventListener(name.slice(2), quietly(value));
      else made.setAttribute(name, value === true ? "" : value);
    }
    made.append(...children.flat(Infinity).filter(Boolean));
    return made;
  }

  function icon(path) {
    const drawn = document.createElementNS(SVG, "svg");
    drawn.setAttribute("viewBox", "0 0 24 24");
    drawn.setAttribute("aria-hidden", "true");
    const line = document.createElementNS(SVG, "path");
    line.setAttribute("d", path);
    drawn.append(line);
    return drawn;
  }

  const ICONS = {
    ask: "M4 6.5A2.5 2.5 0 0 1 6.5 4h11A2.5 2.5 0 0 1 20 6.5v7a2.5 2.5 0 0 1-2.5 2.5H12l-5 4.5V16h-.5A2.5 2.5 0 0 1 4 13.5zM8.5 8.5h7M8.5 11.5h4.5",
    close: "M6 6l12 12M18 6L6 18",
    clear: "M4.5 7h15M9.5 7V4.5h5V7M6.5 7l.8 12.5h9.4L17.5 7M10 10.5v6M14 10.5v6",
    send: "M12 19.5V5M5.5 11.5L12 5l6.5 6.5",
    machine: "M6.5 8.5h11a2 2 0 0 1 2 2v6a2 2 0 0 1-2 2h-11a2 2 0 0 1-2-2v-6a2 2 0 0 1 2-2zM12 8.5V5M10 5h4M2.5 12.5v3M21.5 12.5v3M9.5 12.3v.2M14.5 12.3v.2M10 15.5h4",
    away: "M9 5h10v10M19 5L6 18",
  };

  const who = (label) => el("p", { class: "who" }, label);
  const press = (label, onclick, attributes) => el("button", { type: "button", onclick, ...attributes }, label);

  // Only web and mail addresses become links; the server's own are relative to it.
  function addressOf(text, language) {
    if (!text) return null;
    try {
      const own = text.startsWith("/") && !text.startsWith("//");
      const url = own ? new URL(text.slice(1), HOME) : new URL(text, HOME);
      if (own) url.searchParams.set("language", language);
      return ["https:", "http:", "mailto:"].includes(url.protocol) ? url.href : null;
    } catch (_) {
      return null;
    }
  }

  /* Colours: whatever the accent, text stands out by 4.5 and edges by 3. */

  const LIGHT = { ground: [255, 255, 255], raised: [246, 245, 240] };
  const DARK = { ground: [26, 32, 40], raised: [36, 43, 54] };
  const ACCENT = [29, 79, 145];
  const WHITE = [255, 255, 255];
  const BLACK = [0, 0, 0];

  const mix = (from, to, part) => from.map((value, place) => value + (to[place] - value) * part);
  const rgb = (colour) => `rgb(${colour.map(Math.round).join(" ")})`;

  function luminance(colour) {
    const [red, green, blue] = colour.map((value) => {
      const part = Math.round(value) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }

  function contrast(one, other) {
    const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  }

  // The colour, moved towards `end` as little as it takes to stand out from every ground.
  function against(colour, grounds, least, end) {
    for (let part = 0; part < 1; part += 0.04) {
      const moved = mix(colour, end, part);
      if (grounds.every((ground) => contrast(moved, ground) >= least)) return moved;
    }
    return end;
  }

  function palette(accent, dark) {
    const { ground, raised } = dark ? DARK : LIGHT;
    const end = dark ? WHITE : BLACK;
    const tint = mix(ground, accent, dark ? 0.2 : 0.1);
    return {
      tint: rgb(tint),
      accent: rgb(against(accent, [ground, raised, tint], 4.6, end)),
      edge: rgb(against(accent, [ground, raised, tint], 3, end)),
      fill: rgb(accent),
      on: rgb(contrast(accent, WHITE) >= contrast(accent, BLACK) ? WHITE : BLACK),
    };
  }

  // Any CSS colour as red, green, blue; the browser itself reads it.
  function colourOf(text, probe) {
    for (const form of [text, `color-mix(in srgb, ${text}, ${text})`]) {
      probe.style.color = "";
      probe.style.color = form;
      if (!probe.style.color) continue;
      const shown = getComputedStyle(probe).color;
      const numbers = (shown.match(/-?[\d.]+(e-?\d+)?/g) || []).map(Number);
      if (/^rgba?\(/.test(shown)) return numbers.slice(0, 3);
      if (/^color\(srgb /.test(shown)) {
        return numbers.slice(0, 3).map((part) => Math.min(Math.max(part, 0), 1) * 255);
      }
    }
    return null;
  }

  /* Style. Sizes are in em of the reader's own font size, which the page cannot change. */

  const STYLE = `
:host { all: initial !important; direction: ltr !important; display: contents !important; }
:host([inline]) { display: block !important; }
*, ::before, ::after { box-sizing: border-box; }
[hidden] { display: none !important; }
.root {
  --ground: #fff; --raised: #f6f5f0; --ink: #1b2430; --soft: #545e6c; --line: #dbd8ce; --rim: #868d97;
  --partial: #7a4a00; --partial-line: #c98a1b; --partial-tint: #fdf4de;
  --silent: #6d2f4f; --silent-line: #a4577b; --silent-tint: #f8edf2;
  color-scheme: light; color: var(--ink); font-family: var(--assistant-font, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif);
  font-size: medium; line-height: 1.5; text-align: start; overflow-wrap: anywhere; -webkit-text-size-adjust: 100%; text-size-adjust: 100%;
}
.root[data-dark] {
  --ground: #1a2028; --raised: #242b36; --ink: #e8ebef; --soft: #a9b3c0; --line: #3a4452; --rim: #7d8998;
  --partial: #f3c66e; --partial-line: #b98526; --partial-tint: #2c2617;
  --silent: #eaa9c6; --silent-line: #a55c80; --silent-tint: #2d1f28;
  color-scheme: dark;
}
p, ul, ol, h2, fieldset, blockquote { margin: 0; padding: 0; border: 0; }
p, li, h2, button, .asked { text-wrap: pretty; }
button, textarea, input { margin: 0; font: inherit; line-height: inherit; letter-spacing: inherit; word-spacing: inherit; color: inherit; }
button { cursor: pointer; text-align: inherit; }
a { color: var(--accent); text-underline-offset: .18em; }
svg { flex: none; width: 1.4em; height: 1.4em; fill: none; stroke: currentcolor; stroke-width: 1.9; stroke-linecap: round; stroke-linejoin: round; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.sr { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

.launch {
  position: fixed; z-index: var(--assistant-z, 2147483000); bottom: calc(var(--assistant-offset, 1.25em) + env(safe-area-inset-bottom)); right: var(--assistant-offset, 1.25em);
  display: inline-flex; align-items: center; gap: .6em; min-height: 3.5em; max-width: calc(100vw - 2em); padding: .6em 1.3em .6em 1.1em;
  border: 2px solid #fff; border-radius: 1.75em; background: var(--fill); color: var(--on); font-weight: 600;
  box-shadow: 0 0 0 1px rgb(0 0 0 / 35%), 0 6px 24px rgb(0 0 0 / 28%); transition: transform .15s;
}
.left .launch { right: auto; left: var(--assistant-offset, 1.25em); }
.launch:hover { transform: translateY(-2px); }
.launch:focus-visible { outline: 3px solid #fff; outline-offset: 0; box-shadow: 0 0 0 6px #000, 0 6px 24px rgb(0 0 0 / 28%); }
.launch svg { width: 1.6em; height: 1.6em; }

.panel {
  display: flex; flex-direction: column; padding: 0; margin: 0; color: var(--ink); background: var(--ground);
  border: 1px solid var(--line); border-radius: var(--assistant-radius, 1em); overflow: hidden;
}
dialog.panel:not([open]) { display: none; }
dialog.panel {
  position: fixed; z-index: var(--assistant-z, 2147483000); inset: auto; bottom: var(--assistant-offset, 1.25em); right: var(--assistant-offset, 1.25em);
  width: min(var(--assistant-width, 26em), calc(100vw - 2.5em)); max-width: none; height: min(var(--assistant-height, 42em), calc(100vh - 2.5em)); max-height: none;
  box-shadow: 0 0 0 1px rgb(0 0 0 / 6%), 0 2px 6px rgb(0 0 0 / 12%), 0 16px 48px rgb(0 0 0 / 26%);
}
.left dialog.panel { right: auto; left: var(--assistant-offset, 1.25em); }
dialog.panel:modal { inset: var(--top, 0) 0 auto 0; width: 100%; height: var(--high, 100dvh); border: 0; border-radius: 0; }
dialog.panel::backdrop { background: var(--ground, #fff); }
dialog.panel:focus-visible { outline-offset: -3px; }
section.panel { width: 100%; height: var(--assistant-height, 38em); max-height: calc(100vh - 2em); min-height: 20em; }
.panel { animation: rise .18s ease-out; }
section.panel, .resumed { animation: none; }
@keyframes rise { from { opacity: 0; transform: translateY(10px); } }

.head { display: flex; align-items: center; gap: .25em; padding: .55em .6em .55em 1em; background: var(--fill); color: var(--on); }
.head h2 { flex: 1; min-width: 0; font-size: 1.06em; font-weight: 650; line-height: 1.3; }
.head h2:focus { outline: none; }
.head button { display: grid; place-items: center; width: 2.75em; height: 2.75em; padding: 0; border: 0; border-radius: .7em; background: transparent; color: inherit; }
.head button:hover { background: color-mix(in srgb, currentcolor 18%, transparent); }
.head :focus-visible { outline: 2px solid currentcolor; outline-offset: -3px; }

.scroll { flex: 1; min-height: 0; overflow: hidden auto; overscroll-behavior: contain; padding: 1em; display: flex; flex-direction: column; gap: 1.1em; }
.notice { display: flex; gap: .65em; color: var(--soft); font-size: .92em; line-height: 1.45; }
.notice > svg { margin-top: .05em; color: var(--accent); }
.notice a svg, .links svg { width: .95em; height: .95em; }
.notice a svg { margin-inline-start: .2em; vertical-align: -.1em; }
.log { display: flex; flex-direction: column; gap: .8em; }
.log:empty { display: none; }
.log:focus-visible { outline: 2px solid var(--rim); outline-offset: 4px; border-radius: .5em; }
.asked { align-self: flex-end; max-width: 88%; margin-top: .4em; padding: .55em .9em; background: var(--tint); border: 1px solid transparent; border-radius: 1.1em 1.1em .25em 1.1em; white-space: pre-line; }
.who { color: var(--soft); font-size: .85em; font-weight: 650; }

.reply { display: flex; flex-direction: column; gap: .75em; padding: .8em .95em .9em; border: 1px solid var(--line); border-inline-start: 4px solid var(--edge); border-radius: .25em .9em .9em .9em; }
.reply > .who { color: var(--accent); }
.partial { border-color: var(--partial-line); background: var(--partial-tint); }
.partial > .who { color: var(--partial); }
.unanswered, .failure { border-color: var(--silent-line); background: var(--silent-tint); }
.unanswered > .who, .failure > .who { color: var(--silent); }
.partial > .who::before { content: "◐ " / ""; }
.unanswered > .who::before { content: "○ " / ""; }
.failure > .who::before { content: "! " / ""; }
.smalltalk { border-inline-start-width: 1px; }

.words { display: flex; flex-direction: column; gap: .6em; }
.words ul, blockquote ul { padding-inline-start: 1.2em; }
.quoted { display: flex; flex-direction: column; gap: .45em; font-family: "Iowan Old Style", Charter, "Bitstream Charter", "Sitka Text", Cambria, Georgia, serif; font-size: 1.08em; line-height: 1.5; }
.keep { white-space: nowrap; }
.ref { min-width: 1.9em; min-height: 1.9em; padding: 0 .4em; border: 0; border-radius: .5em; background: var(--tint); color: var(--accent); font: 700 .76em/1.9 system-ui, sans-serif; text-align: center; vertical-align: .1em; }
.ref:hover { background: var(--fill); color: var(--on); }
.partial .ref, .contact { background: var(--ground); }
.contact { padding: .65em .85em; border: 1px solid var(--line); border-radius: .7em; }
.links { display: flex; flex-wrap: wrap; gap: .1em 1.1em; margin-top: .2em; }
.links a { display: inline-flex; align-items: center; gap: .25em; min-height: 1.8em; font-weight: 600; }
.links span { align-self: center; color: var(--soft); font-size: .88em; }
summary { width: max-content; max-width: 100%; min-height: 1.8em; padding: .1em .4em .1em 0; color: var(--soft); font-size: .88em; font-weight: 650; line-height: 1.7; cursor: pointer; }
.sources ol { display: flex; flex-direction: column; gap: .5em; margin-top: .3em; list-style: none; }
.source { display: flex; gap: .7em; padding: .65em .75em; background: var(--raised); color: var(--ink); border: 1px solid var(--line); border-radius: .7em; font-size: .94em; line-height: 1.45; }
.source:focus { outline: 2px solid var(--accent); outline-offset: -1px; }
.source > div { flex: 1; min-width: 0; }
.number { flex: none; box-shadow: 0 0 0 1px var(--edge); width: 1.75em; height: 1.75em; border-radius: .5em; background: var(--fill); color: var(--on); font-size: .82em; font-weight: 700; line-height: 1.75; text-align: center; }
.name { font-weight: 650; line-height: 1.35; }
.path { color: var(--soft); font-size: .92em; }
blockquote { margin: .1em 0 .3em; padding-inline-start: .7em; border-inline-start: 3px solid var(--rim); color: var(--ink); font-family: Charter, Cambria, Georgia, serif; }

.tools { display: flex; flex-wrap: wrap; align-items: center; gap: .35em .5em; color: var(--soft); font-size: .9em; }
.opinion { display: contents; }
.pair { display: inline-flex; gap: .5em; }
.small, .chips button { padding: .4em .85em; border: 1px solid var(--rim); border-radius: 1.1em; background: var(--ground); color: var(--accent); line-height: 1.3; }
.small { min-height: 1.9em; padding: .15em .8em; }
.small:hover, .chips button:hover { border-color: var(--accent); background: var(--tint); }
.copy { margin-inline-start: auto; }
.why { flex-basis: 100%; display: flex; flex-direction: column; align-items: flex-start; gap: .4em; padding: .6em .75em .75em; border: 1px solid var(--line); border-radius: .7em; background: var(--ground); color: var(--ink); }
.why legend { padding: 0; font-weight: 650; }
.why label { display: flex; gap: .55em; align-items: baseline; min-height: 1.75em; }
.why input[type="radio"] { flex: none; width: 1.1em; height: 1.1em; accent-color: var(--accent); transform: translateY(.15em); }
.why label.more { flex-direction: column; align-self: stretch; align-items: stretch; gap: .2em; }
.why textarea { min-height: 3.6em; }
.chips { display: flex; flex-wrap: wrap; gap: .45em; }
.chips > .who { flex-basis: 100%; }
.chips button { min-height: 2.4em; }

.thinking { display: flex; align-items: center; gap: .6em; color: var(--soft); font-size: .95em; }
.thinking i { width: .5em; height: .5em; margin-inline-end: -.25em; border-radius: 50%; background: var(--accent); animation: breathe 1.2s infinite ease-in-out; }
.thinking i:nth-child(2) { animation-delay: .2s; }
.thinking i:nth-child(3) { animation-delay: .4s; margin-inline-end: .1em; }
@keyframes breathe { 0%, 80%, 100% { opacity: .25; } 40% { opacity: 1; } }

.ask { padding: .6em .8em calc(.8em + env(safe-area-inset-bottom)); border-top: 1px solid var(--line); background: var(--raised); }
.ask > label { display: block; padding: 0 .1em .25em; font-size: .88em; font-weight: 650; }
.field { display: flex; gap: .5em; align-items: flex-end; }
textarea { flex: 1; min-width: 0; width: 100%; min-height: 2.75em; max-height: min(8em, 30vh); padding: .6em .8em; border: 1.5px solid var(--rim); border-radius: .9em; background: var(--ground); line-height: 1.4; resize: none; field-sizing: content; }
textarea::placeholder { color: var(--soft); opacity: 1; }
textarea:focus-visible { outline: 3px solid var(--accent); outline-offset: -1px; border-color: var(--accent); }
textarea[aria-invalid="true"] { border-color: var(--silent-line); }
.send { flex: none; display: grid; place-items: center; width: 2.75em; height: 2.75em; padding: 0; border: 1.5px solid var(--edge); border-radius: .9em; background: var(--fill); color: var(--on); }
.send svg { stroke-width: 2.3; }
.send[aria-disabled="true"] { opacity: .55; cursor: progress; }
.refusal { margin-top: .35em; color: var(--silent); font-size: .9em; font-weight: 650; }
.left-over { margin-top: .35em; color: var(--soft); font-size: .85em; }
.over { color: var(--silent); font-weight: 650; }

@media (prefers-reduced-motion: reduce) { *, ::before, ::after { animation: none !important; transition: none !important; scroll-behavior: auto !important; } }
@media (forced-colors: active) {
  .launch, .head, .send, .small, .chips button, .ref, .number, .asked { border: 1px solid ButtonBorder; }
  .head { border-width: 0 0 1px; }
  .launch:focus-visible { outline-color: Highlight; outline-offset: 3px; }
  .thinking i { background: CanvasText; }
  .send[aria-disabled="true"] { opacity: 1; color: GrayText; }
}
@media print { .launch, dialog.panel { display: none !important; } }
`;

  let sheet = null;

  function styled(root) {
    if (!sheet) {
      sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLE);
    }
    root.adoptedStyleSheets = [sheet];
  }

  /* The server */

  class Failure extends Error {
    constructor(status, seconds) {
      super(`status ${status}`);
      this.status = status;
      this.seconds = seconds;
    }
  }

  async function request(path, language, body) {
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(), TIMEOUT);
    const headers = { "Accept-Language": language };
    if (body) headers["Content-Type"] = "application/json";
    try {
      const response = await fetch(HOME + path, {
        method: body ? "POST" : "GET",
        headers,
        credentials: "omit",
        referrerPolicy: "no-referrer",
        body: body ? JSON.stringify(body) : undefined,
        signal: controller.signal,
      });
      if (!response.ok) {
        throw new Failure(response.status, Number(response.headers.get("Retry-After")) || 0);
      }
      return response.status === 204 ? null : await response.json();
    } finally {
      clearTimeout(timer);
    }
  }

  /* What a visit remembers, in this tab alone; a browser may refuse to. */

  const memory = {
    read(key) {
      try {
        const kept = JSON.parse(sessionStorage.getItem(key));
        return kept && Array.isArray(kept.turns) ? kept : null;
      } catch (_) {
        return null;
      }
    },
    write(key, kept) {
      try {
        sessionStorage.setItem(key, JSON.stringify(kept));
      } catch (_) {
        /* The conversation then ends with the page. */
      }
    },
    forget(key) {
      try {
        sessionStorage.removeItem(key);
      } catch (_) {
        /* Nothing was kept. */
      }
    },
  };

  const ADDRESS =
    /(https?:\/\/[^\s<>"«»]+[^\s<>"«».,;:!?)\]]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)/;

  /* A reply as elements. `actions`: ask(question), choose(programme), judge(helpful, comment),
     say(text) aloud, still() while something changes in the log that is not an answer. */

  class ReplyView {
    constructor(language, actions) {
      this.language = language;
      this.words = WORDS[language];
      this.actions = actions;
    }

    block(turn) {
      const { reply } = turn;
      const { words } = this;
      const citations = reply.citations || [];
      return el(
        "div",
        { class: `reply ${WORDS.fr[reply.status] ? reply.status : "answered"}`, tabindex: "-1" },
        who(words[reply.status] || words.answered),
        el(
          "div",
          { class: "words", lang: reply.language },
          reply.segments.map((part) => this.segment(part, citations)),
        ),
        reply.choices && reply.choices.length && this.choices(turn),
        reply.contact && this.contact(reply.contact, words.contact),
        citations.length && this.sources(reply, citations),
        citations.length && this.tools(turn),
      );
    }

    segment(part, citations) {
      const citation = citations.find((each) => each.number === part.citation);
      if (!citation) return this.paragraphs(part.text);
      const number = citation.number;
      const go = (event) => {
        const reply = event.currentTarget.closest(".reply");
        reply.querySelector(".sources").open = true;
        reply.querySelector(`[data-number="${Number(number)}"]`).focus();
      };
      const label = fill(this.words.source, { n: number });
      const mark = press(String(number), go, { class: "ref", "aria-label": label, lang: this.language });
      return el("div", { class: "quoted" }, this.paragraphs(part.text, citation.language || "fr", mark));
    }

    // Web and mail addresses in a text become links; `mark` ends it, never alone on a line.
    line(content, mark) {
      const pieces = content.split(ADDRESS).map((piece, place) => {
        const web = piece.includes("://");
        const href = place % 2 && addressOf(web ? piece : `mailto:${piece}`);
        if (!href) return piece;
        if (!web) return el("a", { href }, piece);
        const label = `${piece} ${this.words.tab}`;
        return el("a", { href, target: "_blank", rel: "noopener noreferrer", "aria-label": label }, piece);
      });
      if (!mark) return pieces;
      const end = pieces.pop();
      const cut = Math.max(end.lastIndexOf(" ") + 1, end.length - 24);
      return [...pieces, end.slice(0, cut), el("span", { class: "keep" }, end.slice(cut), " ", mark)];
    }

    // Canonical text marks the items of a list with "- ".
    paragraphs(content, lang, mark) {
      const blocks = [];
      const lines = content.split("\n").map((each) => each.trim()).filter(Boolean);
      lines.forEach((text, place) => {
        const last = blocks[blocks.length - 1];
        const end = place === lines.length - 1 ? mark : null;
        if (!text.startsWith("- ")) return blocks.push(el("p", { lang }, this.line(text, end)));
        const item = el("li", null, this.line(text.slice(2), end));
        if (last && last.localName === "ul") return last.append(item);
        return blocks.push(el("ul", { lang }, item));
      });
      return blocks;
    }

    choices(turn) {
      const buttons = turn.reply.choices.map((each) =>
        press(each.title, () => this.actions.choose(turn.question, each.programme)),
      );
      return el("div", { class: "chips" }, buttons);
    }

    sources(reply, citations) {
      return el(
        "details",
        { class: "sources", open: true },
        el("summary", null, `${this.words.sources} (${citations.length})`),
        el("ol", { role: "list" }, citations.map((citation) => this.source(citation, reply))),
      );
    }

    source(citation, reply) {
      const { words } = this;
      const lang = citation.language || "fr";
      const path = (citation.headings || []).filter((each) => each !== citation.title).join(" › ");
      const address = addressOf(citation.url, this.language);
      const updated = citation.updated && fill(words.updated, { date: day(citation.updated, this.language) });
      // Closed where the answer above is the quote itself.
      const above = reply.segments.some((part) => part.text === citation.quote);
      return el(
        "li",
        { class: "source", "data-number": citation.number, tabindex: "-1" },
        el("span", { class: "number", "aria-hidden": "true" }, String(citation.number)),
        el(
          "div",
          null,
          el("p", { class: "name", lang }, citation.title),
          citation.kind === "staff"
            ? el("p", { class: "path" }, words.staff)
            : path && el("p", { class: "path", lang }, path),
          el(
            "details",
            { class: "quote", open: !above },
            el("summary", null, words.quote),
            el("blockquote", { lang }, this.paragraphs(citation.quote)),
          ),
          el(
            "p",
            { class: "links" },
            address && this.link(address, words.see, citation.title),
            updated && el("span", null, updated),
          ),
        ),
      );
    }

    // The same site's pages in place, where the conversation goes on; others beside it.
    link(address, label, about) {
      const same = address.startsWith(`${location.origin}/`) || address.startsWith("mailto:");
      const title = about && el("span", { class: "sr" }, ` : ${about}`);
      if (same) return el("a", { href: address }, label, title);
      const away = [icon(ICONS.away), el("span", { class: "sr" }, ` ${this.words.tab}`)];
      return el("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, label, title, away);
    }

    contact(whom, sentence) {
      const { words } = this;
      const mail = whom.email && addressOf(`mailto:${whom.email}`);
      const page = whom.url && addressOf(whom.url, this.language);
      return el(
        "div",
        { class: "contact" },
        el("p", null, sentence, " ", el("strong", null, whom.label)),
        (mail || page) &&
          el(
            "p",
            { class: "links" },
            mail && this.link(mail, fill(words.write, { email: whom.email })),
            page && this.link(page, words.visit),
          ),
      );
    }

    tools(turn) {
      const { words } = this;
      const box = el("div", { class: "tools" });
      const copy = press(words.copy, () => this.copy(turn, copy), { class: "small copy" });
      if (turn.judged) box.append(el("p", null, words.thanks));
      else this.opinion(turn, box);
      box.append(copy);
      return box;
    }

    opinion(turn, box) {
      const { words } = this;
      const thank = (kept) => {
        this.actions.still();
        const said = el("p", { tabindex: "-1" }, kept ? words.thanks : words.unrecorded);
        box.querySelectorAll(":scope > :not(.copy)").forEach((old) => old.remove());
        box.prepend(said);
        said.focus({ preventScroll: true });
      };
      const yes = async () => thank(await this.actions.judge(turn, true));
      const no = () => {
        this.actions.still();
        this.actions.judge(turn, false);
        const form = this.reasons(async (comment) => {
          thank(!comment || (await this.actions.judge(turn, false, comment)));
        });
        box.querySelectorAll(":scope > :not(.copy)").forEach((old) => old.remove());
        box.prepend(form);
        form.querySelector("input").focus();
      };
      const buttons = [
        press(words.yes, yes, { class: "small" }),
        press(words.no, no, { class: "small" }),
      ];
      const question = el("p", null, words.helpful);
      box.append(el("div", { class: "opinion" }, question, el("span", { class: "pair" }, buttons)));
    }

    reasons(done) {
      const { words } = this;
      const detail = el("textarea", { rows: "2", maxlength: "500" });
      const onsubmit = (event) => {
        event.preventDefault();
        const chosen = form.querySelector("input:checked");
        const parts = [chosen && words.reasons[chosen.value], detail.value.trim()];
        return done(parts.filter(Boolean).join(" : "));
      };
      const form = el(
        "form",
        { class: "why", onsubmit },
        el(
          "fieldset",
          null,
          el("legend", null, words.why),
          words.reasons.map((reason, value) =>
            el("label", null, el("input", { type: "radio", name: "reason", value }), el("span", null, reason)),
          ),
        ),
        el("label", { class: "more" }, el("span", null, words.detail), detail),
        el("button", { class: "small" }, words.send),
      );
      return form;
    }

    async copy(turn, button) {
      const { reply, question } = turn;
      const { words, language } = this;
      const cited = (reply.citations || []).map((each) =>
        [`[${each.number}] ${each.title}`, addressOf(each.url, language)].filter(Boolean).join("\n"),
      );
      const done = await copied([question, reply.answer, ...cited].join("\n\n"), button);
      if (!done) return this.actions.say(words.uncopied);
      this.actions.still();
      button.textContent = words.copied;
      this.actions.say(words.copied);
      setTimeout(() => {
        this.actions.still();
        button.textContent = words.copy;
      }, 2500);
    }
  }

  async function copied(text, near) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch (_) {
      // Without permission, or on a page without https.
      const field = el("textarea", { class: "sr", tabindex: "-1", "aria-hidden": "true" });
      field.value = text;
      near.after(field);
      field.select();
      const done = document.execCommand("copy");
      field.remove();
      near.focus();
      return done;
    }
  }

  /* The element */

  class Assistant extends HTMLElement {
    constructor() {
      super();
      this.options = {};
      this.turns = [];
      this.pending = false;
      this.isOpen = false;
    }

    connectedCallback() {
      quietly(this.arrive).call(this);
    }

    disconnectedCallback() {
      quietly(this.leave).call(this);
    }

    arrive() {
      if (!this.shadowRoot) this.build();
      this.phone = matchMedia(PHONE);
      this.night = matchMedia("(prefers-color-scheme: dark)");
      this.watched = [
        [this.phone, "change", () => this.refit()],
        [this.night, "change", () => this.paint()],
      ];
      if (window.visualViewport) {
        this.watched.push([visualViewport, "resize", () => this.fit()]);
        this.watched.push([visualViewport, "scroll", () => this.fit()]);
      }
      this.watched = this.watched.map(([target, name, action]) => [target, name, quietly(action)]);
      for (const [target, name, action] of this.watched) target.addEventListener(name, action);
      this.paint();
      const kept = memory.read(this.key);
      if (this.inline) this.show(kept);
      else if (!this.phone.matches && (kept ? kept.open : this.options.open)) this.show(kept, true);
    }

    leave() {
      for (const [target, name, action] of this.watched || []) target.removeEventListener(name, action);
      this.isOpen = false;
      if (this.inline || !this.panel) return;
      this.panel.removeAttribute("open");
      this.corner.hidden = false;
    }

    build() {
      const { options } = this;
      this.inline = this.hasAttribute("inline");
      this.language = languageOf(options.language);
      this.words = WORDS[this.language];
      this.programme = options.programme || null;
      this.key = `${TAG} ${HOME} ${options.programme || "*"}`;
      const root = this.attachShadow({ mode: "open" });
      styled(root);
      const left = options.position === "left";
      this.root = el("div", { class: `root${left ? " left" : ""}`, lang: this.language });
      this.probe = el("span", { hidden: true });
      this.root.append(this.probe);
      if (!this.inline) {
        const { words } = this;
        this.launch = el(
          "button",
          { type: "button", class: "launch", part: "button", "aria-haspopup": "dialog", onclick: () => this.open() },
          icon(ICONS.ask),
          el("span", null, options.button || words.button, el("span", { class: "sr" }, ` ${words.open}`)),
        );
        this.corner = el("aside", { "aria-label": options.title || words.title }, this.launch);
        this.root.append(this.corner);
      }
      root.append(this.root);
    }

    // The accent as the page chose it, made readable on what it stands on.
    paint() {
      const { options } = this;
      const dark = options.theme === "dark" || (options.theme !== "light" && this.night.matches);
      this.root.toggleAttribute("data-dark", dark);
      const chosen = options.accent || getComputedStyle(this).getPropertyValue("--assistant-accent");
      const accent = (chosen.trim() && colourOf(chosen.trim(), this.probe)) || ACCENT;
      for (const [name, value] of Object.entries(palette(accent, dark))) {
        this.root.style.setProperty(`--${name}`, value);
      }
    }

    /* Opening and closing */

    // `kept` is what an earlier page of the visit left; `resumed` never takes the focus.
    show(kept, resumed) {
      if (this.isOpen || !this.isConnected) return;
      this.isOpen = true;
      if (!this.panel) {
        this.furnish();
        this.restore(kept === undefined ? memory.read(this.key) : kept);
        this.welcome();
      }
      this.paint();
      if (!this.inline) {
        this.corner.hidden = true;
        this.panel.classList.toggle("resumed", Boolean(resumed));
        if (this.phone.matches) this.panel.showModal();
        else this.panel.setAttribute("open", "");
        this.fit();
      }
      this.bottom();
      if (memory.read(this.key)) this.save();
      this.tell("open");
    }

    open() {
      if (this.isOpen) return this.settle();
      const opener = document.activeElement;
      this.opener = opener && opener !== document.body && opener !== this ? opener : null;
      this.show();
      this.settle();
    }

    close() {
      if (!this.isOpen || this.inline) return;
      this.isOpen = false;
      if (this.panel.open) this.panel.close();
      this.corner.hidden = false;
      const back = this.opener && this.opener.isConnected ? this.opener : this.launch;
      back.focus({ preventScroll: true });
      if (document.activeElement !== back && back !== this.launch) this.launch.focus();
      if (memory.read(this.key)) this.save();
      this.tell("close");
    }

    // The screen became a phone's, or no longer is: a turn, a zoom.
    refit() {
      if (!this.isOpen || this.inline) return;
      const held = this.shadowRoot.activeElement;
      if (this.panel.matches(":modal")) this.panel.close();
      else this.panel.removeAttribute("open");
      if (this.phone.matches) this.panel.showModal();
      else this.panel.setAttribute("open", "");
      this.fit();
      if (held) held.focus({ preventScroll: true });
    }

    // Above the keyboard of a phone; a pinch only magnifies.
    fit() {
      const seen = window.visualViewport;
      if (!this.panel || !seen || !this.phone.matches || seen.scale > 1.05) return;
      this.panel.style.setProperty("--high", `${Math.round(seen.height)}px`);
      this.panel.style.setProperty("--top", `${Math.round(seen.offsetTop)}px`);
    }

    furnish() {
      const { words, options, inline } = this;
      this.heading = el("h2", { id: "title", tabindex: "-1" }, options.title || words.title);
      this.clearing = press(icon(ICONS.clear), () => this.clear(), {
        "aria-label": words.clear,
        title: words.clear,
        hidden: true,
      });
      this.private = el("span");
      this.notice = el(
        "p",
        { class: "notice", id: "notice" },
        icon(ICONS.machine),
        el("span", null, words.notice, this.private),
      );
      this.log = el("div", { class: "log", role: "log", "aria-label": words.conversation });
      this.waiting = el(
        "p",
        { class: "thinking", "aria-hidden": "true", hidden: true },
        el("i"), el("i"), el("i"),
        words.thinking,
      );
      this.chips = el("div", { class: "chips", role: "group", "aria-labelledby": "chips", hidden: true });
      this.scroller = el("div", { class: "scroll" }, this.notice, this.log, this.waiting, this.chips);
      this.status = el("p", { class: "sr", role: "status" });
      this.view = new ReplyView(this.language, {
        choose: (question, programme) => this.choose(question, programme),
        judge: (turn, helpful, comment) => this.judge(turn, helpful, comment),
        say: (text) => this.say(text),
        still: () => this.still(),
      });
      this.panel = el(
        inline ? "section" : "dialog",
        { class: "panel", part: "panel", "aria-labelledby": "title", "aria-describedby": "notice" },
        el(
          "div",
          { class: "head", part: "head" },
          this.heading,
          this.clearing,
          !inline && press(icon(ICONS.close), () => this.close(), { "aria-label": words.close, title: words.close }),
        ),
        this.scroller,
        this.status,
        this.composer(),
      );
      this.panel.addEventListener("keydown", quietly((event) => this.pressed(event)));
      for (const name of ["keydown", "keypress", "keyup"]) {
        // Letters that are typed here are no shortcuts of the page.
        this.panel.addEventListener(name, (event) => event.stopPropagation());
      }
      if (!inline) {
        this.panel.addEventListener("cancel", (event) => event.preventDefault());
        this.panel.addEventListener("cancel", quietly(() => this.close()));
        this.panel.addEventListener("close", quietly(() => !this.panel.open && this.close()));
      }
      this.root.append(this.panel);
    }

    composer() {
      const { words } = this;
      this.field = el("textarea", {
        id: "question",
        rows: "1",
        autocomplete: "off",
        enterkeyhint: "send",
        placeholder: words.placeholder,
        "aria-describedby": "refusal left",
        oninput: () => this.typed(),
      });
      this.send = el("button", { class: "send", "aria-label": words.send, title: words.send }, icon(ICONS.send));
      this.refusal = el("p", { class: "refusal", id: "refusal", role: "alert", hidden: true });
      this.left = el("p", { class: "left-over", id: "left", hidden: true });
      const onsubmit = (event) => {
        event.preventDefault();
        this.submit();
      };
      return el(
        "form",
        { class: "ask", novalidate: true, onsubmit },
        el("label", { for: "question" }, words.label),
        el("div", { class: "field" }, this.field, this.send),
        this.refusal,
        this.left,
      );
    }

    pressed(event) {
      if (event.isComposing) return;
      if (event.key === "Escape" && !this.inline) {
        event.preventDefault();
        this.close();
      } else if (event.key === "Enter" && !event.shiftKey && event.target === this.field) {
        event.preventDefault();
        this.submit();
      }
    }

    // What the first opening asks the server for: whom to contact, questions to start from.
    async welcome() {
      const { options, language } = this;
      if (options.questions && !this.turns.length) this.suggest(this.words.start, options.questions);
      const query = new URLSearchParams({ language });
      if (options.programme) query.set("programme", options.programme);
      try {
        this.about = await request(`api/v1/widget?${query}`, language);
      } catch (error) {
        // A programme that is not known: the page's mistake, which a candidate must not pay for.
        if (error.status === 422 && options.programme) {
          report(`data-programme="${options.programme}" is not known to ${HOME}`);
          this.options = { ...options, programme: null };
          this.programme = null;
          return this.welcome();
        }
        if (!error.status) report(`no answer; does ${HOME} allow ${location.origin} (ASSISTANT_ORIGINS)?`);
        return;
      }
      const privacy = addressOf(options.privacy || this.about.privacy_url, language);
      if (privacy) this.private.append(" ", this.view.link(privacy, this.words.privacy));
      if (!this.turns.length && !this.pending && !options.questions) {
        this.suggest(this.words.start, this.about.suggestions);
      }
    }

    contact() {
      const { options } = this;
      if (options.contact) return { label: "", email: options.contact };
      return this.about && this.about.contact;
    }

    /* The conversation */

    typed() {
      this.refuse("");
      this.count();
      if (!GROWS) {
        this.field.style.height = "auto";
        this.field.style.height = `${this.field.scrollHeight + 3}px`;
      }
      this.save();
    }

    // Characters left, as the server counts them: code points after trimming.
    count() {
      const rest = MOST - [...this.field.value.trim()].length;
      const name = rest < 0 ? "over" : "left";
      const n = Math.abs(rest);
      this.left.hidden = rest > SOON;
      this.left.classList.toggle("over", rest < 0);
      this.left.textContent = fill(this.words[n === 1 ? `${name}1` : name], { n });
      return rest;
    }

    refuse(why) {
      this.refusal.textContent = why;
      this.refusal.hidden = !why;
      if (why) this.field.setAttribute("aria-invalid", "true");
      else this.field.removeAttribute("aria-invalid");
    }

    submit() {
      if (this.pending) return;
      const question = this.field.value.trim();
      const rest = this.count();
      if (!question || rest < 0) {
        this.refuse(question ? this.left.textContent : this.words.empty);
        this.left.hidden = true;
        return this.field.focus();
      }
      return this.put(question);
    }

    // A question from the page's own script.
    ask(question) {
      const text = String(question || "").trim().slice(0, MOST);
      this.open();
      return text ? this.put(text) : undefined;
    }

    choose(question, programme) {
      this.programme = programme;
      const last = this.turns[this.turns.length - 1];
      if (last && last.question === question && last.reply.status === "clarify") last.settled = true;
      return this.put(question);
    }

    async put(question) {
      if (this.pending) return;
      this.wait(true);
      this.log.querySelectorAll(".failure").forEach((old) => {
        old.previousElementSibling.remove();
        old.remove();
      });
      // Kept until there is an answer, whatever happens to the page meanwhile.
      if (this.field.value.trim() === question) this.field.value = "";
      this.count();
      this.save(question);
      const turns = this.turns;
      const asked = this.asked(question);
      this.undone = null;
      this.suggest();
      this.log.removeAttribute("aria-live");
      this.log.append(asked);
      this.settle();
      this.bottom();
      const shown = setTimeout(() => {
        this.waiting.hidden = false;
        this.say(this.words.thinking);
        this.bottom();
      }, PATIENCE);
      let block;
      let reply = null;
      try {
        reply = await request("api/v1/ask", this.language, {
          question,
          programme: this.programme,
          language: this.language,
          history: turns.filter((turn) => !turn.settled).map((turn) => turn.question).slice(-HISTORY),
        });
        if (turns !== this.turns) return; // Cleared meanwhile.
        const turn = { question, reply };
        block = this.view.block(turn);
        turns.push(turn);
      } catch (error) {
        if (turns !== this.turns) return;
        block = this.failure(question, error);
        if (!this.field.value.trim()) this.field.value = question;
        this.count();
        this.tell("error", { status: error.status || 0 });
        if (!(error instanceof Failure) && !/Abort|Type/.test(error.name)) report(error);
      } finally {
        clearTimeout(shown);
        this.waiting.hidden = true;
        this.say("");
        this.wait(false);
      }
      this.log.append(block);
      this.log.tabIndex = 0;
      this.clearing.hidden = false;
      if (reply) this.suggest(this.words.next, reply.suggestions);
      this.reveal(asked);
      this.save();
      if (reply && !this.about) this.welcome();
      if (reply) {
        const { id, status, reason, language } = reply;
        this.tell(status === "unanswered" ? "abstain" : "answer", { id, status, reason, language });
      }
    }

    asked(question) {
      // Whoever typed it need not hear it again.
      return el(
        "div",
        { class: "asked", "aria-live": "off" },
        el("span", { class: "sr" }, `${this.words.you} `),
        question,
      );
    }

    failure(question, error) {
      const { words } = this;
      const wait = error.seconds ? fill(words.seconds, { n: error.seconds }) : words.moment;
      const sentence =
        error instanceof Failure
          ? words[error.status] || words.fault
          : navigator.onLine === false
            ? words.offline
            : words.silent;
      const contact = this.contact();
      const retry = press(words.retry, () => this.put(question), { class: "small" });
      return el(
        "div",
        { class: "reply failure", tabindex: "-1" },
        who(words.failure),
        el("p", null, fill(sentence, { wait })),
        el("p", null, retry),
        contact && this.view.contact(contact, words.instead),
      );
    }

    async judge(turn, helpful, comment) {
      try {
        const body = { id: turn.reply.id, helpful };
        if (comment) body.comment = comment;
        await request("api/v1/feedback", this.language, body);
        turn.judged = true;
        this.save();
        return true;
      } catch (_) {
        return false;
      }
    }

    suggest(title, questions) {
      const offered = (questions || []).filter(Boolean);
      this.chips.replaceChildren(
        el("p", { class: "who", id: "chips" }, title || ""),
        ...offered.map((question) => press(question, () => this.put(question))),
      );
      this.chips.hidden = !offered.length;
    }

    clear() {
      if (!this.panel) return memory.forget(this.key);
      const { words } = this;
      const undone = { turns: this.turns, programme: this.programme };
      const shown = [...this.log.childNodes];
      this.turns = [];
      this.programme = this.options.programme || null;
      this.log.replaceChildren();
      this.log.removeAttribute("tabindex");
      this.clearing.hidden = true;
      this.save();
      this.suggest(words.start, this.options.questions || (this.about && this.about.suggestions));
      const undo = press(words.undo, () => {
        Object.assign(this, undone);
        this.still();
        this.log.append(...shown);
        this.log.tabIndex = 0;
        this.clearing.hidden = false;
        this.suggest();
        this.bottom();
        this.save();
        this.settle();
      });
      this.chips.prepend(el("p", { class: "who" }, words.cleared), undo);
      this.chips.hidden = false;
      this.say(words.cleared);
      this.scroller.scrollTop = 0;
      this.settle();
    }

    restore(kept) {
      if (!kept) return;
      this.field.value = kept.draft || "";
      this.count();
      if (!kept.turns.length) return;
      try {
        // Heard when it was said: never read out as a whole.
        this.still();
        this.log.append(
          ...kept.turns.flatMap((turn) => [this.asked(turn.question), this.view.block(turn)]),
        );
        this.turns = kept.turns;
        this.programme = kept.programme || this.programme;
        this.log.tabIndex = 0;
        this.clearing.hidden = false;
        this.suggest(this.words.next, kept.turns[kept.turns.length - 1].reply.suggestions);
      } catch (error) {
        report(error);
        this.log.replaceChildren();
        memory.forget(this.key);
      }
    }

    save(question) {
      const { programme, isOpen: open } = this;
      const turns = this.turns.slice(-HISTORY);
      const draft = question || this.field.value;
      if (turns.length || draft) memory.write(this.key, { turns, programme, draft, open });
      else memory.forget(this.key);
    }

    wait(pending) {
      this.pending = pending;
      this.send.setAttribute("aria-disabled", String(pending));
    }

    // The log falls silent until the next question: what changes in it now is not an answer.
    still() {
      this.log.setAttribute("aria-live", "off");
    }

    say(text) {
      this.status.textContent = text;
    }

    // The focus where typing goes on; on a touch screen its keyboard would cover the answer.
    settle() {
      const typing = matchMedia("(pointer: fine)").matches;
      const place = typing ? this.field : this.log.childNodes.length ? this.log : this.heading;
      if (place === this.log) this.log.tabIndex = 0;
      place.focus({ preventScroll: true });
    }

    bottom() {
      this.scroller.scrollTop = this.turns.length || this.pending ? this.scroller.scrollHeight : 0;
    }

    // Only our own box scrolls, never the page behind.
    reveal(asked) {
      const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
      const top = asked.getBoundingClientRect().top - this.scroller.getBoundingClientRect().top;
      this.scroller.scrollTo({
        top: this.scroller.scrollTop + top - 12,
        behavior: still ? "auto" : "smooth",
      });
    }

    tell(name, detail) {
      this.dispatchEvent(new CustomEvent(name, { detail: detail || null }));
    }
  }

  /* The page's side */

  function mount(options) {
    let target = options.target || null;
    if (typeof target === "string") target = document.querySelector(target);
    if (options.target && !target) report(`there is no ${options.target}: a button instead`);
    if (!target && document.querySelector(`${TAG}:not([inline])`)) {
      report("there is a button already");
      return null;
    }
    const made = document.createElement(TAG);
    made.options = { ...options };
    if (target) made.setAttribute("inline", "");
    (target || document.body).append(made);
    return made;
  }

  function optionsOf(data) {
    const questions = (data.questions || "").split("|").map((each) => each.trim()).filter(Boolean);
    return {
      ...data,
      open: data.open !== undefined && data.open !== "false",
      questions: questions.length ? questions : null,
    };
  }

  // A link or button of the page's own: `data-assistant-ask="a question"`, or nothing to open only.
  function listen() {
    document.addEventListener("click", quietly((event) => {
      const link = event.target.closest && event.target.closest("[data-assistant-ask]");
      const assistant = document.querySelector(TAG);
      const plain = !event.button && !event.ctrlKey && !event.metaKey && !event.shiftKey;
      if (!link || !assistant || !plain || event.defaultPrevented) return;
      event.preventDefault();
      assistant.ask(link.getAttribute("data-assistant-ask"));
    }));
  }

  // A browser too old for the rest gets the page that needs no script.
  function linkTo(options) {
    const query = options.programme ? `?programme=${encodeURIComponent(options.programme)}` : "";
    const language = languageOf(options.language);
    const link = el("a", { href: `${HOME}ask${query}`, lang: language }, WORDS[language].open);
    document.body.appendChild(el("p", null, link));
  }

  function start() {
    const options = optionsOf(script ? script.dataset : {});
    const able =
      window.customElements && window.HTMLDialogElement && "adoptedStyleSheets" in document;
    if (!able) return linkTo(options);
    const first = !window.ProgrammeAssistant;
    if (first) {
      for (const name of ["open", "close", "ask", "clear"]) {
        Assistant.prototype[name] = quietly(Assistant.prototype[name]);
      }
      customElements.define(TAG, Assistant);
      window.ProgrammeAssistant = { mount: quietly(mount) };
      listen();
    }
    const element = window.ProgrammeAssistant.mount(options);
    if (first) window.ProgrammeAssistant.element = element;
    document.dispatchEvent(new CustomEvent(`${TAG}-ready`, { detail: { element } }));
  }

  if (document.body && document.readyState !== "loading") quietly(start)();
  else document.addEventListener("DOMContentLoaded", quietly(start));
})();
