// source.js: the network's text beside the views. A line shows how much of the time its layers
// take; a click on it selects them, and a selection marks its lines and the exact words.

const sourceBox = {
  code: null,
  lines: new Map(),
  file: null
};

// Time of the kernel calls whose anchor stands on a line.
const lineSeconds = new Map();
for (const x of groups) {
  if (!x.anchor || !x.anchor.line) continue;
  const key = lineKey(x.anchor.file, x.anchor.line);
  lineSeconds.set(
      key,
      (lineSeconds.get(key) || 0) + (hasProfile && x.measured !== null ? x.measured : x.seconds));
}

function mountSource() {
  const files = R.sources.map((s) => s.file);
  const pick = files.length > 1 ?
      h("select", {"aria-label": "File", onchange: () => openFile(pick.value)},
        files.map((f) => h("option", {value: f}, f))) :
      h("span", {class: "mono"}, files[0] || "");
  sourceBox.pick = files.length > 1 ? pick : null;
  sourceBox.code = h("div", {class: "code"});
  $("source").append(
      h("div", {class: "files"}, pick,
        h("span", {class: "right faint", style: "margin-left:auto"},
          hasProfile ? "share of measured time" : "share of predicted time")),
      sourceBox.code);
  openFile(R.source && files.includes(R.source) ? R.source : files[0]);
}

function openFile(file) {
  const source = R.sources.find((s) => s.file === file);
  if (!source || sourceBox.file === file) return;
  sourceBox.file = file;
  if (sourceBox.pick) sourceBox.pick.value = file;
  sourceBox.lines = new Map();
  const lines = source.text.replace(/\n$/, "").split("\n").map((s) => s.replace(/\r$/, ""));
  sourceBox.code.replaceChildren(
      h("div", {class: "lines"}, lines.map((text, i) => sourceLine(file, i + 1, text))));
  markSource(selection, true);
}

function sourceLine(file, n, text) {
  const seconds = lineSeconds.get(lineKey(file, n)),
        all = hasProfile ? totalMeasured : totalSeconds;
  const heat = h("span", {class: "t"});
  if (seconds && all) {
    const bar = h("i");
    bar.style.width = (36 * Math.sqrt(seconds / all)).toFixed(1) + "px";
    heat.append(bar, (100 * seconds / all).toFixed(seconds / all < 0.0995 ? 1 : 0) + "%");
  }
  const el =
      h("div", {class: "ln"}, h("span", {class: "n"}, String(n)), heat, h("span", {class: "s"}));
  el.text = text;
  fillLine(el, []);
  if (layersOnLine(file, n).length)
    clickable(el, () => select("line", {file, line: n}, "source"));
  else
    el.classList.add("bare");
  sourceBox.lines.set(n, el);
  return el;
}

// Columns of the report count bytes; text here counts UTF-16 units.
function unitOf(text, byte) {
  if (/^[\x00-\x7f]*$/.test(text)) return byte;
  return new TextDecoder().decode(new TextEncoder().encode(text).slice(0, byte)).length;
}

// The line's text with some ranges of bytes marked and its comment paler.
function fillLine(el, ranges) {
  const text = el.text, comment = text.indexOf("#");
  const edges = new Set([0, text.length]);
  if (comment >= 0) edges.add(comment);
  const marks = ranges.map(([a, b]) => [unitOf(text, a), Math.min(unitOf(text, b), text.length)]);
  for (const [a, b] of marks) {
    edges.add(a);
    edges.add(b);
  }
  const at = [...edges].filter((x) => x >= 0 && x <= text.length).sort((a, b) => a - b);
  const parts = [];
  for (let i = 0; i + 1 < at.length; i++) {
    const piece = text.slice(at[i], at[i + 1]);
    if (marks.some(([a, b]) => a <= at[i] && at[i + 1] <= b))
      parts.push(h("mark", {}, piece));
    else
      parts.push(comment >= 0 && at[i] >= comment ? h("span", {class: "c"}, piece) : piece);
  }
  el.lastChild.replaceChildren(...parts);
}

// Scrolls as little as shows the marked words.
function sideways(mark, box) {
  if (!mark || !box.clientWidth) return;
  const a = mark.getBoundingClientRect(), b = box.getBoundingClientRect(), numbers = 84;
  if (a.right > b.right - 14)
    box.scrollLeft += Math.min(a.right - b.right + 14, a.left - b.left - numbers);
  else if (a.left < b.left + numbers)
    box.scrollLeft += a.left - b.left - numbers;
}

function markSource(s, own) {
  const marked = new Map();  // line -> ranges
  const add = (thing) => {
    if (!thing || thing.file !== sourceBox.file || !thing.line) return;
    for (let n = thing.line; n <= thing.end_line; n++) {
      const from = n === thing.line ? thing.column - 1 : 0,
            to = n === thing.end_line ? thing.end_column - 1 : 1e6;
      if (to > from) marked.set(n, (marked.get(n) || []).concat([[from, to]]));
    }
  };
  if (s && !own) {
    const first = s.kind === "block" ? s.thing : [...s.layers][0];
    if (first && first.file && first.file !== sourceBox.file) openFile(first.file);
  }
  if (s) {
    if (s.kind === "block")
      add(s.thing);
    else
      for (const l of s.layers) add(l);
    if (s.kind === "decision") {
      add(s.thing);
      add(s.thing.other);
    }
  }
  let first = null;
  for (const [n, el] of sourceBox.lines) {
    const ranges = marked.get(n) || [];
    if (ranges.length || el.marked) fillLine(el, ranges);
    el.marked = ranges.length > 0;
    el.classList.toggle("on", el.marked);
    if (el.marked && !first) first = el;
  }
  if (!first || own) return;
  reveal(first, sourceBox.code);
  sideways(first.querySelector("mark"), sourceBox.code);
}
