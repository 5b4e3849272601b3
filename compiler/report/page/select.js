// select.js: one selection for the whole page. A click anywhere selects something; every view
// then marks what belongs to it: layers, groups, buffers, source lines.

const views = [];  // each {id, title, mount(element), mark(selection), count?}
let selection = null;

const lineKey = (file, line) => file + "\n" + line;

// Layers whose text covers a line; those that begin there, if any do.
function layersOnLine(file, line) {
  const on = layers.filter((l) => l.file === file && l.line <= line && line <= l.end_line);
  const begin = on.filter((l) => l.line === line);
  return begin.length ? begin : on;
}

function layersOfDecision(d) {
  const names = [d.node, d.other && d.other.node];
  return names.flatMap((n) => {
    if (!n) return [];
    const l = layerByName.get(n), x = groupByName.get(n);
    return l ? [l] : x ? x.members : [];
  });
}

// What a selection means: the layers it is about decide the rest.
const MEANING = {
  layer: (l) => ({layers: [l], groups: l.home ? [l.home] : []}),
  group: (x) => ({layers: [...x.members, ...x.gone], groups: [x]}),
  block: (b) => ({layers: layers.filter((l) => within(l.block, b.index))}),
  buffer: (b) => ({layers: b.writers.flatMap((x) => x.members), groups: b.writers, buffers: [b]}),
  value: (v) => {
    const x = groupOfValue.get(v.name);
    return {
      layers: x ? x.members : [],
      groups: x ? [x] : [],
      buffers: v.buffer === null ? [] : [buffers[v.buffer]]
    };
  },
  line: ({file, line}) => ({layers: layersOnLine(file, line)}),
  decision: (d) => ({
    layers: layersOfDecision(d),
    groups: groupByName.has(d.node) ? [groupByName.get(d.node)] : undefined
  }),
};

function meaning(kind, thing) {
  const m = MEANING[kind](thing);
  const home = m.groups || [...new Set(m.layers.map((l) => l.home).filter(Boolean))];
  const written = m.buffers ||
      home.flatMap((x) => x.outputs.map((n) => valueByName.get(n)))
          .filter((v) => v && v.buffer !== null)
          .map((v) => buffers[v.buffer]);
  return {
    kind,
    thing,
    layers: new Set(m.layers),
    names: new Set(m.layers.map((l) => l.name)),
    groups: new Set(home),
    buffers: new Set(written),
    blocks: new Set(kind === "block" ? [thing] : []),
  };
}

function select(kind, thing, from) {
  selection = kind ? meaning(kind, thing) : null;
  document.body.classList.toggle("selected", selection !== null);
  for (const v of views)
    if (v.mounted) v.mark(selection, from === v.id);
  markSource(selection, from === "source");
  showDetails(selection);
}

// Scrolls an element into the middle of its own scroller, and nothing else.
function reveal(el, scroller) {
  if (!el || !scroller || !scroller.clientHeight) return;
  const a = el.getBoundingClientRect(), b = scroller.getBoundingClientRect();
  if (a.top < b.top + 30 || a.bottom > b.bottom)
    scroller.scrollTop += a.top - b.top - scroller.clientHeight / 2 + a.height / 2;
  if (a.left >= b.right || a.right <= b.left)
    scroller.scrollLeft +=
        a.left - b.left - scroller.clientWidth / 2 + Math.min(a.width, scroller.clientWidth) / 2;
}
