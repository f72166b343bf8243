// A reply as elements; templates/reply.html shows it too: keep the two alike.
// Whatever comes from outside is set as text, never as HTML.

export const fill = (sentence, values) =>
  sentence.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);

export function el(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "onclick") made.addEventListener("click", value);
    else if (value !== null) made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

export const who = (label) => el("p", { class: "who" }, label);

export function chips(title, entries, kind = "") {
  const buttons = entries.map(([label, onclick]) => el("button", { type: "button", onclick }, label));
  return el("div", { class: `chips ${kind}` }, title ? who(title) : null, ...buttons);
}

// Only web and mail addresses become links.
function safe(address) {
  try {
    const url = new URL(address, location.href);
    return ["https:", "http:", "mailto:"].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

// Canonical text marks the items of a list with "- ".
function text(content, lang = null, mark = null) {
  const blocks = [];
  for (const line of content.split("\n").map((each) => each.trim()).filter(Boolean)) {
    const last = blocks[blocks.length - 1];
    if (!line.startsWith("- ")) blocks.push(el("p", { lang }, line));
    else if (last && last.tagName === "UL") last.append(el("li", {}, line.slice(2)));
    else blocks.push(el("ul", { lang }, el("li", {}, line.slice(2))));
  }
  if (mark && blocks.length) {
    const end = blocks[blocks.length - 1];
    (end.tagName === "UL" ? end.lastElementChild : end).append(" ", mark);
  }
  return blocks;
}

// Shows replies in the interface's language with its words.
export class ReplyView {
  constructor(words, language) {
    this.words = words;
    this.language = language;
  }

  // `actions`: ask(question), choose(programme), judge(helpful).
  block(reply, actions) {
    const { words } = this;
    const quoted = reply.citations.length > 0;
    return el(
      "div",
      { class: `reply ${reply.status}`, tabindex: "-1" },
      who(words[reply.status]),
      el("div", { class: "words" }, ...reply.segments.flatMap((part) => this.segment(part, reply))),
      reply.choices.length
        ? chips(null, reply.choices.map((each) => [each.title, () => actions.choose(each.programme)]))
        : null,
      reply.contact ? this.contact(reply.contact) : null,
      quoted ? this.sources(reply) : null,
      quoted ? this.helpful(actions.judge) : null,
      reply.suggestions.length
        ? chips(words.next, reply.suggestions.map((next) => [next, () => actions.ask(next)]), "next")
        : null,
    );
  }

  segment(part, reply) {
    const citation = reply.citations.find((each) => each.number === part.citation);
    if (!citation) return text(part.text);
    const mark = el(
      "a",
      {
        class: "ref",
        href: `#source-${reply.id}-${citation.number}`,
        "aria-label": fill(this.words.source, { number: citation.number }),
        lang: this.language,
      },
      String(citation.number),
    );
    return [el("div", { class: "quoted" }, ...text(part.text, citation.language, mark))];
  }

  sources(reply) {
    return el(
      "details",
      { class: "sources", open: "" },
      el("summary", {}, `${this.words.sources} (${reply.citations.length})`),
      el("ol", {}, ...reply.citations.map((citation) => this.source(citation, reply))),
    );
  }

  source(citation, reply) {
    const lang = citation.language;
    const address = safe(this.ours(citation.url));
    const updated = citation.updated && fill(this.words.updated, { date: this.day(citation.updated) });
    return el(
      "li",
      { class: "source", id: `source-${reply.id}-${citation.number}`, tabindex: "-1" },
      el("span", { class: "number", "aria-hidden": "true" }, String(citation.number)),
      el(
        "div",
        {},
        el("p", { class: "title", lang }, citation.title),
        this.path(citation),
        this.quote(citation, reply),
        el(
          "p",
          { class: "links" },
          address ? el("a", { href: address }, this.words.see) : null,
          updated ? el("span", {}, updated) : null,
        ),
      ),
    );
  }

  // Closed where the answer above is the quote itself.
  quote(citation, reply) {
    const above = reply.segments.some((part) => part.text === citation.quote);
    return el(
      "details",
      { class: "quote", open: above ? null : "" },
      el("summary", {}, this.words.quote),
      el("blockquote", { lang: citation.language }, ...text(citation.quote)),
    );
  }

  path(citation) {
    if (citation.kind === "staff") return el("p", { class: "path" }, this.words.staff);
    const path = citation.headings.filter((heading) => heading !== citation.title);
    return el("p", { class: "path", lang: citation.language }, path.join(" › "));
  }

  contact(whom) {
    const { words } = this;
    const page = whom.url && safe(whom.url);
    const links = [
      whom.email &&
        el("a", { href: `mailto:${whom.email}` }, fill(words.write, { email: whom.email })),
      page && el("a", { href: page }, words.visit),
    ].filter(Boolean);
    return el(
      "div",
      { class: "contact" },
      el("p", {}, words.contact, " ", el("strong", {}, whom.label)),
      links.length ? el("p", { class: "links" }, ...links) : null,
    );
  }

  helpful(judge) {
    const { words } = this;
    const line = el("p", { class: "helpful", tabindex: "-1" });
    const say = async (value) => {
      const kept = await judge(value);
      line.replaceChildren(kept ? words.thanks : words.unrecorded);
      line.focus({ preventScroll: true });
    };
    line.append(
      words.helpful,
      el("button", { type: "button", onclick: () => say(true) }, words.yes),
      el("button", { type: "button", onclick: () => say(false) }, words.no),
    );
    return line;
  }

  day(iso) {
    const [year, month, date] = iso.split("-").map(Number);
    const name = this.words.months.split(" ")[month - 1];
    if (!name || !date) return iso;
    return `${date}${date === 1 && this.language === "fr" ? "er" : ""} ${name} ${year}`;
  }

  // Our own pages in the interface's language, where the browser would ask for another one.
  ours(address) {
    const { preferred } = document.documentElement.dataset;
    if (!address.startsWith("/") || this.language === preferred) return address;
    const [path, fragment] = address.split("#");
    const joint = path.includes("?") ? "&" : "?";
    return `${path}${joint}language=${this.language}${fragment ? `#${fragment}` : ""}`;
  }
}
