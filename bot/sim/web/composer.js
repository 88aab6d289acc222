// Where one writes: the text field with its command menu and inline mode, who writes, what is answered, chips.

import { api } from "./api.js";
import { byId, el, icon } from "./dom.js";
import { chips, commandMenu, hideChips } from "./commands.js";
import { face } from "./faces.js";
import { Inline } from "./inline.js";
import { summary } from "./chats.js";
import { fullName } from "./state.js";
import { Suggest } from "./suggest.js";

const asChannel = (user, admins) => (admins > 1 ? `As the channel (${user.first_name})` : "As the channel");
const PLACEHOLDER = "Message";
const TALLEST = 180; // px the text field grows to

export function mountComposer(app) {
  new Composer(app);
}

class Composer {
  #drafts = new Map(); // "chat/topic" → text
  #at = ""; // the chat the field's text belongs to
  #reply = null; // the message being answered
  #answered = new Set(); // force_reply messages that were answered or dismissed

  constructor(app) {
    this.app = app;
    this.field = byId("composer");
    this.suggest = new Suggest(this.field);
    this.inline = new Inline(app, this.suggest);
    byId("send").append(icon("send"));
    this.field.addEventListener("input", () => this.#changed());
    this.field.addEventListener("keydown", (event) => this.#key(event));
    this.field.addEventListener("blur", () => setTimeout(() => document.activeElement !== this.field && this.suggest.hide(), 150));
    byId("write").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    byId("write-as").addEventListener("change", (event) => app.state.setWriter(app.state.open.chat, Number(event.target.value)));
    app.state.addEventListener("open", () => this.#opened());
    for (const type of ["reset", "writer", "chat", "open"]) app.state.addEventListener(type, () => this.#drawWriter());
    for (const type of ["reset", "message", "delete", "chat", "open", "writer"]) app.state.addEventListener(type, () => this.#drawHints());
    this.#offer();
  }

  // #offer hands the composer's abilities to the other modules.
  #offer() {
    Object.assign(this.app, {
      fillComposer: (text) => this.#fill(text),
      takeText: () => this.#take(),
      say: (text) => this.#say(text),
      runCommand: (text) => this.#say(text),
      replyTo: (message) => this.#answer(message),
      inlineText: (query) => `@${this.app.state.bot.username} ${query ?? ""}`,
      placeholder: (text) => { this.field.placeholder = text || PLACEHOLDER; },
      hideChips: () => { hideChips(); this.#drawHints(); },
    });
  }

  #opened() {
    const { open } = this.app.state;
    const at = open ? `${open.chat}/${open.topic}` : "";
    if (at === this.#at) return; // read anew, after a break
    if (this.#at) this.#drafts.set(this.#at, this.field.value);
    this.#at = at;
    this.#answer(null);
    this.inline.stop();
    this.suggest.hide();
    this.field.value = this.#drafts.get(this.#at) ?? "";
    this.#grow();
    if (open && matchMedia("(hover: hover)").matches && !byId("chats").contains(document.activeElement)) this.field.focus();
  }

  #changed() {
    this.#grow();
    const text = this.field.value;
    if (!this.app.state.open) return;
    if (this.inline.take(text) || commandMenu(this.app, this.suggest, text)) return;
    this.suggest.hide();
  }

  #grow() {
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight, TALLEST)}px`;
    byId("send").disabled = this.field.value.trim() === "";
  }

  #key(event) {
    if (event.isComposing || this.suggest.key(event)) return;
    if (event.key === "Enter" && !event.shiftKey && !matchMedia("(pointer: coarse)").matches) {
      event.preventDefault();
      this.#submit();
    } else if (event.key === "Escape" && this.#reply) {
      event.stopPropagation();
      this.#answer(null);
    }
  }

  #fill(text) {
    this.field.value = text;
    this.field.focus();
    this.field.setSelectionRange(text.length, text.length);
    this.#changed();
  }

  #take() {
    const text = this.field.value;
    this.field.value = "";
    this.#changed();
    return text;
  }

  #submit() {
    if (this.field.value.trim()) this.#say(this.#take(), true);
  }

  // #say sends text to the open chat; what couldn't be sent goes back into the field when it was typed there.
  async #say(text, typed = false) {
    const reply = this.#reply?.message_id;
    this.suggest.hide();
    if (!typed && /^[/@]/.test(this.field.value)) this.#take(); // a command picked from the menu replaces its beginning
    this.#answer(null);
    const sent = await this.app.act((place) => api.send(place, text, reply));
    if (!sent && typed && !this.field.value) this.#fill(text);
  }

  #answer(message) {
    if (!message && this.#reply) this.#answered.add(this.#reply.message_id);
    this.#reply = message;
    const box = byId("reply");
    box.hidden = !message;
    if (!message) return;
    const { state } = this.app;
    const who = message.sender_chat?.title ?? fullName(message.from);
    box.replaceChildren(icon("reply"), el("span", {}, el("b", {}, who), el("span", {}, summary(state, state.open.chat, { ...message, from: undefined }))),
      el("button", { class: "round", type: "button", "aria-label": "Don’t reply", onclick: () => { this.#answer(null); this.field.focus(); } }, icon("close")));
    this.field.focus();
  }

  #drawWriter() {
    const { state } = this.app;
    const { open } = state;
    if (!open) return;
    const all = state.writers(open.chat);
    const writer = state.writer(open.chat);
    const channel = state.entry(open.chat).chat.type === "channel";
    byId("as").hidden = all.length < 2 && !(channel && writer);
    byId("as").title = channel ? "You write as the channel, by its administrator" : "Who you are writing as";
    byId("as-face").replaceChildren(...(writer ? [face(channel ? state.entry(open.chat).chat : writer)] : []));
    byId("write-as").replaceChildren(...all.map((u) => el("option", { value: u.id, selected: u.id === writer?.id }, channel ? asChannel(u, all.length) : fullName(u))));
  }

  // #drawHints shows the chips, a question that asks for a reply, or why nobody can write here.
  #drawHints() {
    const { state } = this.app;
    if (!state.open) return;
    const entry = state.entry(state.open.chat);
    const list = chips(this.app);
    byId("chips").replaceChildren(...list);
    byId("chips").hidden = list.length === 0;
    const closed = this.#closed(entry);
    byId("closed").replaceChildren(...closed);
    byId("closed").hidden = closed.length === 0;
    byId("write").classList.toggle("shut", closed.length > 0);
    const last = state.messages(entry.chat.id, state.open.topic).at(-1);
    if (last?.reply_markup?.force_reply && !this.#answered.has(last.message_id)) this.#answer(last);
  }

  #closed(entry) {
    if (!this.app.state.place()) return ["Only administrators can write in this channel."];
    if (entry.chat.type !== "private" || this.app.state.hasBot(entry)) return [];
    const onclick = () => this.app.act((place) => api.join(place, "unblock"));
    return ["You blocked the bot. ", el("button", { class: "plain", type: "button", onclick }, "Unblock")];
  }
}
