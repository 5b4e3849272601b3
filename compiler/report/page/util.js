// util.js: elements, numbers as text, tooltips. Data becomes text nodes and attributes only,
// never markup, so names from a network's source cannot change the page.

const SVG = "http://www.w3.org/2000/svg";

// h("div", {class: "x", onclick: f}, "text", child, …); null children are left out.
function build(el, attrs, kids) {
  for (const [k, v] of Object.entries(attrs || {})) {
    if (v === null || v === undefined || (v === false && !k.startsWith("aria-"))) continue;
    if (k.startsWith("on"))
      el.addEventListener(k.slice(2), v);
    else
      el.setAttribute(k, v === true && !k.startsWith("aria-") ? "" : v);
  }
  for (const kid of kids.flat())
    if (kid !== null && kid !== undefined) el.append(kid);
  return el;
}
const h = (tag, attrs, ...kids) => build(document.createElement(tag), attrs, kids);
const g = (tag, attrs, ...kids) => build(document.createElementNS(SVG, tag), attrs, kids);
const $ = (id) => document.getElementById(id);

const sum = (list, f) => list.reduce((a, x) => a + f(x), 0);
const most = (list, f) => list.reduce((a, x) => Math.max(a, f(x)), 0);
const clamp = (x, low, high) => Math.min(high, Math.max(low, x));

// Room for a name at the beginning of a row.
const NARROW = matchMedia("(max-width: 900px)").matches;
const NAME_ROOM = NARROW ? 22 : 36;

// ---- numbers ----------------------------------------------------------------------------

const MINUS = "−";

function whole(n) {
  const digits = Math.abs(Math.round(n)).toString().replace(/\B(?=(\d{3})+$)/g, ",");
  return n < 0 ? MINUS + digits : digits;
}

// Three digits: 4.93, 49.3, 493.
function three(x) {
  const a = Math.abs(x);
  const text = a >= 99.95 ? a.toFixed(0) : a >= 9.995 ? a.toFixed(1) : a.toFixed(2);
  return (x < 0 ? MINUS : "") + text;
}

function scaled(n, base, units) {
  let i = 0;
  for (; Math.abs(n) >= base * 0.9995 && i < units.length - 1; i++) n /= base;
  return (i || !Number.isInteger(n) ? three(n) : whole(n)) + units[i];
}
const bytes = (n) => scaled(n, 1024, [" B", " KiB", " MiB", " GiB", " TiB"]);
const count = (n) => scaled(n, 1000, ["", " k", " M", " G", " T"]);

function time(s) {
  if (s === null || s === undefined) return "";
  if (s === 0) return "0";
  return Math.abs(s) < 0.9995e-3 ? three(s * 1e6) + " µs" :
      Math.abs(s) < 0.9995       ? three(s * 1e3) + " ms" :
                                   three(s) + " s";
}
const percent = (part, all) => (all > 0 ? ((100 * part) / all).toFixed(1) + " %" : "");
const shape = (dims) => dims.join("×");

// "layer1.0.conv1" in a place that knows "layer1": the last parts, cut in the middle if need be.
function shortened(text, most) {
  if (text.length <= most) return text;
  const tail = Math.ceil((most - 1) * 0.6);
  return text.slice(0, most - 1 - tail) + "…" + text.slice(text.length - tail);
}

// ---- tooltips ---------------------------------------------------------------------------

// rows: [[label, text], …]; a string is a line of its own.
function tipContent(title, rows) {
  return [
    h("b", {}, title),
    ...rows.filter((r) => r && (typeof r === "string" || r[1] !== ""))
        .map(
            (r) => typeof r === "string" ? h("div", {}, r) :
                                           h("div", {class: "row"}, h("span", {}, r[0]), r[1]))
  ];
}

function placeTip(tip, x, y) {
  const box = tip.getBoundingClientRect();
  tip.style.left = clamp(x + 14, 4, Math.max(4, innerWidth - box.width - 4)) + "px";
  tip.style.top =
      (y + 18 + box.height > innerHeight ? Math.max(4, y - box.height - 10) : y + 18) + "px";
}

// Shows `content()` while a mouse is over the element; a finger selects instead.
function hover(el, content) {
  const tip = $("tip");
  el.addEventListener("pointermove", (e) => {
    if (e.pointerType === "touch") return;
    if (tip.hidden || tip.owner !== el) {
      tip.replaceChildren(...content());
      tip.hidden = false;
      tip.owner = el;
    }
    placeTip(tip, e.clientX, e.clientY);
  });
  el.addEventListener("pointerleave", () => {
    tip.hidden = true;
    tip.owner = null;
  });
  return el;
}

// Enter and space do what a click does.
function clickable(el, action) {
  el.setAttribute("tabindex", "0");
  el.setAttribute("role", "button");
  el.addEventListener("click", action);
  el.addEventListener("keydown", (e) => {
    if (e.key !== "Enter" && e.key !== " ") return;
    e.preventDefault();
    action(e);
  });
  return el;
}

// Two fingers, or a wheel with Ctrl: zoom(by, {x, y}) with the place in the window that stays
// where it is. One finger scrolls as everywhere.
function zooms(el, zoom) {
  let last = 0;
  const span = (t) => Math.hypot(t[0].clientX - t[1].clientX, t[0].clientY - t[1].clientY);
  const middle = (t) =>
      ({x: (t[0].clientX + t[1].clientX) / 2, y: (t[0].clientY + t[1].clientY) / 2});
  el.style.touchAction = "pan-x pan-y";
  el.addEventListener("touchstart", (e) => {
    last = e.touches.length === 2 ? span(e.touches) : 0;
  }, {passive: true});
  el.addEventListener("touchmove", (e) => {
    if (e.touches.length !== 2 || !last) return;
    e.preventDefault();
    const now = span(e.touches);
    if (now > 0) zoom(now / last, middle(e.touches));
    last = now;
  }, {passive: false});
  el.addEventListener("wheel", (e) => {
    if (!e.ctrlKey && !e.metaKey) return;
    e.preventDefault();
    zoom(Math.exp(-e.deltaY / 300), {x: e.clientX, y: e.clientY});
  }, {passive: false});
  return el;
}

// A box that scrolls sideways around a chart; zooming widens the chart.
function chartBox(chart) {
  const box = h("div", {class: "scroll"}, chart);
  return zooms(box, (by, at) => {
    const svg = box.firstElementChild, was = svg.getBoundingClientRect().width;
    const wide = clamp(was * by, Math.min(was, box.clientWidth), 12 * box.clientWidth);
    const x = at.x - box.getBoundingClientRect().left;
    const left = (box.scrollLeft + x) * wide / was - x;
    svg.style.width = svg.style.minWidth = wide + "px";
    box.scrollLeft = left;
  });
}

// Buttons of which one is pressed. options: [[key, label], …].
function choice(options, chosen, action) {
  const box = h("span", {class: "group-of-buttons"});
  const press = (key) => {
    for (const b of box.children) b.setAttribute("aria-pressed", b.dataset.key === key);
    action(key);
  };
  for (const [key, label] of options)
    box.append(
        h("button", {"data-key": key, "aria-pressed": key === chosen, onclick: () => press(key)},
          label));
  return box;
}
