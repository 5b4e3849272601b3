// decisions.js: everything that passes and planner decided, taken or not, to search and to
// filter.

views.push({
  id: "decisions",
  title: "Decisions",
  count: R.decisions.length,
  mount(el) {
    const passes = new Map();
    for (const d of R.decisions) passes.set(d.pass, (passes.get(d.pass) || 0) + 1);
    const state = {pass: null, taken: null};
    const search = h("input", {
      type: "search",
      placeholder: "Search decisions",
      "aria-label": "Search decisions",
      oninput: () => this.table.filter(search.value)
    });
    const summary = h("span", {class: "soft num"});
    this.table = this.makeTable();
    this.table.element.classList.add("fill");
    this.table.keep = (d) => (!state.pass || d.pass === state.pass) &&
        (state.taken === null || d.taken === state.taken);
    this.table.changed = () => {
      const shown = this.table.list, taken = shown.filter((d) => d.taken),
            not = shown.filter((d) => !d.taken);
      const part = (list, what) => list.length ? `${list.length} ${what}` + saved(list) : "";
      summary.textContent =
          [part(taken, "taken"), part(not, "not taken")].filter(Boolean).join(" · ") ||
          "nothing matches";
    };
    const chips = h("span", {class: "chips"});
    const chip = (key, label, n) =>
        h("button", {
          "aria-pressed": key === state.pass,
          onclick: (e) => {
            state.pass = state.pass === key ? null : key;
            for (const b of chips.children)
              b.setAttribute("aria-pressed", b === e.currentTarget && state.pass !== null);
            this.table.update();
          }
        },
          label, h("span", {class: "count"}, String(n)));
    for (const [p, n] of passes) chips.append(chip(p, p, n));
    el.append(
        h("div", {class: "bar"}, search,
          choice(
              [["all", "All"], ["yes", "Taken"], ["no", "Not taken"]], "all",
              (key) => {
                state.taken = key === "all" ? null : key === "yes";
                this.table.update();
              }),
          summary),
        h("div", {class: "bar"}, chips), this.table.element);
    this.table.update();
    this.mark(selection, true);
  },
  makeTable() {
    return new Table({
      rows: R.decisions,
      text: (d) => [d.pass, d.node, d.what, d.reason, d.taken ? "taken" : "not taken",
                    d.line ? `${d.file}:${d.line}` : ""]
                       .join(" "),
      pick: (d) => select("decision", d, "decisions"),
      on: (d, s) => s.kind === "decision" ? s.thing === d : s.names.has(d.node),
      columns: [
        {
          key: "what",
          title: "decision",
          value: (d) => d.what,
          show: (d) =>
              h("span", {title: d.what},
                h("span",
                  {class: d.taken ? "yes" : "no", "aria-label": d.taken ? "taken" : "not taken"},
                  d.taken ? "✓ " : "✗ "),
                shortened(d.what, NAME_ROOM + 20))
        },
        text("pass", "pass", (d) => d.pass),
        text("node", "about", (d) => d.node),
        {
          key: "reason",
          title: "because",
          value: (d) => d.reason,
          show: (d) => d.reason,
          wrap: true
        },
        number(
            "bytes", "bytes", (d) => d.bytes, (v) => whole(v),
            {tip: "traffic that taking it saves, or would; negative: costs"}),
        number("seconds", "time", (d) => d.seconds, time, {tip: "predicted, likewise"}),
        number("line", "line", (d) => d.line || 0, String),
        number("other", "with line", (d) => d.other && d.other.line || 0, String),
      ],
    });
  },
  mark(s, own) { this.table.mark(s, own); },
});

function saved(list) {
  const b = sum(list, (d) => d.bytes), s = sum(list, (d) => d.seconds);
  return b || s ? ` (${bytes(b)}, ${time(s)})` : "";
}
