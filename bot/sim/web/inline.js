// Inline mode: "@botname words" in any chat asks the bot, shows its results as one types, and sends the chosen one
// (Bot API, InlineQuery). Further pages are asked for when the end of the list comes into sight.

import { api } from "./api.js";
import { el } from "./dom.js";
import { safeURL } from "./links.js";
import { site, tone } from "./preview.js";

const PAUSE = 250; // ms of quiet before a query is sent

export class Inline {
  #timer = 0;
  #turn = 0; // counts queries: a late answer to an old one is dropped
  #page = null; // { place, query, id, results, next, busy }

  constructor(app, suggest) {
    Object.assign(this, { app, suggest });
  }

  // take looks at the text field; false where its text is no inline query.
  take(text) {
    const name = this.app.state.bot.username ?? "";
    if (this.#offerName(name, text)) return true;
    const query = queryOf(name, text);
    if (query === null || !this.app.state.place()) {
      this.stop();
      return false;
    }
    const turn = ++this.#turn;
    clearTimeout(this.#timer);
    if (!this.suggest.isOpen) this.suggest.say("Asking the bot…", true);
    this.#timer = setTimeout(() => this.#ask(turn, query, ""), PAUSE);
    return true;
  }

  stop() {
    clearTimeout(this.#timer);
    this.#turn += 1;
    this.#page = null;
  }

  // #offerName completes the bot's name while it is being typed.
  #offerName(name, text) {
    if (!/^@\w*$/.test(text) || !("@" + name).toLowerCase().startsWith(text.toLowerCase())) return false;
    this.stop();
    const option = el("div", { class: "command" }, el("b", {}, "@" + name), el("span", {}, "Find a story and share it here"));
    this.suggest.show([option], { pick: () => this.app.fillComposer(this.app.inlineText("")) });
    return true;
  }

  async #ask(turn, query, offset) {
    const place = this.app.state.place();
    try {
      const answer = await api.inline(place, query, offset);
      if (turn !== this.#turn) return;
      const before = offset ? this.#page.results : [];
      this.#page = { query, id: answer.query_id, button: answer.button, next: answer.next_offset ?? "", busy: false,
        results: [...before, ...(answer.results ?? []).map((r) => ({ ...r, query: answer.query_id }))] };
      this.#draw(turn, offset !== "");
    } catch (error) {
      if (turn === this.#turn) this.suggest.say(error.message);
    }
  }

  #draw(turn, further) {
    const { results, button } = this.#page;
    const head = button && el("button", { class: "inline-button", type: "button", onclick: () => this.#useButton(button) }, button.text);
    if (results.length === 0 && !head) return this.suggest.say("Nothing found");
    this.suggest.show(results.map(option), {
      head,
      active: further ? this.suggest.active : 0,
      keepScroll: further,
      pick: (i) => this.#choose(results[i]),
      more: () => this.#more(turn),
    });
  }

  #more(turn) {
    const page = this.#page;
    if (turn !== this.#turn || !page?.next || page.busy) return;
    page.busy = true;
    this.#ask(turn, page.query, page.next);
  }

  async #choose(result) {
    const place = this.app.state.place();
    this.stop();
    this.suggest.hide();
    const text = this.app.takeText();
    try {
      const { message } = await api.choose(place, result.query, result.id);
      if (message) this.app.state.add(place.chat, message);
    } catch (error) {
      this.app.fillComposer(text);
      this.app.fail(error);
    }
  }

  #useButton(button) {
    if (button.start_parameter === undefined) return this.app.toast("This button works only in Telegram.");
    this.app.takeText();
    this.app.startBot(button.start_parameter);
  }
}

function queryOf(name, text) {
  const match = /^@(\w+)\s([\s\S]*)$/.exec(text);
  return name && match?.[1].toLowerCase() === name.toLowerCase() ? match[2].trim() : null;
}

function option(result) {
  const title = result.title ?? result.id;
  const url = result.url && safeURL(result.url);
  const host = url && site(url);
  return el("div", { class: "result", data: { inlineResult: result.id } },
    el("span", { class: `result-face tone-${tone(host || title)}`, "aria-hidden": "true" }, ([...title][0] ?? "•").toUpperCase()),
    el("span", { class: "result-text" }, el("b", {}, title), result.description && el("span", {}, result.description), host && el("small", {}, host)));
}
