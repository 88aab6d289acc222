// Builds DOM nodes. Text goes in as text nodes, never as markup, so nothing a message holds can become HTML.

const SVG = "http://www.w3.org/2000/svg";

// The page's icons: strokes on a 24 by 24 grid.
const ICONS = {
  back: "M15 5l-7 7 7 7",
  more: "M12 5.5v.01M12 12v.01M12 18.5v.01",
  clip: "M20 11.5l-8.2 8.2a5 5 0 0 1-7-7L13 4.400a3.3 3.3 0 0 1 4.7 4.700l-8.2 8.200a1.6 1.6 0 0 1-2.3-2.300l7.5-7.5",
  send: "M12 20V5M5.5 11L12 4.500l6.5 6.5",
  down: "M12 5v14M6 13l6 6 6-6",
  keys: "M4 6h16v12H4zM8 10v.01M12 10v.01M16 10v.01M8 14h8",
  moon: "M20 14.500A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.500z",
  sun: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2.500v2M12 19.500v2M2.5 12h2M19.5 12h2M5.3 5.300l1.4 1.400M17.3 17.300l1.4 1.400M5.3 18.700l1.4-1.400M17.3 6.700l1.4-1.4",
  reply: "M10 6L4 12l6 6M4.5 12H14a6 6 0 0 1 6 6v1",
  close: "M6 6l12 12M18 6L6 18",
  file: "M7 3h7l5 5v13H7zM14 3v5h5",
  pin: "M12 21s-7-6.5-7-11.500a7 7 0 0 1 14 0C19 14.5 12 21 12 21zM12 12a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z",
  out: "M8 16L17 7M9 7h8v8",
  share: "M14 5l7 6.5-7 6.500v-4C8 14 5 16 3 19c0-6 4-10 11-10z",
  copy: "M9 9h11v11H9zM15 9V4H4v11h5",
  block: "M12 3.500a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM6 6l12 12",
  plus: "M12 5v14M5 12h14",
  spark: "M4 10v4h3l6 5V5L7 10zM16.5 9a4 4 0 0 1 0 6M19 6.500a8 8 0 0 1 0 11",
};

// el makes an element. props are attributes, except data (an object for the dataset) and on… (event listeners);
// undefined, null and false leave an attribute out. Children are nodes, texts, or lists of both.
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "data") Object.assign(node.dataset, value);
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((c) => c !== undefined && c !== null && c !== false));
  return node;
}

// icon makes one of the drawings above; it is decoration, hidden from screen readers.
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", "icon");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

export const byId = (id) => document.getElementById(id);
