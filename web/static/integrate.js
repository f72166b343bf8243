"use strict";
// The options of the integration page: the snippet and this page's own widget follow them.
(() => {
  const form = document.getElementById("options");
  const snippet = document.querySelector("#snippet code");
  const preview = document.getElementById("preview");
  const { server, pinned, integrity, link } = form.dataset;
  const ACCENT = form.elements.accent.value;
  const escaped = (text) => text.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;");

  function chosen() {
    const fields = form.elements;
    const options = {};
    for (const name of ["programme", "language", "position", "theme", "title", "button"]) {
      if (fields[name].value.trim()) options[name] = fields[name].value.trim();
    }
    if (fields.accent.value !== ACCENT) options.accent = fields.accent.value;
    const questions = fields.questions.value.split(/[\n|]/).map((each) => each.trim()).filter(Boolean);
    if (questions.length) options.questions = questions;
    if (fields.open.checked) options.open = true;
    if (fields.inline.checked) options.target = "#assistant";
    return options;
  }

  function written(options) {
    const fixed = form.elements.version.value === "pinned";
    const attributes = Object.entries(options).map(([name, value]) => {
      if (value === true) return `data-${name}`;
      const text = Array.isArray(value) ? value.join("|") : value;
      return `data-${name}="${escaped(text)}"`;
    });
    const source = fixed
      ? [`src="${server}${pinned}"`, `integrity="${integrity}"`, 'crossorigin="anonymous"']
      : [`src="${server}/widget.js"`];
    const query = options.programme ? `?programme=${encodeURIComponent(options.programme)}` : "";
    return [
      options.target ? '<div id="assistant"></div>' : null,
      `<script ${[...source, ...attributes, "defer"].join(" ")}></script>`,
      `<noscript><a href="${server}/ask${query}">${escaped(link)}</a></noscript>`,
    ].filter(Boolean).join("\n");
  }

  function follow() {
    const options = chosen();
    snippet.textContent = written(options);
    const old = document.querySelector("programme-assistant");
    const open = Boolean(options.open || (old && old.isOpen && !options.target));
    if (old) old.remove();
    preview.hidden = !options.target;
    const language = options.language || document.documentElement.lang;
    window.ProgrammeAssistant.mount({
      ...options,
      open,
      language,
      target: options.target ? preview : null,
    });
  }

  async function copy(event) {
    const button = event.currentTarget;
    const shown = document.getElementById(button.dataset.copies);
    const label = button.textContent;
    try {
      await navigator.clipboard.writeText(shown.textContent.trim());
      button.textContent = button.dataset.done;
      setTimeout(() => {
        button.textContent = label;
      }, 2000);
    } catch {
      getSelection().selectAllChildren(shown);
    }
  }

  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", follow);
  for (const button of document.querySelectorAll(".copy")) {
    button.hidden = false;
    button.addEventListener("click", copy);
  }
})();
