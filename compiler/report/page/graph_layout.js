// graph_layout.js: where boxes of one level of the graph stand. Layers of boxes from top to
// bottom by longest path; crossings reduced by barycentres; horizontal places as near to the
// neighbours' as the order allows (isotonic regression), with long edges as chains of narrow
// dummies.

const GAP_X = 18, GAP_Y = 30, DUMMY = 10;

// boxes: [{w, h, order}]; edges: [{from, to}] between indices. Sets x (middle) and y (top) of
// every box, and points of every edge between its boxes. Returns {w, h}.
function layoutLevel(boxes, edges) {
  const forward = edges.map((e) => ({from: e.from, to: e.to, edge: e}))
                      .filter((e) => boxes[e.from].order <= boxes[e.to].order && e.from !== e.to);
  setRanks(boxes, forward);
  const cells =
      boxes.map((b) => ({box: b, w: b.w, rank: b.rank, up: [], down: [], order: b.order}));
  for (const e of forward) e.edge.chain = chainOf(cells, e);
  const ranks = rankLists(cells);
  reduceCrossings(ranks);
  const w = placeAcross(ranks);
  const h = placeDown(ranks, boxes);
  for (const e of edges)
    e.points = (e.chain || []).map((c) => ({x: c.x, top: c.top, bottom: c.bottom}));
  return {w, h};
}

// Longest path from the top; a box that nothing feeds sinks to just above its first reader.
function setRanks(boxes, edges) {
  const order = boxes.map((b, i) => i).sort((a, b) => boxes[a].order - boxes[b].order);
  const into = boxes.map(() => []), out = boxes.map(() => []);
  for (const e of edges) {
    into[e.to].push(e.from);
    out[e.from].push(e.to);
  }
  for (const i of order)
    boxes[i].rank = into[i].length ? 1 + most(into[i], (k) => boxes[k].rank) : 0;
  for (const i of order.reverse())
    if (!into[i].length && out[i].length)
      boxes[i].rank = Math.max(0, Math.min(...out[i].map((k) => boxes[k].rank)) - 1);
}

function connect(a, b) {
  a.down.push(b);
  b.up.push(a);
}

function chainOf(cells, e) {
  const chain = [];
  let last = cells[e.from];
  for (let r = last.rank + 1; r < cells[e.to].rank; r++) {
    const dummy = {box: null, w: DUMMY, rank: r, up: [], down: [], order: last.order};
    connect(last, dummy);
    cells.push(dummy);
    chain.push(last = dummy);
  }
  connect(last, cells[e.to]);
  return chain;
}

function rankLists(cells) {
  const ranks = [];
  for (const c of cells) (ranks[c.rank] = ranks[c.rank] || []).push(c);
  for (const list of ranks) list.sort((a, b) => a.order - b.order);
  ranks.forEach(renumber);
  return ranks;
}
const mean = (list, f, otherwise) => list.length ? sum(list, f) / list.length : otherwise;

function renumber(list) {
  list.forEach((c, i) => {
    c.at = i;
  });
}

function crossings(ranks) {
  let n = 0;
  for (const list of ranks) {
    const ends = list.flatMap((c) => c.down.map((d) => [c.at, d.at]));
    for (let i = 0; i < ends.length; i++)
      for (let k = i + 1; k < ends.length; k++)
        if ((ends[i][0] - ends[k][0]) * (ends[i][1] - ends[k][1]) < 0) n++;
  }
  return n;
}

function reduceCrossings(ranks) {
  let best = crossings(ranks), kept = ranks.map((l) => l.slice());
  for (let round = 0; round < 6 && best > 0; round++) {
    const down = round % 2 === 0;
    for (const list of down ? ranks : ranks.slice().reverse()) {
      for (const c of list) c.want = mean(down ? c.up : c.down, (x) => x.at, c.at);
      list.sort((a, b) => a.want - b.want || a.at - b.at);
      renumber(list);
    }
    const n = crossings(ranks);
    if (n < best) {
      best = n;
      kept = ranks.map((l) => l.slice());
    }
  }
  kept.forEach((l, i) => {
    ranks[i] = l;
    renumber(l);
  });
}

// Places nearest to what each cell wants, in order, no two overlapping: pool adjacent violators.
function settle(list) {
  const runs = [];
  let offset = 0;
  list.forEach((c, i) => {
    if (i) offset += (list[i - 1].w + c.w) / 2 + GAP_X;
    c.offset = offset;
    let run = {sum: (c.want - offset) * c.weight, weight: c.weight, cells: [c]};
    while (runs.length &&
           runs[runs.length - 1].sum / runs[runs.length - 1].weight > run.sum / run.weight) {
      const before = runs.pop();
      run = {
        sum: before.sum + run.sum,
        weight: before.weight + run.weight,
        cells: before.cells.concat(run.cells)
      };
    }
    runs.push(run);
  });
  for (const run of runs)
    for (const c of run.cells) c.x = run.sum / run.weight + c.offset;
}

function placeAcross(ranks) {
  for (const list of ranks) {
    let x = 0;
    for (const c of list) {
      c.x = x + c.w / 2;
      x += c.w + GAP_X;
    }
    for (const c of list) c.x -= x / 2;
  }
  for (let round = 0; round < 10; round++) {
    const down = round % 2 === 0;
    for (const list of down ? ranks : ranks.slice().reverse()) {
      for (const c of list) {
        const near = round < 6 ? (down ? c.up : c.down) : c.up.concat(c.down);
        c.want = mean(near, (x) => x.x, c.x);
        c.weight = c.box ? 1 : 3;  // long edges run straight
      }
      settle(list);
    }
  }
  const cells = ranks.flat();
  const left = Math.min(...cells.map((c) => c.x - c.w / 2)),
        right = Math.max(...cells.map((c) => c.x + c.w / 2));
  for (const c of cells) c.x -= left;
  return right - left;
}

function placeDown(ranks, boxes) {
  let y = 0;
  for (const list of ranks) {
    const h = most(list, (c) => c.box ? c.box.h : 0);
    for (const c of list) {
      c.top = y;
      c.bottom = y + h;
    }
    y += h + GAP_Y;
  }
  for (const c of ranks.flat())
    if (c.box) {
      c.box.x = c.x;
      c.box.y = c.top;
    }
  return y - GAP_Y;
}
