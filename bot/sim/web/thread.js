// The open chat: its header, its messages in order with day separators, and where it is scrolled to. It follows
// new messages only while the reader is at the bottom; otherwise a pill says that there are some.

import { botFace, chatFace, chatTitle } from "./faces.js";
import { byId, el, icon } from "./dom.js";
import { summary } from "./chats.js";
import { messageNode } from "./message.js";
import { fullName } from "./state.js";
import { dayName } from "./time.js";

const NEAR = 90; // px from the bottom that still count as the bottom
const GROUP = 300; // s between messages of one sender that are shown as one run
const SETTLE = 250; // ms after a change of size in which a scroll is not the reader's
const TYPING = 6000; // ms that "typing" is shown without another one

export function mountThread(app) {
  new Thread(app);
}

class Thread {
  follow = true; // the reader is at the bottom
  #size = ""; // of the box and of what is in it, when #resized saw them last
  #settling = 0; // the timer that runs while its size has just changed
  #missed = 0; // messages that arrived while they weren't
  #typing = 0;

  constructor(app) {
    this.app = app;
    this.box = byId("scroll");
    this.list = byId("messages");
    this.pill = byId("newest");
    this.pill.addEventListener("click", () => this.#toBottom());
    this.box.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    addEventListener("resize", () => this.follow && this.#settle()); // comes before any scroll that it causes
    const sizes = new ResizeObserver(() => this.#resized());
    for (const node of [this.box, this.list]) sizes.observe(node);
    // A quote that opens at the bottom stays where it is: one wants to read its beginning.
    this.list.addEventListener("click", (event) => { if (event.target.closest(".more")) this.follow = false; });
    const here = (run) => ({ detail }) => this.#isOpen(detail) && run(detail.message);
    const on = (type, run) => app.state.addEventListener(type, run);
    for (const type of ["open", "reset", "writer"]) on(type, () => this.#draw());
    on("chat", () => this.#header());
    on("message", here((m) => this.#add(m)));
    on("edit", here((m) => this.#edit(m)));
    on("delete", here((m) => this.#remove(m)));
    on("typing", here(() => this.#showTyping()));
    app.showMessage = (id) => this.#show(id);
  }

  #isOpen({ chat, topic }) {
    const { open } = this.app.state;
    return open?.chat === chat && open.topic === topic;
  }

  #draw() {
    const { state } = this.app;
    const thread = byId("thread");
    thread.dataset.openChat = state.open?.chat ?? "";
    thread.dataset.openTopic = state.open?.topic ?? "";
    this.#header();
    this.list.replaceChildren();
    if (!state.open) return;
    const { chat, topic } = state.open;
    const messages = state.messages(chat, topic);
    if (messages.length === 0) this.list.append(emptyHint(this.app, state.entry(chat)));
    for (const message of messages) this.#append(message);
    this.#toBottom();
  }

  #header() {
    const { state } = this.app;
    byId("who").replaceChildren(...(state.open ? title(state) : []));
    byId("chat-menu").hidden = !state.open;
  }

  // #append adds a message at the end, under a day separator where a day begins.
  #append(message) {
    const node = messageNode(this.app, this.app.state.open.chat, message);
    const last = this.list.lastElementChild;
    if (last?.dataset.day !== node.dataset.day) {
      this.list.append(el("div", { class: "day", role: "separator", data: { day: node.dataset.day } }, el("span", {}, dayName(message.date))));
    }
    this.list.append(node);
    this.#join(node);
    return node;
  }

  // #join marks a message that goes on where the one before it, by the same sender, stopped.
  #join(node) {
    const before = node?.previousElementSibling;
    if (!node?.classList.contains("message")) return;
    const { state } = this.app;
    const time = (n) => state.message(state.open.chat, Number(n.dataset.message))?.date ?? 0;
    const run = before?.classList.contains("message") && !before.classList.contains("service") &&
      before.dataset.sender === node.dataset.sender && time(node) - time(before) < GROUP;
    node.classList.toggle("run", Boolean(run));
  }

  #add(message) {
    const { state } = this.app;
    const own = state.own(state.open.chat, message);
    const follow = this.follow || own;
    this.list.querySelector(".empty")?.remove();
    if (!own) this.#showTyping(false);
    this.#append(message).classList.add("fresh");
    if (!own) this.#announce(message);
    if (follow) this.#toBottom();
    else this.#missed += 1;
    state.seen();
    this.#showPill();
  }

  #edit(message) {
    const old = this.#node(message.message_id);
    if (!old) return;
    const { chat } = this.app.state.open;
    const node = messageNode(this.app, chat, message);
    const held = old.contains(document.activeElement) ? document.activeElement.dataset.button : undefined;
    old.replaceWith(node);
    node.classList.add("changed");
    this.#join(node);
    if (held !== undefined) refocus(node, held);
    if (this.follow) this.#toBottom();
  }

  #remove(message) {
    const node = this.#node(message.message_id);
    if (!node) return;
    const next = node.nextElementSibling;
    const before = node.previousElementSibling;
    node.remove();
    if (before?.classList.contains("day") && !next?.classList.contains("message")) before.remove();
    this.#join(next);
  }

  #node(id) {
    return this.list.querySelector(`[data-message="${Number(id)}"]`);
  }

  #show(id) {
    const node = this.#node(id);
    if (!node) return this.app.toast("That message isn’t here any more.");
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    node.scrollIntoView({ block: "center", behavior: calm ? "instant" : "smooth" });
    node.classList.remove("changed");
    requestAnimationFrame(() => node.classList.add("changed"));
  }

  #announce(message) {
    byId("announce").textContent = summary(this.app.state, this.app.state.open.chat, message);
  }

  #showTyping(on = true) {
    clearTimeout(this.#typing);
    byId("who").classList.toggle("typing", on);
    if (on) this.#typing = setTimeout(() => this.#showTyping(false), TYPING);
  }

  // A changed size moves what is shown, and that is no wish of the reader: #resized follows in the same frame and decides.
  #scrolled() {
    if (this.#settling || this.#size !== this.#measured()) return;
    this.follow = this.#below() < NEAR;
    if (this.follow) this.#missed = 0;
    this.#showPill();
  }

  #resized() {
    const [width, height] = this.#size.split(",");
    this.#size = this.#measured();
    if (this.follow && this.#size.startsWith(`${width},${height},`)) return this.#toBottom();
    if (this.follow) return this.#settle();
    this.follow = this.#below() < 1;
    this.#showPill();
  }

  // When a phone is turned, some browsers move the thread back after they have told its new size.
  #settle() {
    this.#toBottom();
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => {
      this.#settling = 0;
      if (this.follow) this.#toBottom();
    }, SETTLE);
  }

  #measured() {
    return [this.box.clientWidth, this.box.clientHeight, this.box.scrollHeight].join();
  }

  #below() {
    return this.box.scrollHeight - this.box.scrollTop - this.box.clientHeight;
  }

  #toBottom() {
    this.#missed = 0;
    this.follow = true;
    this.box.scrollTop = this.box.scrollHeight;
    this.#showPill();
  }

  #showPill() {
    this.box.classList.toggle("following", this.follow);
    this.pill.hidden = this.follow;
    const words = this.#missed === 1 ? "1 new message" : `${this.#missed} new messages`;
    this.pill.replaceChildren(...(this.#missed ? [words] : []), icon("down"));
    this.pill.setAttribute("aria-label", this.#missed ? `${words}, go to the newest` : "Go to the newest message");
  }
}

// refocus keeps the keyboard's place when an edit replaces the button under it.
function refocus(node, text) {
  const keys = [...node.querySelectorAll(".key")];
  (keys.find((k) => k.dataset.button === text) ?? keys[0])?.focus({ preventScroll: true });
}

function title(state) {
  const entry = state.entry(state.open.chat);
  const topic = state.topics(entry).find((t) => t.id === state.open.topic);
  const name = topic?.name ? `${topic.icon ?? ""} ${topic.name}`.trim() : chatTitle(state, entry);
  return [chatFace(state, entry), el("div", {}, el("h2", {}, name), el("p", { class: "about" }, about(state, entry, topic)), el("p", { class: "writing" }, "typing", el("i"), el("i"), el("i")))];
}

function about(state, entry, topic) {
  if (entry.chat.type === "private") return state.hasBot(entry) ? `bot · you are ${fullName(state.writer(entry.chat.id))}` : "blocked";
  const kind = entry.chat.type === "channel" ? "channel" : "group";
  const people = entry.members?.length ?? 0;
  const bot = (state.hasBot(entry) ? "" : " · the bot isn’t here") + (topic?.closed ? " · closed" : "");
  return `${topic?.name ? `${entry.chat.title} · ` : ""}${kind}${people ? `, ${people} ${entry.chat.type === "channel" ? "subscribers" : "members"}` : ""}${bot}`;
}

function emptyHint(app, entry) {
  if (entry.chat.type !== "private") return el("div", { class: "empty small" }, el("p", {}, "No messages here yet."));
  const start = el("button", { class: "start", type: "button", data: { command: "start" }, onclick: () => app.say("/start") }, "Start");
  return el("div", { class: "empty" }, botFace(),
    el("h3", {}, "The news, read for you"),
    el("p", {}, "Herald follows feeds, tells each story once, and remembers who said what. Ask for the latest stories, for quotes, or paste a link to an article."),
    start);
}
