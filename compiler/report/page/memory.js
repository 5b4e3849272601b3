// memory.js: the memory plan as a picture: time in epochs to the right, addresses upwards, a
// rectangle for every buffer; below it, how many bytes matter in each epoch.

const alive = (b, e) => b.first_epoch <= e && e <= b.last_epoch;

// By epoch, by adding up what comes and what goes; and the first epoch in which most are alive.
const live = new Array(Math.max(1, R.totals.epochs) + 1).fill(0);
for (const b of buffers) {
  live[b.first_epoch] += b.bytes;
  live[b.last_epoch + 1] -= b.bytes;
}
for (let e = 1; e < live.length; e++) live[e] += live[e - 1];
const liveBytes = (e) => live[e];
const fullest = live.indexOf(most(live, (x) => x));

function bufferTip(b) {
  return tipContent(b.name, [
    ["bytes", `${whole(b.bytes)} (${bytes(b.bytes)})`], ["offset", whole(b.offset)],
    b.region ? ["region", b.region] : null, ["epochs", `${b.first_epoch} – ${b.last_epoch}`],
    ["written by", b.writers.map((x) => x.name).slice(0, 3).join(", ") || "the caller"],
    ["read by", b.readers.map((x) => x.name).slice(0, 4).join(", ") || "the caller"],
    b.values.length > 1 ?
        [`${b.values.length} values`, b.values.map((v) => v.name).slice(0, 4).join(", ")] :
        null
  ]);
}

// Where one value begins inside a buffer that several share: slices of a concat, views.
function cuts(b) {
  const at = new Set(b.values.map((v) => v.offset - b.offset));
  return [...at].filter((x) => x > 0 && x < b.bytes);
}

// When a result takes over the storage of one before it: {epoch, from, to} in bytes of the
// buffer.
function takeovers(b) {
  return b.writers.filter((x) => x.overwrites && valueByName.has(x.overwrites))
      .map((x) => {
        const v = resultOf(x);
        const from = v.offset - b.offset;
        return {epoch: x.epoch, from, to: Math.min(b.bytes, from + v.padded_bytes)};
      })
      .filter((t) => t.epoch > b.first_epoch);
}

function memoryPicture(view, width) {
  const E = Math.max(1, R.totals.epochs), A = Math.max(1, R.totals.arena_bytes);
  const left = 64, right = 10, H = 420, top = 20, low = H - 20,
        W = Math.max(width, left + right + 4 * E) * view.scale;
  const X = (e) => left + (W - left - right) * e / E, Y = (a) => low - (low - top) * a / A;
  const svg = g("svg", {
    class: "chart",
    viewBox: `0 0 ${W} ${H}`,
    width: W,
    height: H,
    style: `width:${W}px`,
    role: "img",
    "aria-label": "Memory plan"
  });
  svg.append(g("rect", {
    class: "peak-column",
    x: X(fullest),
    y: top,
    width: X(fullest + 1) - X(fullest),
    height: low - top
  }));
  for (let i = 0; i <= 4; i++) {
    const a = A * i / 4;
    svg.append(
        g("line", {class: "grid", x1: left, x2: W - right, y1: Y(a), y2: Y(a)}),
        g("text", {x: left - 6, y: Y(a) + 3.5, "text-anchor": "end"}, bytes(a)));
  }
  for (const b of buffers) svg.append(drawBuffer(b, X, Y));
  for (const r of R.memory.regions)
    if (r.bytes)
      svg.append(
          g("line", {class: "region", x1: left, x2: W - right, y1: Y(r.offset), y2: Y(r.offset)}),
          g("text", {class: "region", x: W - right - 4, y: Y(r.offset) - 4, "text-anchor": "end"},
            `${r.name}: ${bytes(r.bytes + r.thread_bytes)} of ${bytes(r.capacity_bytes)}`));
  const bound = R.totals.arena_lower_bound_bytes;
  svg.append(
      g("line", {class: "peak", x1: left, x2: W - right, y1: Y(A), y2: Y(A)}),
      g("text", {class: "peak", x: W - right, y: Y(A) - 6, "text-anchor": "end"},
        `arena ${bytes(A)}` +
            (bound === R.totals.arena_bytes ? " = lower bound: optimal" :
                 R.totals.arena_optimal     ? ", proved optimal" :
                                              "")));
  if (bound < A)
    svg.append(
        g("line", {class: "bound", x1: left, x2: W - right, y1: Y(bound), y2: Y(bound)}),
        g("text", {class: "bound", x: left + 6, y: Y(bound) + 13},
          `lower bound ${bytes(bound)}, ${percent(A - bound, bound)} below the arena`));
  for (const e of ticks(E, Math.min(12, E)))
    if (Number.isInteger(e) && e < E && (e === 0 || X(e) - X(0) > 52))
      svg.append(g("text", {x: X(e), y: H - 5}, e === 0 ? "epoch 0" : String(e)));
  svg.append(
      g("text", {
        class: "peak",
        x: clamp(X(fullest + 0.5), left + 30, W - 40),
        y: 11,
        "text-anchor": "middle"
      },
        `fullest: epoch ${fullest}`));
  return svg;
}

function drawBuffer(b, X, Y) {
  const x = X(b.first_epoch), w = X(b.last_epoch + 1) - x, y = Y(b.offset + b.bytes),
        tall = Y(b.offset) - y;
  const el = g("g", {class: `buffer k-${b.kind}`}, g("rect", {
                 class: "whole",
                 x: x + 0.6,
                 y,
                 width: Math.max(1, w - 1.2),
                 height: Math.max(1, tall),
                 rx: 1.5
               }));
  if (tall > 5)
    for (const c of cuts(b))
      el.append(g("line", {x1: x + 1, x2: x + w - 1, y1: Y(b.offset + c), y2: Y(b.offset + c)}));
  for (const t of tall > 5 ? takeovers(b) : [])
    el.append(g("line", {
      class: "takes",
      x1: X(t.epoch),
      x2: X(t.epoch),
      y1: Y(b.offset + t.from) - 1,
      y2: Y(b.offset + t.to) + 1
    }));
  const room = Math.floor((w - 8) / 5.8), last = b.name.slice(b.name.lastIndexOf(".") + 1);
  const label = b.name.length > room && last.length <= room ? last : shortened(b.name, room);
  if (tall > 11 && room > 4)
    el.append(g("text", {x: x + 5, y: y + Math.min(13, tall / 2 + 4)}, label));
  if (tall > 25 && w > 60)
    el.append(g("text", {class: "faint", x: x + 5, y: y + 24}, bytes(b.bytes)));
  el.buffer = b;
  clickable(el, () => select("buffer", b, "memory"));
  return hover(el, () => bufferTip(b));
}

function livePicture() {
  const E = Math.max(1, R.totals.epochs), W = CHART_W, H = 110, left = 64, top = 12, low = H - 6;
  const A = Math.max(1, R.totals.arena_bytes), X = (e) => left + (W - left - 8) * e / E,
        Y = (a) => low - (low - top) * a / A;
  let d = `M${X(0)} ${low}`;
  for (let e = 0; e < E; e++) d += `L${X(e)} ${Y(liveBytes(e))}H${X(e + 1)}`;
  const bound = R.totals.arena_lower_bound_bytes;
  return g(
      "svg", {class: "chart", viewBox: `0 0 ${W} ${H}`, style: "min-width:560px"},
      g("path", {class: "live", d: d + `V${low}Z`}),
      g("line", {class: "bound", x1: left, x2: W - 8, y1: Y(bound), y2: Y(bound)}),
      g("text", {class: "bound", x: W - 8, y: Y(bound) - 3, "text-anchor": "end"},
        `most at once ${bytes(bound)}`),
      g("text", {x: left - 6, y: low, "text-anchor": "end"}, "0"));
}

function memoryFigures() {
  const t = R.totals, gap = t.arena_bytes - t.arena_lower_bound_bytes,
        all = sum(buffers, (b) => b.bytes);
  const padding =
      sum(R.values.filter((v) => v.place === "arena"), (v) => v.padded_bytes - v.bytes);
  return [
    ["arena", bytes(t.arena_bytes)], ["lower bound", bytes(t.arena_lower_bound_bytes)],
    ["gap", gap ? bytes(gap) + (t.arena_optimal ? ", proved optimal" : "") : "none: optimal"],
    ["buffers", whole(buffers.length)], ["without reuse", bytes(all)],
    ["reuse", t.arena_bytes ? "×" + (all / t.arena_bytes).toFixed(2) : ""],
    ["padding in all", bytes(padding)],
    ["inputs and outputs", R.memory.inputs_and_outputs === "arena" ? "in it" : "the caller's"],
    ...R.memory.regions.map((r) => [r.name, `${bytes(r.bytes)} of ${bytes(r.capacity_bytes)}`]),
    ["for each thread, on top", bytes(t.thread_bytes)]
  ];
}

function bufferTable() {
  return new Table({
    rows: buffers,
    text: (b) => b.name + " " + b.values.map((v) => v.name).join(" "),
    pick: (b) => select("buffer", b, "memory"),
    on: (b, s) => s.buffers.has(b),
    columns: [
      {
        key: "name",
        title: "buffer",
        value: (b) => b.name,
        show: (b) => h("span", {title: b.name}, swatch(b.kind), shortened(b.name, NAME_ROOM))
      },
      {
        key: "offset",
        title: "offset",
        value: (b) => b.offset,
        show: (b) => whole(b.offset),
        right: true
      },
      number("bytes", "bytes", (b) => b.bytes, whole),
      {
        key: "from",
        title: "epochs",
        value: (b) => b.first_epoch,
        show: (b) => `${b.first_epoch} – ${b.last_epoch}`,
        right: true
      },
      number(
          "values", "values", (b) => b.values.length, whole,
          {tip: "views and slices of a concat share one buffer"}),
      text("peak", "at the fullest", (b) => alive(b, fullest) ? "alive" : ""),
    ],
  });
}

views.push({
  id: "memory",
  title: "Memory",
  scale: 1,
  mount(el) {
    const box = h("div", {class: "scroll"});
    const draw = () => {
      box.replaceChildren(memoryPicture(this, Math.max(560, box.clientWidth || 900)));
      this.marks = [...box.querySelectorAll(".buffer")];
    };
    const zoom = (by, at) => {
      const before = this.scale, room = box.getBoundingClientRect();
      const x = at ? at.x - room.left : box.clientWidth / 2;
      this.scale = clamp(before * by, 1, 24);
      const left = (box.scrollLeft + x) * this.scale / before - x;
      draw();
      box.scrollLeft = left;
      this.mark(selection, true);
    };
    zooms(box, zoom);
    this.table = bufferTable();
    el.append(
        h("div", {class: "card"},
          h("div", {class: "bar"}, h("h2", {}, "Memory plan"),
            h("span", {class: "legend"},
              memoryFigures().map(([k, v]) => h("span", {}, k + " ", h("b", {}, v)))),
            h("span", {class: "group-of-buttons right"},
              h("button", {title: "Narrower epochs", onclick: () => zoom(1 / 1.6)}, "−"),
              h("button", {title: "Wider epochs", onclick: () => zoom(1.6)}, "+"))),
          buffers.length ?
              h("p", {},
                "Time to the right, addresses upwards. Dotted across: the parts of a " +
                    "buffer that several values share; dotted upright: a result takes " +
                    "the storage of one that nobody reads afterwards.") :
              null,
          buffers.length ?
              box :
              h("p", {},
                "The network needs no arena: every value lies in the caller's buffers.")),
        buffers.length ? h("div", {class: "card"}, h("h2", {}, "Bytes that matter in each epoch"),
                           h("div", {class: "scroll"}, livePicture())) :
                         null,
        buffers.length ? this.table.element : null);
    this.marks = [];
    if (buffers.length) draw();
    this.mark(selection, true);
  },
  mark(s, own) {
    let first = null;
    for (const m of this.marks) {
      const on = s !== null && s.buffers.has(m.buffer);
      m.classList.toggle("on", on);
      if (on && !first) first = m;
    }
    this.table.mark(s, true);
    if (first && !own) reveal(first, first.closest(".scroll"));
  },
});
