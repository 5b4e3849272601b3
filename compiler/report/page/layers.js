// layers.js: the tables: layers as written, blocks, what runs, and kernels in sum.

const text = (key, title, value, extra) =>
    ({key, title, value, show: (r) => value(r) || "", ...extra});
const number = (key, title, value, show, extra) =>
    ({key, title, value, show: (r) => value(r) ? show(value(r), r) : "", right: true, ...extra});

const measuredColumns = (of, total) => !hasProfile ? [] : [
  number("measured", "measured", (r) => of(r) && of(r).measured, time, {total}),
  number(
      "ratio", "off by",
      (r) => {
        const x = of(r);
        return x && x.measured && x.seconds ? x.measured / x.seconds : 0;
      },
      (v) => "×" + v.toFixed(2), {tip: "measured time divided by predicted time"}),
];

const anchorOf = (l) =>
    l.isAnchor ? l.home : null;  // times stand with the layer that gives the kernel

function layerTable() {
  const seconds = (l) => anchorOf(l) ? l.home.seconds : 0;
  const measured = (l) => anchorOf(l) && l.home.measured || 0;
  return new Table({
    rows: layers,
    text: (l) => [l.name, l.operator, l.runs_in, shape(l.shape)].join(" "),
    pick: (l) => select("layer", l, "layers"),
    on: (l, s) => s.layers.has(l),
    columns: [
      {
        key: "name",
        title: "layer",
        value: (l) => l.name,
        show: (l) => h("span", {title: l.name}, swatch(l.kind), shortened(l.name, NAME_ROOM)),
        total: (rows) => `${rows.length} layers`
      },
      text("operator", "operator", (l) => describe(l)),
      {
        key: "shape",
        title: "shape",
        value: (l) => l.shape.reduce((a, d) => a * d, 1),
        show: (l) => shape(l.shape),
        right: true
      },
      number("seconds", "predicted", seconds, time, {total: (rows) => time(sum(rows, seconds))}),
      {
        key: "share",
        title: "share",
        value: seconds,
        show: (l) => seconds(l) ? share(seconds(l), totalSeconds, l.kind) : "",
        right: true,
        total: (rows) => percent(sum(rows, seconds), totalSeconds)
      },
      ...measuredColumns(anchorOf, (rows) => time(sum(rows, measured))),
      number(
          "macs", "multiply-adds", (l) => l.multiply_adds, whole,
          {total: (rows) => whole(sum(rows, (l) => l.multiply_adds))}),
      number(
          "parameters", "parameters", (l) => l.parameters, whole,
          {total: (rows) => whole(sum(rows, (l) => l.parameters))}),
      text("kernel", "runs in", (l) => l.runs_in),
      number(
          "field", "field", (l) => fieldSize(l.receptive_field),
          (v, l) => fieldText(l.receptive_field),
          {tip: "receptive field: pixels of the input that one element sees"}),
      number(
          "arena", "arena", (l) => anchorOf(l) ? arenaBytes(l.home) : 0, bytes,
          {tip: "bytes of the result in the arena, padding included"}),
      number(
          "intensity", "ops/byte", (l) => l.operations_per_byte, three,
          {tip: "operations for each byte moved, on its own"}),
      number("line", "line", (l) => l.line, String),
    ],
  });
}

function blockTable() {
  const depth = (b) => [...ancestors(b.index)].length - 1;
  const shown = blocks.filter((b) => b.layers > 0);
  return new Table({
    rows: shown,
    text: (b) => [b.path, b.block, b.label].join(" "),
    pick: (b) => select("block", b, "layers"),
    on: (b, s) => s.blocks.has(b),
    columns: [
      {
        key: "name",
        title: "block",
        value: (b) => b.path,
        show: (b) => "\u2003".repeat(depth(b)) + blockName(b)
      },
      text("block", "of", (b) => b.block),
      number("line", "line", (b) => b.line, String),
      number("layers", "layers", (b) => b.layers, whole),
      number("parameters", "parameters", (b) => b.parameters, whole),
      number("macs", "multiply-adds", (b) => b.multiply_adds, whole),
      {
        key: "macshare",
        title: "of them",
        value: (b) => b.multiply_adds,
        show: (b) => share(b.multiply_adds, R.totals.multiply_adds),
        right: true
      },
      number("bytes", "bytes moved", (b) => b.bytes_moved, bytes),
      number(
          "results", "results", (b) => b.result_bytes, bytes,
          {tip: "activation memory if every result were kept"}),
      number(
          "field", "field", (b) => fieldSize(b.receptive_field),
          (v, b) => fieldText(b.receptive_field)),
      number("seconds", "predicted", (b) => b.predicted_seconds, time),
      {
        key: "share",
        title: "share",
        value: (b) => b.predicted_seconds,
        show: (b) => share(b.predicted_seconds, totalSeconds),
        right: true
      },
    ],
  });
}

function stepTable() {
  return new Table({
    rows: groups,
    text: (x) => [x.name, x.kernel, ...x.layers].join(" "),
    pick: (x) => select("group", x, "layers"),
    on: (x, s) => s.groups.has(x),
    columns: [
      {
        key: "name",
        title: "group",
        value: (x) => x.name,
        show: (x) => h("span", {title: x.name}, swatch(x.kind), shortened(x.name, NAME_ROOM))
      },
      text("kernel", "kernel", kernelText),
      number("n", "layers", (x) => x.members.length + x.gone.length, whole),
      {
        key: "epoch",
        title: "epoch",
        value: (x) => x.epoch,
        show: (x) => String(x.epoch) + (x.barrier_before ? " ⏐" : ""),
        right: true,
        tip: "⏐: a barrier stands before it"
      },
      number("units", "units", (x) => x.units, whole, {tip: "parts that threads share"}),
      number(
          "busier", "busier of two", (x) => x.in_place ? 0 : x.busier_share, (v) => percent(v, 1),
          {tip: "part of the work that the busier of two threads does"}),
      number("macs", "multiply-adds", (x) => x.multiply_adds, whole),
      number(
          "bytes", "bytes moved", (x) => x.bytes_moved, bytes,
          {tip: "inputs, parameters and results of the group, once each"}),
      number("intensity", "ops/byte", intensity, three),
      number("seconds", "predicted", (x) => x.seconds, time),
      {
        key: "share",
        title: "share",
        value: (x) => x.seconds,
        show: (x) => share(x.seconds, totalSeconds, x.kind),
        right: true
      },
      number("rate", "GFLOP/s", (x) => rate(x, x.seconds), (v) => three(v / 1e9)),
      ...measuredColumns((x) => x),
      text("other", "next best", (x) => x.runner_up),
      number(
          "behind", "behind by", (x) => x.runner_up ? x.runner_up_seconds - x.seconds : 0, time),
    ],
  });
}

function kernelTable() {
  const rows = [];
  for (const x of groups) {
    if (x.in_place) continue;
    let k = rows.find((r) => r.kernel === x.kernel);
    if (!k)
      rows.push(k = {
        kernel: x.kernel,
        groups: [],
        multiply_adds: 0,
        seconds: 0,
        measured: hasProfile ? 0 : null
      });
    k.groups.push(x);
    k.multiply_adds += x.multiply_adds;
    k.seconds += x.seconds;
    if (hasProfile) k.measured += x.measured || 0;
  }
  return new Table({
    rows,
    text: (k) => k.kernel,
    on: (k, s) => k.groups.some((x) => s.groups.has(x)),
    columns: [
      {
        key: "name",
        title: "kernel",
        value: (k) => k.kernel,
        show: (k) => h("span", {}, swatch(k.groups[0].kind), k.kernel)
      },
      number("n", "calls", (k) => k.groups.length, whole),
      number("macs", "multiply-adds", (k) => k.multiply_adds, whole),
      number("seconds", "predicted", (k) => k.seconds, time),
      {
        key: "share",
        title: "share",
        value: (k) => k.seconds,
        show: (k) => share(k.seconds, totalSeconds, k.groups[0].kind),
        right: true
      },
      number("rate", "GFLOP/s", (k) => rate(k, k.seconds), (v) => three(v / 1e9)),
      ...measuredColumns((k) => k),
    ],
  });
}

views.push({
  id: "layers",
  title: "Layers",
  count: layers.length,
  mount(el) {
    const makers =
              {layers: layerTable, blocks: blockTable, steps: stepTable, kernels: kernelTable},
          made = {};
    const filter = h("input", {
      type: "search",
      placeholder: "Filter",
      "aria-label": "Filter rows",
      oninput: () => this.table.filter(filter.value)
    });
    const box = h("div", {style: "display:contents"});
    const show = (key) => {
      this.table = made[key] || (made[key] = makers[key]());
      this.table.element.classList.add("fill");
      this.table.filter(filter.value);
      box.replaceChildren(this.table.element);
      this.table.mark(selection, true);
    };
    const kinds = choice(
        [
          ["layers", "Layers"], ["blocks", "Blocks"], ["steps", "Kernel calls"],
          ["kernels", "Kernels"]
        ],
        "layers", show);
    el.append(h("div", {class: "bar"}, kinds, filter), box);
    this.show = show;
    show("layers");
  },
  mark(s, own) { this.table.mark(s, own); },
});
