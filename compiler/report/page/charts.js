// charts.js: where time goes, by block and by kernel call, and the roofline.

const CHART_W = 1000;

// ---- by block: an icicle, widths are time -----------------------------------------------

// Blocks with the kernel calls that stand in them, in the order in which they run.
function timeTree(seconds) {
  const tree = blocks.map((b) => ({
                            block: b,
                            labels: [b.index ? b.label : R.network],
                            of: b.block,
                            kids: [],
                            seconds: 0,
                            order: Infinity
                          }));
  for (const x of groups) {
    const s = seconds(x);
    if (!(s > 0)) continue;
    const home = x.anchor ? x.anchor.block : blockOfReader(x);
    tree[home].kids.push({group: x, seconds: s, order: x.index});
  }
  for (let i = blocks.length - 1; i >= 0; i--) {
    const t = tree[i];
    t.seconds = sum(t.kids, (k) => k.seconds);
    t.order = t.kids.length ? Math.min(...t.kids.map((k) => k.order)) : Infinity;
    t.kids.sort((a, b) => a.order - b.order);
    if (i === 0 || !t.kids.length) continue;
    const only = t.kids.length === 1 ? t.kids[0] : null; /* what holds one thing is not shown */
    if (only && !only.group) only.labels = t.labels.concat(only.labels);
    tree[blocks[i].parent].kids.push(only || t);
  }
  return tree[0];
}

function icicle(seconds) {
  const root = timeTree(seconds), rowH = 24, box = g("g");
  let deepest = 0;
  const slab = (t, x, depth, w, outer) => {
    deepest = Math.max(deepest, depth);
    const label = t.group ? localName(t.group.name, outer) :
                            t.labels.filter(Boolean).join(".") || t.of || "block";
    const el = g(
        "g", {class: "slab" + (t.group ? ` leaf k-${t.group.kind}` : " k-move")},
        g("rect", {x, y: depth * rowH, width: Math.max(0.4, w - 0.4), height: rowH - 1, rx: 2}));
    if (w > 34)
      el.append(g(
          "text", {x: x + 5, y: depth * rowH + 16}, shortened(label, Math.floor((w - 8) / 6.3))));
    hover(el, () => t.group ? groupTip(t.group) : tipContent(blockPath(t.block), [
                ["time", time(t.seconds)], ["share", percent(t.seconds, root.seconds)]
              ]));
    clickable(
        el, () => t.group ? select("group", t.group, "time") : select("block", t.block, "time"));
    el.thing = t.group || t.block;
    box.append(el);
    let at = x;
    for (const k of t.kids || []) {
      const kw = w * (t.seconds > 0 ? k.seconds / t.seconds : 0);
      slab(k, at, depth + 1, kw, t.block.index);
      at += kw;
    }
  };
  slab(root, 0, 0, CHART_W, 0);
  return g(
      "svg", {
        class: "chart",
        viewBox: `0 0 ${CHART_W} ${(deepest + 1) * rowH}`,
        style: `min-width:640px`
      },
      box);
}

// ---- by kernel call: bars ---------------------------------------------------------------

// Round steps for an axis up to `max`: 1, 2 or 5 times a power of ten.
function ticks(max, n) {
  const rough = max / n, power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((k) => k * power).find((s) => s >= rough);
  const list = [];
  for (let x = 0; x <= max * 1.0001; x += step) list.push(x);
  return list;
}

function bars(order) {
  const list = groups.filter((x) => !x.in_place);
  if (order === "time")
    list.sort((a, b) => (b.measured || b.seconds) - (a.measured || a.seconds));
  const H = 210, left = 54, top = most(list, (x) => Math.max(x.seconds, x.measured || 0)) || 1;
  const step = (CHART_W - left) / Math.max(1, list.length);
  const w = Math.max(1.2, Math.min(40, step * 0.8)), y = (s) => H - 16 - (H - 28) * (s / top);
  const svg =
      g("svg", {class: "chart", viewBox: `0 0 ${CHART_W} ${H}`, style: "min-width:640px"});
  for (const t of ticks(top, 4))
    svg.append(
        g("line", {class: "grid", x1: left, x2: CHART_W, y1: y(t), y2: y(t)}),
        g("text", {x: left - 6, y: y(t) + 3.5, "text-anchor": "end"}, time(t)));
  list.forEach((x, i) => {
    const at = left + i * step + (step - w) / 2;
    const el =
        g("g", {}, g("rect", {
            class: `bar-p k-${x.kind}`,
            x: at,
            y: y(x.seconds),
            width: w,
            height: Math.max(0.5, H - 16 - y(x.seconds))
          }),
          g("rect", {
            x: left + i * step,
            y: 0,
            width: step,
            height: H - 16,
            fill: "transparent",
            style: "cursor:pointer"
          }));
    if (x.measured)
      el.append(
          g("path",
            {class: "bar-m", d: `M${at - 1} ${y(x.measured)}h${w + 2}`, "stroke-width": 2}));
    hover(el, () => groupTip(x));
    clickable(el, () => select("group", x, "time"));
    el.thing = x;
    svg.append(el);
  });
  svg.append(
      g("line", {class: "axis", x1: left, x2: CHART_W, y1: H - 16, y2: H - 16}),
      g("text", {x: left, y: H - 3},
        order === "time" ? "slowest first" : "in the order in which they run →"));
  return svg;
}

// ---- roofline ---------------------------------------------------------------------------

function roofline() {
  const list = groups.filter((x) => x.multiply_adds > 0 && x.seconds > 0 && x.bytes_moved > 0);
  const W = CHART_W, H = 400, left = 58, bottom = 36, right = 16, top = 14;
  const peak = R.target.peak_operations_per_second, dram = R.target.memory_bytes_per_second,
        cache = R.target.cache_bytes_per_second;
  const xs = list.map(intensity),
        ys = list.flatMap((x) => [rate(x, x.seconds), rate(x, x.measured)]).filter((v) => v > 0);
  const x0 = Math.floor(Math.log10(Math.min(0.2, ...xs))),
        x1 = Math.ceil(Math.log10(Math.max(200, ...xs)));
  const y0 = Math.floor(Math.log10(Math.min(peak / 50, ...ys))),
        y1 = Math.log10(Math.max(peak, ...ys) * 1.6);
  const X = (v) => left + (W - left - right) * (Math.log10(v) - x0) / (x1 - x0);
  const Y = (v) => H - bottom - (H - bottom - top) * (Math.log10(v) - y0) / (y1 - y0);
  const svg = g("svg", {
    class: "chart",
    viewBox: `0 0 ${W} ${H}`,
    style: "min-width:560px",
    role: "img",
    "aria-label": "Roofline"
  });
  for (let e = x0; e <= x1; e++)
    svg.append(
        g("line", {class: "grid", x1: X(10 ** e), x2: X(10 ** e), y1: top, y2: H - bottom}),
        g("text", {x: X(10 ** e), y: H - bottom + 15, "text-anchor": "middle"},
          String(Number((10 ** e).toPrecision(1)))));
  for (let e = y0; e <= y1; e++)
    svg.append(
        g("line", {class: "grid", x1: left, x2: W - right, y1: Y(10 ** e), y2: Y(10 ** e)}),
        g("text", {x: left - 7, y: Y(10 ** e) + 3.5, "text-anchor": "end"},
          String(Number((10 ** e / 1e9).toPrecision(1)))));
  const roof = (bandwidth, cls, label) => {
    const low = Math.max(10 ** x0, (10 ** y0) / bandwidth), knee = peak / bandwidth;
    svg.append(g("path", {
      class: "roof " + cls,
      d: `M${X(low)} ${Y(low * bandwidth)}L${X(knee)} ${Y(peak)}` + (cls ? "" : `H${W - right}`)
    }));
    const at = Math.max(low * 1.3, 10 ** x0 * 1.5);
    const angle = -Math.atan2(Y(at) - Y(at * 10) || 0, 1) &&
        -180 / Math.PI *
            Math.atan2((H - bottom - top) / (y1 - y0), (W - left - right) / (x1 - x0));
    svg.append(
        g("text",
          {transform: `translate(${X(at)} ${Y(at * bandwidth) - 6}) rotate(${angle.toFixed(1)})`},
          label));
  };
  roof(cache, "cache", `cache ${three(cache / 1e9)} GB/s`);
  roof(dram, "", `memory ${three(dram / 1e9)} GB/s`);
  svg.append(
      g("text", {class: "halo", x: W - right, y: Y(peak) - 6, "text-anchor": "end"},
        `peak of one core: ${three(peak / 1e9)} GFLOP/s (${R.target.name})`));
  dots(svg, list, X, Y);
  svg.append(
      g("text", {x: W - right, y: H - 4, "text-anchor": "end"},
        "operations for each byte that crosses the kernel's border →"),
      g("text", {x: left, y: H - 4}, "↑ GFLOP/s; areas are time"));
  return svg;
}

function dots(svg, list, X, Y) {
  const biggest = most(list, (x) => x.measured || x.seconds);
  const byTime = list.slice().sort((a, b) => b.seconds - a.seconds);
  for (const x of byTime) {
    const r = 3 + 13 * Math.sqrt((x.measured || x.seconds) / biggest);
    const cx = X(intensity(x)), cy = Y(rate(x, x.seconds));
    const el =
        g("g", {class: "k-" + x.kind},
          g("circle", {class: "dot", cx, cy, r: hasProfile ? 2.5 : r}));
    if (x.measured) {
      const my = Y(rate(x, x.measured));
      el.append(
          g("line", {class: "link", x1: cx, x2: cx, y1: cy, y2: my}),
          g("circle", {class: "dot measured", cx, cy: my, r}));
    }
    hover(el, () => groupTip(x).concat(tipContent("", [
      ["intensity", three(intensity(x)) + " ops/byte"],
      ["predicted", three(rate(x, x.seconds) / 1e9) + " GFLOP/s"],
      x.measured ? ["measured", three(rate(x, x.measured) / 1e9) + " GFLOP/s"] : null
    ])));
    clickable(el, () => select("group", x, "time"));
    el.thing = x;
    svg.append(el);
    el.at = [cx, cy, r];
    el.label = shortened(x.name, 22);
  }
  labels(svg);
}

// Names of the longest calls, where they do not stand on each other.
function labels(svg) {
  const taken = [];
  for (const el of [...svg.children].filter((e) => e.at)) {
    const [x, y, r] = el.at, end = x > 820;
    if (taken.length >= 8 ||
        taken.some((t) => Math.abs(t[0] - x) < 150 && Math.abs(t[1] - y) < 15))
      continue;
    taken.push([x, y]);
    svg.append(
        g("text", {
          class: "halo",
          x: end ? x - r - 4 : x + r + 4,
          y: y + 3.5,
          "text-anchor": end ? "end" : null
        },
          el.label));
  }
}

// ---- the view ---------------------------------------------------------------------------

views.push({
  id: "time",
  title: "Time",
  mount(el) {
    const tree = chartBox(null), calls = chartBox(null);
    const predicted = (x) => x.seconds, measured = (x) => x.measured || 0;
    const showTree = (key) => {
      tree.replaceChildren(icicle(key === "measured" ? measured : predicted));
      this.collect(el);
    };
    const showCalls = (key) => {
      calls.replaceChildren(bars(key));
      this.collect(el);
    };
    const where = hasProfile ? `${time(totalMeasured)} measured on ${R.profile.threads} ${
                                   R.profile.threads === 1 ?
                                       "thread" :
                                       "threads"}, ${time(totalSeconds)} predicted on one` :
                               `${time(totalSeconds)} predicted on one thread`;
    el.append(
        h("div", {class: "card"},
          h("div", {class: "bar"}, h("h2", {}, "By block"), h("span", {class: "soft"}, where),
            hasProfile ? h("span", {class: "right"},
                           choice(
                               [["measured", "Measured"], ["predicted", "Predicted"]], "measured",
                               showTree)) :
                         null),
          tree),
        h("div", {class: "card"},
          h("div", {class: "bar"}, h("h2", {}, "By kernel call"),
            hasProfile ? h("span", {class: "soft"}, "bars: predicted; strokes: measured") : null,
            h("span", {class: "right"},
              choice([["run", "In order"], ["time", "Slowest first"]], "run", showCalls))),
          calls),
        h("div", {class: "card"}, h("h2", {}, "Roofline"),
          h("p", {},
            hasProfile ? "Rings are measured and lie on a line with what was predicted (dots). " :
                         "Predicted by the planner's model of the machine. ",
            "What lies under a slope waits for that memory, what lies under the flat roof ",
            "for arithmetic."),
          chartBox(roofline())));
    showTree(hasProfile ? "measured" : "predicted");
    showCalls("run");
    this.collect(el);
  },
  collect(el) {
    this.marks = [...el.querySelectorAll("g")].filter((x) => x.thing);
    this.mark(selection, true);
  },
  mark(s) {
    for (const m of this.marks || []) {
      const on = s !== null && (s.groups.has(m.thing) || s.blocks.has(m.thing));
      m.classList.toggle("on", on && m.classList.contains("slab"));
      for (const part of m.querySelectorAll(".dot, .bar-p")) part.classList.toggle("on", on);
    }
  },
});
