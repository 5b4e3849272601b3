// graph.js: the network as a graph. What runs together is one node that lists its layers; blocks
// are boxes that open and close; edges carry tensors. The levels are laid out one by one, inner
// blocks first, so that a block is a box with one port above and one below.

const NODE_W = 196, ROW_H = 14, HEAD_H = 21, FOOT_H = 15, PAD = 12, BLOCK_HEAD = 22;

// ---- nodes and blocks -------------------------------------------------------------------

// One node for each group, or for each layer as written.
function graphNodes(asWritten) {
  if (asWritten)
    return layers.map((l) => ({
                        thing: l,
                        kind: l.kind,
                        name: l.name,
                        block: l.block,
                        order: l.index,
                        rows: [l],
                        gone: [],
                        ins: l.inputs,
                        outs: [l.output],
                        shape: l.shape,
                        seconds: l.isAnchor ? l.home.seconds : 0,
                        layer: true
                      }));
  return groups.map(
      (x) => ({
        thing: x,
        kind: x.kind,
        name: x.name,
        order: x.index,
        rows: x.members,
        gone: x.gone,
        block: x.members.length ? x.members.map((l) => l.block).reduce(commonBlock) :
                                  blockOfReader(x),
        ins: x.inputs,
        outs: x.outputs,
        shape: (resultOf(x) || {shape: []}).shape,
        seconds: x.seconds,
        kernel: kernelText(x)
      }));
}

function blockOfReader(x) {
  const reader = groups.find((y) => y.inputs.some((n) => x.outputs.includes(n)));
  return reader && reader.anchor ? reader.anchor.block : 0;
}

function ends(asWritten) {
  const outs = asWritten ? R.outputs.map((o) => o.value) : R.outputs.map((o, i) => {
    const v = R.values.find((x) => x.place === "output" && x.index === i);
    return v ? v.name : o.value;
  });
  return [
    ...R.inputs.map((v) => ({
                      end: true,
                      kind: "end",
                      name: v.name,
                      block: 0,
                      order: -1,
                      rows: [],
                      gone: [],
                      ins: [],
                      outs: [v.name],
                      shape: v.shape,
                      seconds: 0
                    })),
    ...R.outputs.map((v, i) => ({
                       end: true,
                       kind: "end",
                       name: v.name,
                       block: 0,
                       order: 1e9,
                       rows: [],
                       gone: [],
                       ins: [outs[i]],
                       outs: [],
                       shape: v.shape,
                       seconds: 0
                     })),
  ];
}

// The tree of blocks with the nodes in each. A block around a single thing is no box of its own.
function blockTree(nodes) {
  const tree = blocks.map(
      (b) => ({block: b, labels: b.label ? [b.label] : [], of: b.block, items: [], seconds: 0}));
  for (const n of nodes) tree[n.block].items.push(n);
  for (let i = blocks.length - 1; i > 0; i--) {
    let t = tree[i];
    if (!t.items.length) continue;
    t.order = Math.min(...t.items.map((x) => x.order));
    t.seconds = sum(t.items, (x) => x.seconds);
    if (t.items.length === 1) {
      const only = t.items[0];
      if (only.items) {
        only.labels = t.labels.concat(only.labels);
        only.of = only.of || t.of;
      }
      tree[blocks[i].parent].items.push(only);
    } else {
      tree[blocks[i].parent].items.push(t);
    }
  }
  const settle = (t) => {
    for (const x of t.items)
      if (x.items)
        settle(x);
      else
        x.shownIn = t.block ? t.block.index : 0;
  };
  settle(tree[0]);
  const sort = (t) => {
    t.items.sort((a, b) => a.order - b.order);
    t.items.forEach((x) => {
      if (x.items) sort(x);
    });
  };
  sort(tree[0]);
  return tree[0];
}
// "layer1.0 · basic": labels, then the block's name where it says more.
function blockTitle(t) {
  const labels = t.labels.join("."), of = t.of && t.of !== labels ? t.of : "";
  return [labels, of].filter(Boolean).join(" · ") || "block";
}
const countNodes = (t) => t.items ? sum(t.items, countNodes) : 1;

// Opens blocks from the outside inwards while the picture stays readable.
function openSome(root, limit) {
  const open = new Set();
  let shown = root.items.length;
  for (const queue = root.items.filter((x) => x.items); queue.length;) {
    const t = queue.shift();
    if (shown + t.items.length - 1 > limit) continue;
    open.add(t.block);
    shown += t.items.length - 1;
    queue.push(...t.items.filter((x) => x.items));
  }
  return open;
}

// ---- sizes and places -------------------------------------------------------------------

const isClosed = (t, open) => t.items && !open.has(t.block);

function measureNode(n) {
  n.w = n.end ? 150 : NODE_W;
  n.h = n.end ? 30 : HEAD_H + ROW_H * Math.max(1, n.rows.length + n.gone.length) + FOOT_H;
  n.boxes = null;
}

// Lays out what is inside an open block, and gives it its size.
function measureBlock(t, open, root) {
  const boxes = t.items.map((x) => x);
  for (const x of boxes) {
    if (!x.items)
      measureNode(x);
    else if (isClosed(x, open)) {
      x.w = NODE_W;
      x.h = 44;
      x.boxes = null;
    } else
      measureBlock(x, open, false);
  }
  const edges = levelEdges(t, boxes, root);
  const size = layoutLevel(boxes, edges);
  t.boxes = boxes;
  t.edges = edges;
  const has = (port) => boxes.some((b) => b.port === port);
  t.head = root ? PAD :
      has("in") ? BLOCK_HEAD - GAP_Y + 12 :
                  BLOCK_HEAD + PAD; /* ports bring a gap along */
  t.w = Math.max(size.w, root ? 0 : 150) + 2 * PAD;
  t.h = t.head + size.h + (has("out") ? PAD - GAP_Y + 4 : PAD);
  t.shift = (t.w - size.w) / 2;
}

function* leaves(t) {
  if (!t.items)
    yield t;
  else
    for (const x of t.items) yield* leaves(x);
}

// Tensors between the boxes of one level; those that come in or go out use the block's ports.
function levelEdges(t, boxes, root) {
  const maker = new Map(), edges = new Map();
  boxes.forEach((b, i) => {
    for (const n of leaves(b))
      for (const v of n.outs) maker.set(v, i);
  });
  const real = boxes.length;
  const port = (key, order) => {
    let i = boxes.findIndex((b) => b.port === key);
    if (i < 0) {
      i = boxes.length;
      boxes.push({port: key, w: 8, h: 0, order, kind: "end", outs: [], ins: []});
    }
    return i;
  };
  const add = (from, to, v) => {
    const key = from + "," + to;
    if (!edges.has(key)) edges.set(key, {from, to, values: new Set()});
    edges.get(key).values.add(v);
  };
  for (let i = 0; i < real; i++)
    for (const n of leaves(boxes[i]))
      for (const v of n.ins) {
        const from = maker.get(v);
        if (from === undefined) {
          if (!root && allMade.has(v)) add(port("in", -2), i, v);
        } else if (from !== i)
          add(from, i, v);
      }
  if (!root) {
    const inside = new Set(maker.keys());
    for (const v of inside)
      if ((allReaders.get(v) || []).some((n) => !contains(t, n)))
        add(maker.get(v), port("out", 2e9), v);
  }
  return [...edges.values()];
}
let allReaders = new Map(), allMade = new Set();
function indexReaders(root) {
  allReaders = new Map();
  allMade = new Set();
  const stack = (t, path) => {
    if (t.items) {
      for (const x of t.items) stack(x, path.concat([t]));
      return;
    }
    t.path = new Set(path);
    for (const v of t.outs) allMade.add(v);
    for (const v of t.ins) {
      if (!allReaders.has(v)) allReaders.set(v, []);
      allReaders.get(v).push(t);
    }
  };
  stack(root, []);
}
const contains = (t, n) => n.path.has(t);

// ---- drawing ----------------------------------------------------------------------------

function drawText(cls, x, y, s, anchor) {
  return g("text", {class: cls, x, y, "text-anchor": anchor || null}, s);
}

function drawNode(n, view) {
  const el = g("g", {
    class: `node k-${n.kind}` + (n.end ? " end" : "") +
        (n.rows.length + n.gone.length > 1 ? " fused" : "") +
        (n.thing && n.thing.in_place ? " ghost" : "") + (n.layer && !n.thing.runs ? " ghost" : "")
  });
  el.append(g("rect", {class: "body", width: n.w, height: n.h, rx: n.end ? 15 : 7}));
  if (n.end) {
    el.append(
        drawText("name", n.w / 2, 13, shortened(n.name, 20), "middle"),
        drawText("foot", n.w / 2, 24, shape(n.shape), "middle"));
    return el;
  }
  el.append(
      g("path", {class: "edge", d: ""}),
      g("rect", {class: "tint", width: n.w, height: HEAD_H, rx: 7}));
  const wide = n.seconds > 0 ? 22 : 29;
  el.append(drawText("name", 9, 14, shortened(localName(n.name, n.shownIn), wide)));
  if (n.seconds > 0) el.append(drawText("time", n.w - 8, 14, time(n.seconds), "end"));
  let y = HEAD_H + 11;
  const rows = n.rows.map((l) => [l, false]).concat(n.gone.map((l) => [l, true]));
  rows.sort((a, b) => a[0].index - b[0].index);
  for (const [l, gone] of rows) {
    const row =
        g("g", {class: "row" + (gone ? " gone" : "")},
          g("rect", {x: 2, y: y - 11, width: n.w - 4, height: ROW_H, fill: "transparent"}),
          drawText("op", 9, y, shortened(describe(l), 31)));
    row.addEventListener("click", (e) => {
      if (view.moved) return;
      e.stopPropagation();
      select("layer", l, "graph");
    });
    el.append(row);
    y += ROW_H;
  }
  if (!rows.length) el.append(drawText("op", 9, y, shortened(n.kernel || "", 31)));
  el.append(drawText("foot", 9, n.h - 5, shape(n.shape)));
  if (n.kernel && rows.length)
    el.append(drawText("foot", n.w - 8, n.h - 5, shortened(n.kernel, 22), "end"));
  const part = totalSeconds > 0 ? n.seconds / view.hottest : 0;
  el.append(
      g("rect",
        {class: "heat", x: 0, y: n.h - 2.5, width: Math.max(0, n.w * part), height: 2.5, rx: 1}));
  clickable(el, () => {
    if (!view.moved) select(n.layer ? "layer" : "group", n.thing, "graph");
  });
  return hover(el, () => n.layer ? layerTip(n.thing) : groupTip(n.thing));
}

function groupTip(x) {
  const v = resultOf(x);
  return tipContent(x.name, [
    x.members.length > 1 ? x.members.map((l) => l.operator).join(" + ") : null,
    ["kernel", kernelText(x)],
    [
      "predicted",
      x.in_place ? "nothing runs" : time(x.seconds) + " · " + percent(x.seconds, totalSeconds)
    ],
    x.measured !== null ? ["measured", time(x.measured)] : null,
    ["multiply-adds", x.multiply_adds ? count(x.multiply_adds) : ""],
    ["moves", bytes(x.bytes_moved)],
    v ? ["result", shape(v.shape) + " " + (v.layout || "")] : null
  ]);
}
function layerTip(l) {
  return tipContent(l.name, [
    describe(l), ["shape", shape(l.shape)],
    ["parameters", l.parameters ? whole(l.parameters) : ""],
    ["multiply-adds", l.multiply_adds ? count(l.multiply_adds) : ""], ["runs in", l.runs_in]
  ]);
}

function drawClosed(t, view) {
  const n = countNodes(t), b = t.block;
  const el =
      g("g", {class: "block closed", "data-block": b.index},
        g("rect", {class: "behind", x: 5, y: 5, width: t.w, height: t.h, rx: 8}),
        g("rect", {width: t.w, height: t.h, rx: 8}),
        g("g", {class: "head"}, drawText("", 10, 18, "▸ " + shortened(blockTitle(t), 27))),
        drawText(
            "foot", 10, 34,
            `${n} ${n === 1 ? "kernel call" : "calls"} · ${time(t.seconds)} · ${
                percent(t.seconds, totalSeconds)}`));
  el.lastChild.setAttribute("style", "font-size:10px;fill:var(--soft)");
  clickable(el, () => {
    if (!view.moved) view.toggle(t);
  });
  return hover(el, () => blockTip(b, t));
}
function blockTip(b, t) {
  return tipContent(blockPath(b), [
    b.block ? "block " + b.block : null, ["layers", whole(b.layers)],
    ["kernel calls", whole(countNodes(t))], ["parameters", count(b.parameters)],
    ["multiply-adds", count(b.multiply_adds)],
    ["predicted", time(b.predicted_seconds) + " · " + percent(b.predicted_seconds, totalSeconds)]
  ]);
}

// A wire through its waypoints: upright at both ends, straight while it passes other boxes.
function wirePath(points) {
  let d = `M${points[0].x} ${points[0].y}`;
  for (let i = 1; i < points.length; i++) {
    const a = points[i - 1], b = points[i], m = (a.y + b.y) / 2;
    d += Math.abs(a.x - b.x) < 0.5 ? `L${b.x} ${b.y}` : `C${a.x} ${m} ${b.x} ${m} ${b.x} ${b.y}`;
  }
  return d;
}

function boxPort(box, side) {
  const port = box.boxes && box.boxes.find((b) => b.port === side);
  return port ? box.x - box.w / 2 + box.shift + port.x : box.x;
}

function drawLevel(t, view, x0, y0, out) {
  const dx = x0 + t.shift, dy = y0 + t.head;
  for (const e of t.edges) {
    const a = t.boxes[e.from], b = t.boxes[e.to];
    const points = [{x: dx + boxPort(a, "out"), y: a.port ? y0 : dy + a.y + a.h}];
    for (const p of e.points)
      points.push({x: dx + p.x, y: dy + p.top}, {x: dx + p.x, y: dy + p.bottom});
    points.push({x: dx + boxPort(b, "in"), y: b.port ? y0 + t.h : dy + b.y});
    const size = most([...e.values], (v) => (valueByName.get(v) || {bytes: 0}).bytes);
    const wire = g("path", {
      class: "wire",
      d: wirePath(points),
      "stroke-width": (1 + clamp(Math.log10(size + 1) - 3, 0, 4) * 0.55).toFixed(2)
    });
    wire.values = e.values;
    view.wires.push(wire);
    out.append(hover(
        wire, () => tipContent([...e.values].join(", "), [...e.values].slice(0, 3).map((v) => {
                const value = valueByName.get(v);
                return value ?
                    [shape(value.shape) + " " + (value.layout || ""), bytes(value.bytes)] :
                    null;
              }))));
  }
  for (const b of t.boxes) {
    if (b.port) continue;
    const x = dx + b.x - b.w / 2, y = dy + b.y;
    if (b.items && b.boxes) {
      out.append(drawOpen(b, view, x, y));
      drawLevel(b, view, x, y, out);
      continue;
    }
    const el = b.items ? drawClosed(b, view) : drawNode(b, view);
    el.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)})`);
    b.el = el;
    view.drawn.push(b);
    out.append(el);
  }
}

function drawOpen(t, view, x, y) {
  const label = shortened(blockTitle(t), Math.floor(t.w / 6.4) - 4);
  const head =
      g("g", {class: "head"}, g("rect", {width: t.w, height: BLOCK_HEAD, fill: "transparent"}),
        drawText("", 10, 15, "▾ " + label));
  const el =
      g("g", {
        class: "block open",
        "data-block": t.block.index,
        transform: `translate(${x.toFixed(1)} ${y.toFixed(1)})`
      },
        g("rect", {width: t.w, height: t.h, rx: 9}), head);
  clickable(head, () => {
    if (!view.moved) view.toggle(t);
  });
  hover(head, () => blockTip(t.block, t));
  return el;
}

// ---- the view ---------------------------------------------------------------------------

views.push({
  id: "graph",
  title: "Graph",
  scale: 1,
  asWritten: false,

  mount(el) {
    this.canvas =
        h("div", {class: "canvas", tabindex: "0", "aria-label": "The network as a graph"});
    el.append(
        h("div", {class: "bar"},
          choice(
              [["runs", "As it runs"], ["written", "As written"]], "runs",
              (key) => this.rebuild(key === "written")),
          h("button", {id: "open-all", onclick: () => this.setAll(true)}, "Open all"),
          h("button", {id: "close-all", onclick: () => this.setAll(false)}, "Close all"),
          h("span", {class: "group-of-buttons right"},
            h("button", {title: "Smaller", onclick: () => this.zoom(1 / 1.25)}, "−"),
            h("button", {title: "Fit the width", onclick: () => this.fit()}, "Fit"),
            h("button", {title: "Larger", onclick: () => this.zoom(1.25)}, "+")),
          h("span", {class: "legend"},
            Object.keys(KIND_NAME)
                .filter((k) => groups.some((x) => x.kind === k))
                .map((k) => h("span", {class: "k-" + k}, h("i"), KIND_NAME[k])))),
        this.canvas);
    this.drag();
    this.rebuild(false);
  },

  rebuild(asWritten) {
    this.asWritten = asWritten;
    this.nodes = graphNodes(asWritten).concat(ends(asWritten));
    this.hottest = most(this.nodes, (n) => n.seconds) || 1;
    this.root = blockTree(this.nodes);
    indexReaders(this.root);
    this.open = openSome(this.root, 44);
    this.draw();
    this.fit();
  },

  draw() {
    this.drawn = [];
    this.wires = [];
    measureBlock(this.root, this.open, true);
    const top = g("g");
    drawLevel(this.root, this, 0, 0, top);
    this.svg =
        g("svg", {
          viewBox: `0 0 ${this.root.w} ${this.root.h}`,
          role: "img",
          "aria-label": "Graph of " + R.network
        },
          top);
    this.canvas.replaceChildren(this.svg);
    this.size();
    this.mark(selection, true);
  },

  size() {
    this.svg.setAttribute("width", Math.round(this.root.w * this.scale));
    this.svg.setAttribute("height", Math.round(this.root.h * this.scale));
  },
  fit() {
    const room = this.canvas.clientWidth - 18;
    this.scale = clamp(room / this.root.w, NARROW ? 0.6 : 0.25, 1.1);
    this.size();
    this.canvas.scrollLeft = (this.canvas.scrollWidth - this.canvas.clientWidth) / 2;
  },
  zoom(by, at) {
    const c = this.canvas, box = c.getBoundingClientRect();
    const x = at ? at.x - box.left : c.clientWidth / 2,
          y = at ? at.y - box.top : c.clientHeight / 2;
    const before = this.scale;
    this.scale = clamp(before * by, 0.08, 4);
    const f = this.scale / before;
    const left = (c.scrollLeft + x) * f - x, top = (c.scrollTop + y) * f - y;
    this.size();
    c.scrollLeft = left;
    c.scrollTop = top;
  },

  // A mouse drags; a finger and wheels scroll as everywhere; two fingers, Ctrl and wheel, + and -
  // zoom.
  drag() {
    const c = this.canvas;
    let from = null;
    c.addEventListener("pointerdown", (e) => {
      this.moved = false;
      if (e.pointerType === "mouse" && e.button === 0)
        from = {x: e.clientX, y: e.clientY, left: c.scrollLeft, top: c.scrollTop};
    });
    window.addEventListener("pointermove", (e) => {
      if (!from) return;
      const dx = e.clientX - from.x, dy = e.clientY - from.y;
      if (Math.abs(dx) + Math.abs(dy) > 4) {
        this.moved = true;
        c.classList.add("drag");
      }
      c.scrollLeft = from.left - dx;
      c.scrollTop = from.top - dy;
    });
    window.addEventListener("pointerup", () => {
      from = null;
      c.classList.remove("drag");
      setTimeout(() => {
        this.moved = false;
      });
    });
    zooms(c, (by, at) => this.zoom(by, at));
    c.addEventListener("keydown", (e) => {
      const by = {"+": 1.25, "=": 1.25, "-": 1 / 1.25}[e.key];
      if (by && !e.ctrlKey && !e.metaKey)
        this.zoom(by);
      else if (e.key === "0" && !e.ctrlKey && !e.metaKey)
        this.fit();
    });
  },

  // Opens or closes a block; what was clicked stays where it is.
  toggle(t) {
    const opening = !this.open.has(t.block);
    if (opening)
      this.open.add(t.block);
    else
      this.open.delete(t.block);
    const find = () => this.svg.querySelector(`[data-block="${t.block.index}"]`);
    const before = find().getBoundingClientRect();
    this.draw();
    const after = find().getBoundingClientRect();
    this.canvas.scrollTop += after.top - before.top;
    this.canvas.scrollLeft += after.left - before.left;
    select("block", t.block, "graph");
  },
  setAll(open) {
    this.open = new Set();
    const walk = (t) => {
      for (const x of t.items)
        if (x.items) {
          if (open) this.open.add(x.block);
          walk(x);
        }
    };
    walk(this.root);
    this.draw();
    this.fit();
  },

  // Opens what hides a single node that was selected elsewhere.
  uncover(nodes) {
    if (nodes.length !== 1) return;
    const closed = [...nodes[0].path].filter((t) => t !== this.root && !this.open.has(t.block));
    for (const t of closed) this.open.add(t.block);
    if (closed.length) this.draw();
  },

  mark(s, own) {
    const on = (n) => s !== null && (n.layer ? s.layers.has(n.thing) : s.groups.has(n.thing));
    const nodes = this.nodes.filter(on);
    let first = null;
    if (!own && s !== null && s.kind !== "block") this.uncover(nodes);
    for (const n of this.drawn) {
      const hit = s !== null && [...leaves(n)].some(on);
      n.el.classList.toggle("on", hit);
      if (hit && !first) first = n.el;
    }
    const values = new Set(nodes.flatMap((n) => n.outs.concat(n.ins)));
    for (const w of this.wires)
      w.classList.toggle("on", [...w.values].some((v) => values.has(v)));
    if (first && !own) reveal(first, this.canvas);
  },
});
