// selftest.js: the page looks at itself, when its address says so (#test): every view opens,
// clicks do what they should, numbers on the page are those of the data, and nothing is wider
// than the screen.

const faults = [];
addEventListener("error", (e) => faults.push("error: " + e.message));
addEventListener(
    "securitypolicyviolation",
    (e) => faults.push("asks for " + e.violatedDirective + " " + e.blockedURI));

function check(what, holds) {
  if (!holds) faults.push(what);
}
function fits(where) {
  check(
      `${where}: wider than the screen by ${document.documentElement.scrollWidth - innerWidth}`,
      document.documentElement.scrollWidth <= innerWidth);
}
const click = (el) => el.dispatchEvent(new MouseEvent("click", {bubbles: true}));

const press = (el, key) => el.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true}));

// Two fingers, 100 pixels apart, then so many times that.
function pinch(el, by) {
  const box = el.getBoundingClientRect(), y = box.top + 20;
  const touches = (apart) => [-1, 1].map((side, i) => new Touch({
                                           identifier: i,
                                           target: el,
                                           clientX: box.left + box.width / 2 + side * apart / 2,
                                           clientY: y
                                         }));
  for (const [type, apart] of [["touchstart", 100], ["touchmove", 100 * by], ["touchend", 0]])
    el.dispatchEvent(new TouchEvent(
        type, {touches: apart ? touches(apart) : [], bubbles: true, cancelable: true}));
}

const TESTS = {
  graph(view) {
    const graph = views.find((v) => v.id === "graph"), scale = graph.scale;
    pinch(graph.canvas, 1.5);
    check("two fingers zoom", Math.abs(graph.scale / scale - 1.5) < 0.01);
    press(graph.canvas, "0");
    check("0 fits again", Math.abs(graph.scale / scale - 1) < 0.1);
    check(
        "no node for every input",
        view.querySelectorAll(".node.end").length === R.inputs.length + R.outputs.length);
    graph.setAll(true);
    check(
        "open all: a node for every group",
        view.querySelectorAll(".node:not(.end)").length === groups.length);
    check(
        "fused groups are outlined",
        groups.every((x) => x.members.length + x.gone.length < 2) ||
            view.querySelector(".node.fused"));
    const rows = view.querySelectorAll(".node .row").length,
          homeless = layers.filter((l) => !l.home).length;
    check(
        `a row for every layer: ${rows} of ${layers.length}`, rows === layers.length - homeless);
    check("boxes do not overlap", !overlapping(graph.drawn.map((n) => n.el)));
    graph.setAll(false);
    const closed = view.querySelector(".block.closed");
    if (closed) {
      const before = view.querySelectorAll(".node").length, id = closed.dataset.block;
      click(closed);
      check(
          "a click opens a block",
          view.querySelectorAll(".node, .block.closed").length > before &&
              view.querySelector(`.block.open[data-block="${id}"]`));
      click(view.querySelector(`.block.open[data-block="${id}"] .head`));
      check("a click closes it again", view.querySelector(`.block.closed[data-block="${id}"]`));
    }
    const last = groups[groups.length - 1];
    graph.setAll(false);
    if (last.anchor) select("layer", last.anchor);
    check("a selection opens what hides it", !last.anchor || view.querySelector(".node.on"));
    graph.rebuild(true);
    graph.setAll(true);
    check(
        "as written: a node for every layer",
        view.querySelectorAll(".node:not(.end)").length === layers.length);
    graph.rebuild(false);
    click(view.querySelector(".node:not(.end)") || view.querySelector(".block.closed"));
    check(
        "a click selects",
        selection !== null && $("details").children.length > 1 &&
            $("source").querySelector(".ln.on"));
  },
  layers(view) {
    const table = views.find((v) => v.id === "layers");
    const names = () => table.table.list.map((row) => row.name);
    check("a row for every layer", names().length === layers.length);
    const middle = layers.length >> 1, row = table.table.rowAt(middle);
    check(
        "rows are elements",
        row.isConnected && row.textContent.includes(layers[middle].operator));
    table.table.focus(0);
    for (const key of ["ArrowDown", "End", "Home", "Enter"]) press(document.activeElement, key);
    check(
        "keys walk through the rows and pick one",
        document.activeElement.row === layers[0] && selection.thing === layers[0]);
    const written = names().join();
    click(view.querySelector('th[data-key="macs"] button'));
    const macs = table.table.list.map((row) => row.multiply_adds);
    check(
        "sorts downwards",
        macs.every((m, i) => !i || macs[i - 1] >= m) &&
            view.querySelector("th[aria-sort=descending]"));
    click(view.querySelector('th[data-key="macs"] button'));
    check(
        "sorts upwards",
        view.querySelector("th[aria-sort=ascending]") &&
            table.table.rowAt(0).row.multiply_adds === Math.min(...macs));
    click(view.querySelector('th[data-key="macs"] button'));
    check("the third click restores the order", names().join() === written);
    table.table.filter(layers[0].name);
    check(
        "filters",
        names().length >= 1 && names().length <= layers.length && names()[0] === layers[0].name);
    table.table.filter("");
    click(table.table.rowAt(layers.length - 1));
    check(
        "a row selects its layer",
        selection.kind === "layer" && selection.thing === layers[layers.length - 1]);
    for (const key of ["blocks", "steps", "kernels", "layers"]) table.show(key);
    const foot = view.querySelector("tfoot").textContent;
    check("the sum of multiply-adds is the total", foot.includes(whole(R.totals.multiply_adds)));
  },
  time(view) {
    check(
        "a bar for every kernel call",
        view.querySelectorAll(".bar-p").length === R.totals.kernel_calls);
    check("a roof", view.querySelectorAll(".roof").length === 2);
    check("dots", groups.every((x) => !x.multiply_adds) || view.querySelector(".dot"));
    check("dots lie under the roof's chart", [
      ...view.querySelectorAll(".dot")
    ].every((d) => Number(d.getAttribute("cy")) > 0 && Number(d.getAttribute("cy")) < 400));
  },
  memory(view) {
    const picture = view.querySelector(".scroll"), drawn = () => picture.firstChild;
    if (buffers.length) {
      const before = drawn().getBoundingClientRect().width;
      pinch(picture, 2);
      check(
          "two fingers widen the picture", drawn().getBoundingClientRect().width > 1.9 * before);
      pinch(picture, 0.1);
      check("and narrow it", drawn().getBoundingClientRect().width < 1.1 * before);
    }
    check(
        "a rectangle for every buffer",
        view.querySelectorAll(".buffer rect.whole").length === buffers.length);
    if (!buffers.length) return;
    check(
        "the peak",
        view.querySelector("line.peak") &&
            view.textContent.includes(bytes(R.totals.arena_bytes)));
    check(
        "every region that is used",
        view.querySelectorAll("line.region").length ===
            R.memory.regions.filter((r) => r.bytes).length);
    check("the lower bound", liveBytes(fullest) === R.totals.arena_lower_bound_bytes);
    click(view.querySelector(".buffer"));
    check("a buffer selects", selection.kind === "buffer" && view.querySelector(".buffer.on"));
  },
  layouts(view) {
    check(
        "a row for every value",
        views.find((v) => v.id === "layouts").table.list.length ===
            R.values.filter((v) => v.place !== "weights").length);
  },
  decisions(view) {
    const rows = () => views.find((v) => v.id === "decisions").table.list.length;
    check("a row for every decision", rows() === R.decisions.length);
    const not = R.decisions.filter((d) => !d.taken).length;
    click(view.querySelector('button[data-key="no"]'));
    check("only those not taken", rows() === not);
    click(view.querySelector('button[data-key="all"]'));
    const chip = view.querySelector(".chips button");
    if (chip) {
      click(chip);
      check("one pass alone", rows() === Number(chip.querySelector(".count").textContent));
      click(chip);
    }
    views.find((v) => v.id === "decisions").table.filter("zzzz no such words");
    check("a search that finds nothing", rows() === 0);
    views.find((v) => v.id === "decisions").table.filter("");
  },
};

// Do two boxes on one canvas share area? Neighbours may touch.
function overlapping(elements) {
  const boxes = elements
                    .map((el) => {
                      const [x, y] = el.getAttribute("transform").match(/-?[\d.]+/g).map(Number),
                                r = el.querySelector("rect:not(.behind)");
                      return {
                        x,
                        y,
                        right: x + Number(r.getAttribute("width")),
                        bottom: y + Number(r.getAttribute("height"))
                      };
                    })
                    .sort((a, b) => a.y - b.y);
  return boxes.some(
      (a, i) => boxes.slice(i + 1).some(
          (b) => b.y < a.bottom - 0.2 && a.x < b.right - 0.2 && b.x < a.right - 0.2 &&
              a.y < b.bottom - 0.2));
}

function selfTest() {
  for (const l of layers.slice(0, 3).concat(layers.slice(-3))) {
    select("layer", l);
    if (l.line) check(`${l.name} marks its line`, $("source").querySelector(".ln.on mark"));
  }
  const line = $("source").querySelector(".ln:not(.bare)");
  if (line) {
    click(line);
    check("a line selects layers", selection.kind === "line" && selection.layers.size > 0);
  }
  for (const [id, test] of Object.entries(TESTS)) {
    click($("tab-" + id));
    const view = $("view-" + id);
    check(id + " is shown", !view.hidden && view.children.length > 0);
    try {
      test(view);
    } catch (e) { faults.push(`${id}: ${e.stack || e}`); }
    fits(id);
  }
  $("tab-graph").focus();
  openTab("graph");
  press($("tab-graph"), "ArrowRight");
  check("arrows change tabs", document.body.dataset.tab === "layers");
  const before = document.documentElement.dataset.theme;
  click($("theme"));
  check("the theme changes", document.documentElement.dataset.theme !== before);
  click($("theme"));
  select(null);
  check("the page runs no foreign code", !window.broken);
  const result = faults.length ? "FAULTS\n" + faults.join("\n") : "SELFTEST PASSED";
  if (parent !== window) parent.postMessage({selftest: result, width: innerWidth}, "*");
  document.body.append(
      h("pre", {id: "selftest", "data-width": innerWidth, "data-theme": before}, result));
}
