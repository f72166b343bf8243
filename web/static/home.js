// The question form answers in place, as a conversation. Without this script the same form posts
// to /ask and gets a page.

import { ReplyView, chips, el, fill, who } from "./reply.js";

const TIMEOUT = 30000; // milliseconds
const HISTORY = 20; // earlier questions that the API takes
const SOON = 100; // characters left from which they are counted aloud

class Conversation {
  constructor(form) {
    this.form = form;
    this.field = form.elements.question;
    this.send = form.querySelector(".send");
    this.log = document.getElementById("log");
    this.starters = document.getElementById("starters");
    this.refusal = document.getElementById("refusal");
    this.left = document.getElementById("left");
    this.words = JSON.parse(form.dataset.words);
    this.language = form.elements.language.value;
    this.view = new ReplyView(this.words, this.language);
    this.history = [...form.querySelectorAll("input[name=history]")].map((input) => input.value);
    this.pending = false;
  }

  listen() {
    this.form.noValidate = true;
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    this.field.addEventListener("input", () => {
      this.refuse("");
      this.count();
    });
    this.field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.form.requestSubmit();
    });
    // The buttons of suggestions and choices that the server rendered.
    document.addEventListener("submit", (event) => {
      const button = event.submitter;
      if (event.target === this.form || !button || !event.target.matches(".chips")) return;
      event.preventDefault();
      if (button.name === "question") this.ask(button.value);
      else this.choose(event.target.elements.question.value, button.value);
    });
  }

  submit() {
    if (this.pending) return;
    const question = this.field.value.trim();
    if (!question || this.count() < 0) {
      this.refuse(question ? this.left.textContent : this.words.empty);
      this.field.focus();
      return;
    }
    this.field.value = "";
    this.refuse("");
    this.count();
    this.ask(question);
  }

  programme() {
    return (this.form.elements.programme && this.form.elements.programme.value) || null;
  }

  // The same question once more, about the programme that was meant.
  choose(question, programme) {
    if (this.form.elements.programme) this.form.elements.programme.value = programme;
    if (this.history[this.history.length - 1] === question) this.history.pop();
    this.ask(question);
  }

  async ask(question) {
    if (this.pending) return;
    this.wait(true);
    this.log.querySelectorAll(".next").forEach((old) => old.remove());
    const { words } = this;
    const dots = el("span", { class: "dots" }, el("i", {}), el("i", {}), el("i", {}));
    const waiting = el("div", { class: "thinking", "aria-hidden": "true" }, dots, words.thinking);
    const asked = el("div", { class: "asked" }, el("span", { class: "who" }, words.you), el("p", {}, question));
    const turn = el("article", { class: "turn" }, asked, waiting);
    this.log.hidden = false;
    this.log.append(turn);
    reveal(turn, "nearest");
    // Not on a touch screen, where the keyboard would cover the answer.
    if (matchMedia("(pointer: fine)").matches) this.field.focus({ preventScroll: true });
    waiting.replaceWith(await this.reply(turn, question));
    this.wait(false);
    reveal(turn, turn.offsetHeight > innerHeight * 0.7 ? "start" : "nearest");
  }

  // The reply's block; an error's block when there is none.
  async reply(turn, question) {
    const body = {
      question,
      programme: this.programme(),
      language: this.language,
      history: this.history.slice(-HISTORY),
    };
    try {
      const response = await this.post("/api/v1/ask", body);
      const reply = await response.json();
      if (!response.ok) return this.failure(turn, question, `${reply.title}. ${reply.detail}`);
      this.history.push(question);
      return this.view.block(reply, {
        ask: (next) => this.ask(next),
        choose: (programme) => this.choose(question, programme),
        judge: (helpful) => this.judge(reply.id, helpful),
      });
    } catch {
      return this.failure(turn, question, this.words.offline);
    }
  }

  // What was typed comes back into an empty field: it can be changed as well as sent again.
  failure(turn, question, why) {
    if (!this.field.value.trim()) this.field.value = question;
    const retry = () => {
      if (this.pending) return;
      turn.remove();
      if (this.field.value.trim() === question) this.field.value = "";
      this.ask(question);
    };
    return el(
      "div",
      { class: "reply failure" },
      who(this.words.failed),
      el("p", {}, why),
      chips(null, [[this.words.retry, retry]]),
    );
  }

  async judge(id, helpful) {
    try {
      return (await this.post("/api/v1/feedback", { id, helpful })).ok;
    } catch {
      return false;
    }
  }

  post(address, body) {
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(), TIMEOUT);
    return fetch(address, {
      method: "POST",
      headers: { "Content-Type": "application/json", "Accept-Language": this.language },
      credentials: "omit",
      body: JSON.stringify(body),
      signal: controller.signal,
    }).finally(() => clearTimeout(timer));
  }

  wait(pending) {
    this.pending = pending;
    this.send.setAttribute("aria-disabled", String(pending));
    if (this.starters) this.starters.hidden = true;
  }

  refuse(why) {
    this.refusal.textContent = why;
    this.refusal.hidden = !why;
    if (why) this.field.setAttribute("aria-invalid", "true");
    else this.field.removeAttribute("aria-invalid");
  }

  // Characters left, as the server counts them: code points after trimming.
  count() {
    const rest = Number(this.field.dataset.most) - [...this.field.value.trim()].length;
    this.left.hidden = rest > SOON;
    this.left.textContent = fill(this.words[rest < 0 ? "over" : "left"], { count: Math.abs(rest) });
    return rest;
  }
}

function reveal(turn, block) {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  turn.scrollIntoView({ block, behavior: still ? "auto" : "smooth" });
}

const form = document.getElementById("ask");
if (form) new Conversation(form).listen();
