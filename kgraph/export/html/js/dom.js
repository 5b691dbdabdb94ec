// Elements from data. Texts become text nodes, never markup.

/**
 * Make an element. `props`: "class", "on" (event name: listener), "style" (custom properties), booleans, attributes.
 * Children: elements, strings, arrays of them; null and false are left out.
 */
export function h(tag, props, ...children) {
  return fill(document.createElement(tag), props, children);
}

/** Make an SVG element, as `h` does. */
export function svg(tag, props, ...children) {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", tag), props, children);
}

function fill(element, props, children) {
  for (const [name, value] of Object.entries(props || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") {
      for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
    } else if (name === "style") {
      for (const [property, setting] of Object.entries(value)) element.style.setProperty(property, setting);
    } else if (name === "checked" || name === "value" || name === "open") {
      element[name] = value;
    } else {
      element.setAttribute(name, value === true ? "" : String(value));
    }
  }
  append(element, children);
  return element;
}

function append(element, children) {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    if (Array.isArray(child)) append(element, child);
    else element.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
}

/** Replace what `element` holds. */
export function put(element, ...children) {
  element.replaceChildren();
  append(element, children);
  return element;
}

/** A link that leaves the page: only http and https, no referrer, no opener. */
export function outside(url, label) {
  if (!/^https?:\/\//i.test(url)) return h("span", {}, label);
  return h("a", { href: url, rel: "noopener noreferrer", target: "_blank", class: "outside" }, label);
}

/** "1 paper", "2 papers", "1,234 papers". */
export function count(n, one, many) {
  return `${n.toLocaleString("en")} ${n === 1 ? one : many || one + "s"}`;
}

/** A share of one as "92%"; what is not quite sure is never "100%". */
export function percent(share) {
  return share < 1 && share > 0.99 ? "over 99%" : `${Math.round(share * 100)}%`;
}

/** Cut a text to `limit` characters at a word, with an ellipsis. */
export function shorten(text, limit) {
  if (text.length <= limit) return text;
  const cut = text.slice(0, limit);
  const space = cut.lastIndexOf(" ");
  return (space > limit * 0.6 ? cut.slice(0, space) : cut).trimEnd() + "…";
}

/** Lower case, without accents and compatibility forms: how texts are compared in a search. */
export function fold(text) {
  return text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
}

/** The letters and digits of a text, folded: "ZeRO-3" and "zero 3" are one. */
export function keyOfText(text) {
  return fold(text).replace(/[^\p{L}\p{N}]+/gu, "");
}
