// layouts.js: how every value is stored, what padding costs, and where and why elements are moved
// from one layout into another.

const padding = (v) => v.padded_bytes - v.bytes;
const placeText = (v) => v.place === "arena" ? "arena + " + whole(v.offset) :
    v.place === "weights"                    ? "weights, section " + v.index :
                                               v.place;

function valueTable(rows) {
  return new Table({
    rows,
    text: (v) => [v.name, v.layout, v.place].join(" "),
    pick: (v) => select("value", v, "layouts"),
    on: (v, s) => s.groups.has(groupOfValue.get(v.name)),
    columns: [
      text("name", "value", (v) => v.name, {total: (list) => `${list.length} values`}),
      {
        key: "shape",
        title: "shape",
        value: (v) => v.shape.reduce((a, d) => a * d, 1),
        show: (v) => shape(v.shape),
        right: true
      },
      {
        key: "layout",
        title: "layout",
        value: (v) => v.layout || "",
        show: (v) => h("span", {class: "mono", title: axesText(v)}, shortened(v.layout || "", 40))
      },
      number(
          "bytes", "bytes", (v) => v.bytes, whole,
          {total: (list) => whole(sum(list, (v) => v.bytes))}),
      number("padding", "padding", padding, whole, {
        tip: "channels filled up to whole blocks",
        total: (list) => whole(sum(list, padding))
      }),
      {
        key: "share",
        title: "of it",
        value: (v) => padding(v) / Math.max(1, v.padded_bytes),
        show: (v) => padding(v) ? share(padding(v), v.padded_bytes) : "",
        right: true
      },
      text("place", "place", placeText),
    ],
  });
}

// The axes, outermost first, as nested loops: "n:1 · c/8:8 · h:56 · w:56 · c%8:8".
function axesText(v) {
  const names = v.shape.length === 4 ? "nchw" : v.shape.length === 5 ? "ncdhw" : "nclx";
  return v.axes
      .map(
          (a) => `${names[a.dim] || a.dim}${a.div > 1 ? "/" + a.div : ""}: ${a.extent} every ${
              whole(a.stride)}`)
      .join(" · ");
}

views.push({
  id: "layouts",
  title: "Layouts",
  mount(el) {
    const changes = R.decisions.filter((d) => d.pass === "layout" && d.taken);
    const sets = {
      data: R.values.filter((v) => v.place !== "weights"),
      weights: R.values.filter((v) => v.place === "weights"),
    };
    const filter = h("input", {
      type: "search",
      placeholder: "Filter",
      "aria-label": "Filter values",
      oninput: () => this.table.filter(filter.value)
    });
    const box = h("div", {style: "display:contents"}), made = {};
    const show = (key) => {
      this.table = made[key] || (made[key] = valueTable(sets[key]));
      this.table.filter(filter.value);
      box.replaceChildren(this.table.element);
      this.table.mark(selection, true);
    };
    el.append(
        h("div", {class: "card"},
          h("h2", {},
            changes.length ?
                `${changes.length} layout ${changes.length === 1 ? "change" : "changes"}` :
                "No layout changes"),
          h("p", {},
            changes.length ? "Elements are moved here, and nothing is computed:" :
                             "Every value is written in the layout in which it is read."),
          changes.length ? this.changeTable(changes).element : null),
        h("div", {class: "bar"},
          choice(
              [
                ["data", `Data (${sets.data.length})`],
                ["weights", `Packed weights (${sets.weights.length})`]
              ],
              "data", show),
          filter),
        box);
    show("data");
  },
  changeTable(changes) {
    return new Table({
      rows: changes,
      text: (d) => d.what,
      pick: (d) => select("decision", d, "layouts"),
      on: () => false,
      columns: [
        text("what", "change", (d) => d.what), {
          key: "reason",
          title: "because",
          value: (d) => d.reason,
          show: (d) => d.reason,
          wrap: true
        },
        number("bytes", "bytes moved", (d) => -d.bytes, whole),
        number("seconds", "predicted", (d) => -d.seconds, time)
      ],
    });
  },
  mark(s, own) { this.table.mark(s, own); },
});
