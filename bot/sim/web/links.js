// Which addresses become links, and what a click on one does. http, https, mailto and tg are links; any other
// scheme stays text. Links to the bot itself (deep links) act inside the page.

import { el } from "./dom.js";

const SCHEMES = new Set(["http:", "https:", "mailto:", "tg:"]);
const TELEGRAM = new Set(["t.me", "telegram.me", "telegram.dog"]);
const START = /^[A-Za-z0-9_-]{1,64}$/; // https://core.telegram.org/bots/features#deep-linking

// safeURL parses an address; null unless it may be a link. A bare domain, as Telegram recognises it in a text, gets http.
export function safeURL(raw) {
  const text = String(raw ?? "");
  const url = URL.parse(text) ?? URL.parse("http://" + text);
  return url && SCHEMES.has(url.protocol) ? url : null;
}

// deepLink reads a t.me or tg:// link: { name, start } or { name, group: true }; null for any other address.
export function deepLink(url) {
  const query = url.searchParams;
  let name = "";
  if (url.protocol === "tg:" && (url.host || url.pathname.replaceAll("/", "")) === "resolve") name = query.get("domain");
  else if (TELEGRAM.has(url.hostname)) name = url.pathname.slice(1);
  if (!/^\w{3,32}$/.test(name ?? "")) return null;
  const start = query.get("start") ?? "";
  return { name, start: START.test(start) ? start : "", group: query.has("startgroup") || query.has("startchannel") };
}

// follow opens an address the way Telegram would: deep links to the bot in the page, the web in a new tab.
// It returns true where the page has dealt with it.
export function follow(app, url) {
  const deep = deepLink(url);
  if (deep && deep.name.toLowerCase() === app.state.bot.username?.toLowerCase()) {
    if (deep.group) app.toast("Adding the bot to a group by a link isn’t part of this trial.");
    else app.startBot(deep.start);
    return true;
  }
  if (url.protocol === "tg:") {
    app.toast("This link opens only in Telegram.");
    return true;
  }
  return false;
}

// link makes an anchor around children, or a plain span where the address may not be a link.
export function link(app, raw, props, ...children) {
  const url = safeURL(raw);
  if (!url) return el("span", props, ...children);
  const onclick = (event) => follow(app, url) && event.preventDefault();
  return el("a", { href: url.href, target: "_blank", rel: "noopener noreferrer", title: url.href, onclick, ...props }, ...children);
}
