// details.js: what is known of the selection, with links to what is near it.

const link = (label, action) => h("button", {class: "link", onclick: action}, label);
const rowsOf = (rows) =>
    h("dl", {},
      rows.filter((r) => r && r[1] !== "" && r[1] !== null && r[1] !== undefined)
          .flatMap(([k, v]) => [h("dt", {}, k), h("dd", {}, v)]));
const commas = (list) => list.flatMap((x, i) => i ? [", ", x] : [x]);
const groupLinks = (list) => commas(list.map((x) => link(x.name, () => select("group", x))));
const blockLink = (b) => link(blockPath(b), () => select("block", b));
const nodeLink = (n) =>
    layerByName.has(n) ? link(n, () => select("layer", layerByName.get(n))) : n || "";
const spot = (thing) => thing && thing.line ?
    link(
        `${thing.file}:${thing.line}:${thing.column}`,
        () => select("line", {file: thing.file, line: thing.line})) :
    "";

function layerLinks(names) {
  return names
      .map((n, i) => {
        const l = layerOfValue.get(n), comma = i ? ", " : "";
        return l ? [comma, link(n, () => select("layer", l))] : comma + n;
      })
      .flat();
}

// Decisions that name any of these nodes.
function decisionsAbout(names) {
  const list =
      R.decisions.filter((d) => names.has(d.node) || (d.other && names.has(d.other.node)));
  if (!list.length) return [];
  return [
    h("h3", {}, "Decisions"),
    h("ul", {},
      list.slice(0, 40).map(
          (d) => h(
              "li", {}, h("span", {class: d.taken ? "yes" : "no"}, d.taken ? "✓ " : "✗ "),
              h("b", {}, d.pass), " ", link(d.what, () => select("decision", d)), ": ", d.reason,
              d.bytes || d.seconds ?
                  h("span", {class: "soft"},
                    ` (${
                            [d.bytes ? bytes(d.bytes) : "", d.seconds ? time(d.seconds) : ""]
                                .filter(Boolean)
                                .join(", ")})`) :
                  null)),
      list.length > 40 ? h("li", {class: "soft"}, `and ${list.length - 40} more`) : null)
  ];
}

function groupRows(x) {
  const v = resultOf(x);
  return [
    ["kernel", kernelText(x)],
    [
      "predicted",
      x.in_place ? "nothing runs" : `${time(x.seconds)} (${percent(x.seconds, totalSeconds)})`
    ],
    x.measured !== null ? ["measured", time(x.measured)] : null,
    ["rate", rate(x, x.seconds) ? three(rate(x, x.seconds) / 1e9) + " GFLOP/s" : ""],
    x.runner_up ? ["next best", `${x.runner_up}, ${time(x.runner_up_seconds)}`] : null,
    ["epoch", String(x.epoch) + (x.barrier_before ? ", behind a barrier" : "")],
    ["units", x.in_place ? "" : whole(x.units)],
    [
      "threads",
      x.in_place       ? "" :
          x.one_thread ? "one, the rest go on" :
                         `the busier of two does ${percent(x.busier_share, 1)}`
    ],
    ["moves", bytes(x.bytes_moved)],
    v ? ["layout", h("code", {}, v.layout || "")] : null,
    v ? ["placed", placeText(v)] : null,
  ];
}

// By kind of selection.
const DETAILS = {};

DETAILS.layer = (l) =>
    [h("div", {class: "kind"}, "layer · ", spot(l)),
     h("h2", {}, l.name),
     rowsOf([
       ["operator", describe(l)],
       ["attributes", attributesText(l)],
       ["shape", shape(l.shape)],
       ["parameters", l.parameters ? whole(l.parameters) : ""],
       ["multiply-adds", l.multiply_adds ? whole(l.multiply_adds) : ""],
       ["receptive field", fieldText(l.receptive_field)],
       ["bytes moved", bytes(l.bytes_moved)],
       ["ops/byte", three(l.operations_per_byte)],
       ["reads", layerLinks(l.inputs)],
       ["block", l.block ? blockLink(blocks[l.block]) : ""],
       ["became", l.isAnchor ? "" : l.runs_in],
     ]),
     l.home && l.runs ?
         h("h3", {},
           l.isAnchor ? "Runs as" :
                        ["Runs in ", link(l.home.name, () => select("group", l.home))]) :
         null,
     l.home && l.runs ? rowsOf(groupRows(l.home)) : null,
     ...decisionsAbout(new Set([l.name])),
];
DETAILS.group = (x) =>
    [h("div", {class: "kind"}, x.members.length > 1 ? "fused group · " : "kernel call · ",
       spot(x)),
     h("h2", {}, x.name),
     rowsOf([
       [
         "layers",
         commas(x.members.concat(x.gone).map(
             (l) => link(localName(l.name, l.block), () => select("layer", l))))
       ],
       ["multiply-adds", x.multiply_adds ? whole(x.multiply_adds) : ""], ...groupRows(x),
       ["reads", x.inputs.join(", ")]
     ]),
     ...decisionsAbout(new Set([x.name, ...x.layers])),
];
DETAILS.block = (b) =>
    [h("div", {class: "kind"}, b.block ? `block ${b.block} · ` : "block · ", spot(b)),
     h("h2", {}, blockPath(b)),
     rowsOf([
       ["layers", whole(b.layers)], ["parameters", whole(b.parameters)],
       ["multiply-adds", whole(b.multiply_adds)],
       ["of all", percent(b.multiply_adds, R.totals.multiply_adds)],
       ["bytes moved", bytes(b.bytes_moved)], ["receptive field", fieldText(b.receptive_field)],
       [
         "predicted",
         `${time(b.predicted_seconds)} (${percent(b.predicted_seconds, totalSeconds)})`
       ],
       ["inside", b.parent ? blockLink(blocks[b.parent]) : ""]
     ]),
];
DETAILS.buffer = (b) =>
    [h("div", {class: "kind"}, "buffer of the arena"),
     h("h2", {}, b.name),
     rowsOf([
       ["bytes", whole(b.bytes)], ["offset", whole(b.offset)],
       ["epochs", `${b.first_epoch} – ${b.last_epoch}`],
       ["at the fullest", alive(b, fullest) ? "alive" : "not alive"],
       ["written by", groupLinks(b.writers)], ["read by", groupLinks(b.readers)]
     ]),
     b.values.length > 1 ? h("h3", {}, `${b.values.length} values lie in it`) : null,
     b.values.length > 1 ?
         h("ul", {},
           b.values.map(
               (v) =>
                   h("li", {}, link(v.name, () => select("value", v)),
                     h("span", {class: "soft"}, ` ${v.layout || ""} at ${whole(v.offset)}`)))) :
         null,
];
DETAILS.value = (v) =>
    [h("div", {class: "kind"}, "value"),
     h("h2", {}, v.name),
     rowsOf([
       ["shape", shape(v.shape)], ["type", v.type], ["layout", h("code", {}, v.layout || "")],
       ["bytes", whole(v.bytes)],
       [
         "padding",
         padding(v) ? `${whole(padding(v))} (${percent(padding(v), v.padded_bytes)})` : "none"
       ],
       ["placed", placeText(v)],
       ["written by", groupOfValue.has(v.name) ? groupLinks([groupOfValue.get(v.name)]) : ""]
     ]),
     h("h3", {}, "Axes, outermost first"),
     h("ul", {}, axesText(v).split(" · ").map((a) => h("li", {}, h("code", {}, a)))),
];
DETAILS.line = ({file, line}, s) =>
    [h("div", {class: "kind"}, "source line"),
     h("h2", {}, `${file}:${line}`),
     rowsOf([
       ["layers", whole(s.layers.size)],
       ["parameters", whole(sum([...s.layers], (l) => l.parameters))],
       ["multiply-adds", whole(sum([...s.layers], (l) => l.multiply_adds))],
       ["predicted", time(sum([...s.layers], (l) => l.isAnchor ? l.home.seconds : 0))]
     ]),
     h("ul", {},
       [...s.layers].slice(0, 60).map(
           (l) =>
               h("li", {}, swatch(l.kind), link(l.name, () => select("layer", l)),
                 h("span", {class: "soft"}, " " + l.runs_in)))),
];
DETAILS.decision = (d) =>
    [h("div", {class: "kind"}, "decision of ", h("b", {}, d.pass)),
     h("h2", {}, d.what),
     rowsOf([
       ["done", h("span", {class: d.taken ? "yes" : "no"}, d.taken ? "yes" : "no")],
       ["because", d.reason],
       [d.taken ? "saves" : "would save", d.bytes ? whole(d.bytes) + " bytes" : ""],
       ["predicted", d.seconds ? time(d.seconds) : ""], ["about", nodeLink(d.node)],
       ["at", spot(d)], d.other ? ["with", nodeLink(d.other.node)] : null,
       d.other ? ["with, at", spot(d.other)] : null
     ]),
];

function overview() {
  const slow = groups.slice()
                   .sort((a, b) => (b.measured || b.seconds) - (a.measured || a.seconds))
                   .slice(0, 6);
  const missed = R.decisions.filter((d) => !d.taken && d.bytes > 0)
                     .sort((a, b) => b.bytes - a.bytes)
                     .slice(0, 4);
  return [
    h("div", {class: "kind"}, "Click anything to see what it is and why."),
    h("h3", {}, "Slowest"),
    h("ul", {},
      slow.map(
          (x) =>
              h("li", {}, swatch(x.kind), link(shortened(x.name, 34), () => select("group", x)),
                h("span", {class: "soft num", style: "float:right"},
                  time(x.measured || x.seconds) + " · " +
                      percent(
                          x.measured || x.seconds, hasProfile ? totalMeasured : totalSeconds))))),
    missed.length ? h("h3", {}, "Left alone, by bytes") : null,
    missed.length ? h("ul", {},
                      missed.map(
                          (d) =>
                              h("li", {}, h("span", {class: "no"}, "✗ "),
                                link(shortened(d.what, 44), () => select("decision", d)), ": ",
                                d.reason, h("span", {class: "soft"}, ` (${bytes(d.bytes)})`)))) :
                    null,
  ];
}

function showDetails(s) {
  const close = s ?
      h("button",
        {class: "close", title: "Close", "aria-label": "Close", onclick: () => select(null)},
        "×") :
      null;
  const narrow = matchMedia("(max-width: 900px)").matches;
  const parts = s ? [close, ...DETAILS[s.kind](s.thing, s)] : narrow ? [] : overview();
  $("details").replaceChildren(...parts.filter((x) => x !== null && x !== undefined));
  $("details").scrollTop = 0;
}
