// Link previews. The page asks no other server, so a card shows what the message and the address tell: the words that
// carry the link or the words of the path, the host, an initial. It honours the message's link_preview_options
// (Bot API, LinkPreviewOptions).

import { el } from "./dom.js";
import { deepLink, link, safeURL } from "./links.js";

const WORDS = 12; // words of the path that a card shows at most

// previewOf returns { node, above } for a message, or null where it has no preview.
export function previewOf(app, message) {
  const options = message.link_preview_options ?? {};
  if (options.is_disabled) return null;
  const url = safeURL(options.url || firstURL(message));
  if (!url || !url.protocol.startsWith("http") || deepLink(url)) return null;
  return { node: card(app, url, linkWords(message, url) || pathWords(url), options.prefer_large_media && !options.prefer_small_media), above: options.show_above_text === true };
}

function firstURL(message) {
  const entity = (message.entities ?? []).find((e) => e.type === "text_link" || e.type === "url");
  return entity && (entity.url ?? message.text.slice(entity.offset, entity.offset + entity.length));
}

// linkWords is the text that carries the link in the message.
function linkWords(message, url) {
  const entities = message.entities ?? message.caption_entities ?? [];
  const entity = entities.find((e) => e.type === "text_link" && safeURL(e.url)?.href === url.href);
  return entity && (message.text ?? message.caption).slice(entity.offset, entity.offset + entity.length);
}

function card(app, url, title, large) {
  const host = site(url);
  const initial = (host.match(/\p{L}/u)?.[0] ?? "•").toUpperCase();
  return link(app, url.href, { class: large ? "preview large" : "preview" },
    el("span", { class: "preview-text" }, el("span", { class: "preview-host" }, host), el("span", { class: "preview-title" }, title)),
    el("span", { class: `preview-face tone-${tone(host)}`, "aria-hidden": "true" }, initial));
}

// site names whose page it is. Behind a bare address several sites are told apart by the first part of the path.
export function site(url) {
  const first = decode(url.pathname.split("/")[1] ?? "");
  if (/^127\.|^\[::1\]$|^localhost$/.test(url.hostname)) return first ? `${first} · on this computer` : "On this computer";
  return first && /^[\d.]+$|^\[/.test(url.hostname) ? `${url.host}/${first}` : url.host.replace(/^www\./, "");
}

// pathWords reads a headline from the last part of a path that has words: /2024/harbour-reopens.html → Harbour reopens.
function pathWords(url) {
  const parts = url.pathname.split("/").map(decode).map((p) => p.replace(/\.\w{2,5}$/, ""));
  const best = parts.findLast((p) => /\p{L}{3}/u.test(p)) ?? "";
  const words = best.split(/[-_+\s]+/).filter((w) => /[\p{L}]|^\d{1,4}$/u.test(w)).slice(0, WORDS);
  const text = words.join(" ");
  return text ? text[0].toUpperCase() + text.slice(1) : "Open the page";
}

function decode(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part; // not UTF-8: shown as it is
  }
}

// tone picks one of the page's six colours for a name, always the same one.
export function tone(name) {
  let sum = 0;
  for (const char of String(name)) sum = (sum * 33 + char.codePointAt(0)) % 65521;
  return sum % 6;
}
