// Turns a message's text and entities into DOM nodes. Offsets and lengths are UTF-16 code units, which is how
// JavaScript strings count (Bot API, MessageEntity). Entities may nest; those that overlap or lie outside the
// text, which Telegram never sends, are cut to fit.

import { el } from "./dom.js";
import { link } from "./links.js";

const TAGS = new Map([["bold", "b"], ["italic", "i"], ["underline", "u"], ["strikethrough", "s"], ["code", "code"]]);
const BLOCKS = new Set(["blockquote", "expandable_blockquote", "pre"]);

// richText returns a fragment for text. app is asked when a link, command or mention is used.
export function richText(app, text = "", entities = []) {
  const fragment = document.createDocumentFragment();
  fill(app, fragment, text, 0, text.length, spans(text, entities));
  return fragment;
}

function spans(text, entities) {
  const whole = (entities ?? []).filter((e) => Number.isInteger(e.offset) && Number.isInteger(e.length));
  return whole
    .map((e) => ({ entity: e, from: Math.max(0, e.offset), to: Math.min(text.length, e.offset + e.length) }))
    .filter((s) => s.from < s.to)
    .sort(outerFirst);
}

const outerFirst = (a, b) => a.from - b.from || b.to - a.to;

// fill appends text[from:to] to parent, wrapping what the sorted list covers.
function fill(app, parent, text, from, to, list) {
  let at = from;
  let afterBlock = false;
  const plain = (end) => {
    if (at >= end) return;
    // The line break that ends a block is the block's own.
    const skip = afterBlock && text[at] === "\n" ? 1 : 0;
    parent.append(text.slice(at + skip, end));
    afterBlock = false;
    at = end;
  };
  while (list.length > 0) {
    const span = list.shift();
    const end = Math.min(span.to, to);
    const [inside, rest] = divide(list, end);
    plain(span.from);
    const node = wrap(app, span.entity, text.slice(span.from, end));
    fill(app, node.inner ?? node.outer, text, span.from, end, inside);
    parent.append(node.outer);
    at = end;
    afterBlock = BLOCKS.has(span.entity.type);
    list = rest;
  }
  plain(to);
}

// divide splits the list at a position: what starts before it is inside, cut there, and goes on behind it.
function divide(list, end) {
  const inside = [];
  const rest = [];
  for (const span of list) {
    if (span.from >= end) rest.push(span);
    else inside.push({ ...span, to: Math.min(span.to, end) });
    if (span.from < end && span.to > end) rest.push({ ...span, from: end });
  }
  return [inside, rest.sort(outerFirst)];
}

// wrap makes the element of one entity; inner is where its text goes, when that isn't outer itself.
function wrap(app, entity, text) {
  switch (entity.type) {
    case "text_link":
      return { outer: link(app, entity.url, {}) };
    case "url":
      return { outer: link(app, text, {}) };
    case "email":
      return { outer: link(app, "mailto:" + text, {}) };
    case "bot_command":
      return { outer: act("command", () => app.runCommand(text)) };
    case "mention":
      return { outer: act("mention", () => app.openMention(text.slice(1))) };
    case "text_mention":
      return { outer: el("span", { class: "mention" }) };
    case "spoiler":
      return { outer: spoiler() };
    case "pre":
      return pre(entity.language);
    case "blockquote":
      return { outer: el("blockquote") };
    case "expandable_blockquote":
      return expandable();
    default:
      return { outer: el(TAGS.get(entity.type) ?? "span", { class: /^(hash|cash)tag$/.test(entity.type) && "tag" }) };
  }
}

// act is a piece of text that does something; a button would break the line's flow.
function act(name, run) {
  const onkeydown = (event) => event.key === "Enter" && run();
  return el("span", { class: name, role: "link", tabindex: "0", onclick: run, onkeydown });
}

function spoiler() {
  const node = el("span", { class: "spoiler", role: "button", tabindex: "0", "aria-label": "Hidden text, press to show" });
  const reveal = (event) => {
    if (node.classList.contains("shown") || (event.type === "keydown" && event.key !== "Enter")) return;
    event.preventDefault(); // the first click shows a hidden link, the second follows it
    event.stopPropagation();
    node.classList.add("shown");
    for (const name of ["role", "tabindex", "aria-label"]) node.removeAttribute(name);
  };
  node.addEventListener("click", reveal, true);
  node.addEventListener("keydown", reveal);
  return node;
}

function pre(language) {
  const code = el("code");
  return { outer: el("pre", { tabindex: "0", data: language ? { language } : {} }, code), inner: code };
}

// expandable shows three lines and a button; the button hides itself while everything fits.
function expandable() {
  const inner = el("div", { class: "clamp" });
  const more = el("button", { class: "more", type: "button", "aria-expanded": "false", hidden: true }, "Show more");
  more.addEventListener("click", () => {
    const open = inner.classList.toggle("open");
    more.textContent = open ? "Show less" : "Show more";
    more.setAttribute("aria-expanded", String(open));
  });
  overflow.observe(inner);
  return { outer: el("blockquote", { class: "expandable" }, inner, more), inner };
}

const overflow = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    const open = target.classList.contains("open");
    if (!open) target.nextElementSibling.hidden = target.scrollHeight <= target.clientHeight + 1;
  }
});
