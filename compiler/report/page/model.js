// model.js: the report's JSON, with its references by name resolved. Everything the views show is
// derived here from what compiler/report/SCHEMA.md describes.

const R = JSON.parse($("report").textContent);

// What an operator does decides its colour.
const KIND_OF = {
  conv: "conv",
  conv_transpose: "conv",
  phases: "conv",
  im2col: "conv",
  col2im: "conv",
  dense: "dense",
  matmul: "dense",
  maxpool: "pool",
  avgpool: "pool",
  global_avgpool: "pool",
  global_maxpool: "pool",
  adaptive_avgpool: "pool",
  adaptive_maxpool: "pool",
  mean: "pool",
  sum: "pool",
  max: "pool",
  unpool: "pool",
  batchnorm: "norm",
  layernorm: "norm",
  groupnorm: "norm",
  instancenorm: "norm",
  lrn: "norm",
  normalise: "norm",
  affine: "norm",
  softmax: "norm",
  log_softmax: "norm",
  concat: "join",
  split: "join",
  slice: "join",
  flatten: "move",
  reshape: "move",
  dropout: "move",
  transpose: "move",
  permute: "move",
  pad: "move",
  reorder: "move",
  cast: "move",
  resize: "move",
  upsample: "move",
  squeeze: "move",
  unsqueeze: "move",
};
const KIND_NAME = {
  conv: "convolution",
  dense: "dense, matrix product",
  pool: "pooling, reduction",
  eltwise: "element by element",
  norm: "normalisation",
  join: "concat, split",
  move: "moves elements",
  made: "made by the compiler",
};
const kindOf = (operator) => KIND_OF[operator] || "eltwise";

const layers = R.layers, groups = R.groups, blocks = R.blocks, buffers = R.buffers;
const layerByName = new Map(), groupByName = new Map(),
      valueByName = new Map(R.values.map((v) => [v.name, v]));
const layerOfValue = new Map(), groupOfValue = new Map();

layers.forEach((l, i) => {
  l.index = i;
  l.kind = kindOf(l.operator);
  layerByName.set(l.name, l);
  layerOfValue.set(l.output, l);
});
groups.forEach((x, i) => {
  x.index = i;
  x.members = x.layers.map((n) => layerByName.get(n));
  x.gone = [];  // folded into it, or removed behind it: they cost nothing when it runs
  x.seconds = x.predicted_seconds;
  x.measured = x.measured_seconds === undefined ? null : x.measured_seconds;
  groupByName.set(x.name, x);
  for (const v of x.outputs) groupOfValue.set(v, x);
});
for (const x of groups)
  x.anchor = x.members.find((l) => l.name === x.name) || x.members[0] || null;
for (const x of groups) x.kind = x.anchor ? x.anchor.kind : "made";

// The group that shows a layer: the one that runs it, or took it in, or runs what it followed.
function homeOf(l) {
  if (l.group !== null) return groupByName.get(l.group) || null;
  const host = l.folded_into && layerByName.get(l.folded_into);
  const before = host || layerOfValue.get(l.inputs[0]);
  return before && before !== l && before.index < l.index ? before.home : null;
}
for (const l of layers) {
  l.home = homeOf(l);
  l.runs = l.group !== null;
  l.isAnchor = l.home !== null && l.home.anchor === l;
  if (l.home && !l.runs) l.home.gone.push(l);
}

const totalSeconds = R.totals.predicted_seconds;
const hasProfile = R.profile !== null && R.profile !== undefined;
const totalMeasured = sum(groups, (x) => x.measured || 0);
const flops = (x) => 2 * x.multiply_adds;
const rate = (x, s) => (s > 0 && x.multiply_adds > 0 ? flops(x) / s : 0);
const intensity = (x) => (x.bytes_moved > 0 ? flops(x) / x.bytes_moved : 0);

// ---- values and buffers -----------------------------------------------------------------

buffers.forEach((b, i) => {
  b.index = i;
  b.values = [];
  b.writers = [];
  b.readers = [];
});
for (const v of R.values)
  if (v.buffer !== null) buffers[v.buffer].values.push(v);
for (const x of groups) {
  for (const n of x.outputs) {
    const v = valueByName.get(n);
    if (v && v.buffer !== null) buffers[v.buffer].writers.push(x);
  }
  for (const n of x.inputs) {
    const v = valueByName.get(n);
    if (v && v.buffer !== null) buffers[v.buffer].readers.push(x);
  }
}
for (const b of buffers)
  b.kind = b.writers.length ? b.writers[b.writers.length - 1].kind : "made";

const resultOf = (x) => valueByName.get(x.outputs[0]) || null;
const arenaBytes = (x) =>
    sum(x.outputs.map((n) => valueByName.get(n)),
        (v) => v && v.place === "arena" ? v.padded_bytes : 0);

// ---- blocks -----------------------------------------------------------------------------

blocks.forEach((b) => {
  b.children = [];
  b.direct = [];
});
for (const b of blocks)
  if (b.parent !== null) blocks[b.parent].children.push(b);
for (const l of layers) blocks[l.block].direct.push(l);

function* ancestors(b) {
  for (let i = b; i !== null; i = blocks[i].parent) yield i;
}
function commonBlock(a, b) {
  const up = new Set(ancestors(a));
  for (const i of ancestors(b))
    if (up.has(i)) return i;
  return 0;
}
function within(inner, outer) {
  for (const i of ancestors(inner))
    if (i === outer) return true;
  return false;
}
const blockName = (b) => b.index === 0 ? R.network : b.label || b.block || "block";
const blockPath = (b) => b.index === 0 ? R.network :
    b.path && b.label                  ? b.path :
                                         [b.path, b.block].filter(Boolean).join(" › ");

// A name without the path of the block it stands in.
function localName(name, block) {
  const path = block ? blocks[block].path : "";
  return path && name.startsWith(path + ".") ? name.slice(path.length + 1) : name;
}

// ---- how a layer reads ------------------------------------------------------------------

// "[3, 3]" is "3×3" for a window and "3" for a step.
const dims = (text) => (text || "1").replace(/[[\]]/g, "").split(", ");
const windowText = (text) => dims(text).join("×");
const stepText = (text) => new Set(dims(text)).size === 1 ? dims(text)[0] : windowText(text);
const strideText = (a) => stepText(a.stride) === "1" ? "" : "/" + stepText(a.stride);

const convolution = (a, l) =>
    [windowText(a.kernel), strideText(a), a.dilation ? "dilated " + stepText(a.dilation) : "",
     !a.groups                           ? "" :
         Number(a.groups) === l.shape[1] ? "depthwise" :
                                           a.groups + " groups",
     "→ " + l.shape[1]];
const pooling = (a) => [windowText(a.kernel), strideText(a)];
const OWN_DETAIL = {
  conv: convolution,
  conv_transpose: convolution,
  maxpool: pooling,
  avgpool: pooling,
  dense: (a, l) => ["→ " + l.shape[l.shape.length - 1]],
};
// "conv 3×3 /2 → 64"
function describe(l) {
  const own = OWN_DETAIL[l.operator];
  return own ? [l.operator, ...own(l.attributes || {}, l)].filter(Boolean).join(" ") : l.operator;
}
const attributesText = (l) =>
    Object.entries(l.attributes || {}).map(([k, v]) => k + "=" + v).join(", ");

function fieldText(f) {
  if (!f || (!f.whole && !f.size.length)) return "";
  return f.whole                           ? "all" :
      f.size.every((x) => x === f.size[0]) ? String(f.size[0]) :
                                             f.size.join("×");
}
const fieldSize = (f) => !f ? 0 : f.whole ? Infinity : most(f.size, (x) => x);

// "conv_direct 2×6"
function kernelText(x) {
  if (x.in_place) return "in place";
  return x.tile_blocks && x.tile_pixels ? `${x.kernel} ${x.tile_blocks}×${x.tile_pixels}` :
                                          x.kernel || "";
}
