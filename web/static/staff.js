// Quicker by keyboard: the pages of questions and answers do all of this without scripts, too.

"use strict";

(() => {
  const OFF = "staff-keys-off";
  const help = document.getElementById("keys");
  const entries = [...document.querySelectorAll("[data-entry]")];

  const isOn = () => {
    try {
      return localStorage.getItem(OFF) === null;
    } catch {
      return true;
    }
  };

  const remember = (on) => {
    try {
      if (on) localStorage.removeItem(OFF);
      else localStorage.setItem(OFF, "1");
    } catch {
      // Where nothing may be kept, they are on at every page.
    }
  };

  const openHelp = () => {
    if (help && !help.open) help.showModal();
  };

  // The entry that holds the focus; -1 before the first one.
  const chosen = () => entries.findIndex((each) => each.contains(document.activeElement));

  const choose = (step) => {
    const place = Math.min(Math.max(chosen() + step, 0), entries.length - 1);
    const link = entries[place].querySelector("[data-open]");
    link.focus();
    link.scrollIntoView({ block: "nearest" });
  };

  const follow = (selector) => {
    const link = document.querySelector(selector);
    if (link) link.click();
    return Boolean(link);
  };

  const step = (by) => {
    if (entries.length) choose(by);
    else return follow(by > 0 ? ".beside [rel=next]" : ".beside [rel=prev]");
    return true;
  };

  const KEYS = {
    j: () => step(1),
    k: () => step(-1),
    a: () => follow("[data-answer]"),
    x: () => {
      const entry = entries[chosen()];
      const box = entry && entry.querySelector("input[type=checkbox]");
      if (box) box.click();
      return Boolean(box);
    },
    "/": () => {
      const field = document.querySelector("input[type=search]");
      if (field) field.focus();
      return Boolean(field);
    },
    "?": () => {
      openHelp();
      return true;
    },
  };

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || (help && help.open)) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      const main = document.querySelector("[data-go]");
      if (!main) return;
      event.preventDefault();
      main.form.requestSubmit(main);
      return;
    }
    const typing = event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !isOn()) return;
    const act = Object.hasOwn(KEYS, event.key) ? KEYS[event.key] : null;
    if (act && act()) event.preventDefault();
  });

  if (help) {
    const switched = document.getElementById("keys-on");
    switched.checked = isOn();
    switched.addEventListener("change", () => remember(switched.checked));
    for (const button of document.querySelectorAll(".keys-open")) {
      button.hidden = false;
      button.addEventListener("click", openHelp);
    }
  }

  // A passage goes where the cursor is, at the end before there is one, without leaving the page.
  const field = document.querySelector("textarea#answer");
  let placed = false;
  if (field) field.addEventListener("focus", () => (placed = true));
  for (const button of field ? document.querySelectorAll("[data-quote]") : []) {
    button.addEventListener("click", (event) => {
      event.preventDefault();
      const at = placed ? field.selectionEnd : field.value.length;
      const before = field.value.slice(0, at).trimEnd();
      const behind = field.value.slice(at).trimStart();
      const parts = [before, button.dataset.quote, behind].filter(Boolean);
      field.value = parts.join("\n\n");
      const end = parts.slice(0, before ? 2 : 1).join("\n\n").length;
      field.focus();
      field.setSelectionRange(end, end);
    });
  }

  for (const button of document.querySelectorAll("[data-tick-all]")) {
    button.addEventListener("click", (event) => {
      event.preventDefault();
      const boxes = button.closest("fieldset").querySelectorAll("input[type=checkbox]");
      for (const box of boxes) box.checked = true;
    });
  }

  // What was typed is not lost by a slip.
  const form = document.querySelector("form[data-main]");
  if (form) {
    let typed = false;
    form.addEventListener("input", () => {
      typed = true;
    });
    form.addEventListener("submit", () => {
      typed = false;
    });
    addEventListener("beforeunload", (event) => {
      if (typed) event.preventDefault();
    });
  }
})();
