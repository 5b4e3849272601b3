// table.js: tables that sort by any column, filter as one types, and mark the selection.

// columns: {key, title, value(row) for sorting, show(row) text or element, right, wrap, tip,
// total(rows) for the last line} rows: objects; pick(row) on a click; on(row, selection) whether
// it is selected.
class Table {
  constructor({columns, rows, pick, on, text}) {
    Object.assign(this, {columns, rows, pick, on, text});
    this.order = null;  // {column, down}
    this.words = [];
    this.keep = () => true;
    this.body = h("tbody");
    this.head = h("tr", {}, columns.map((c, i) => this.headCell(c, i)));
    this.foot = columns.some((c) => c.total) ? h("tfoot") : null;
    this.element = h(
        "div", {class: "table"}, h("table", {}, h("thead", {}, this.head), this.body, this.foot));
    this.trs = rows.map((r) => this.rowElement(r));
    this.update();
  }

  headCell(c, i) {
    return h(
        "th", {class: c.right ? "r" : null, title: c.tip, "data-key": c.key},
        h("button", {onclick: () => this.sortBy(i)}, c.title));
  }

  rowElement(row) {
    const cells = this.columns.map((c) => {
      const shown = c.show(row);
      const text = typeof shown === "string" ? shown : null;
      return h(
          "td", {
            class: (c.right ? "r" : "") + (c.wrap ? " wrap" : "") || null,
            title: text && text.length > 30 ? text : null
          },
          shown);
    });
    const tr = h("tr", {}, cells);
    if (this.pick) tr.addEventListener("click", () => this.pick(row));
    tr.row = row;
    return tr;
  }

  // First click: numbers downwards, text upwards; then the other way; then the original order.
  sortBy(i) {
    const first = this.columns[i].right === true;
    if (!this.order || this.order.column !== i)
      this.order = {column: i, down: first};
    else if (this.order.down === first)
      this.order.down = !first;
    else
      this.order = null;
    this.update();
  }

  filter(text) {
    this.words = text.toLowerCase().split(/\s+/).filter(Boolean);
    this.update();
  }

  sorted() {
    const shown = this.trs.filter((tr) => this.keep(tr.row) && this.matches(tr.row));
    if (!this.order) return shown;
    const {column, down} = this.order, value = this.columns[column].value;
    return shown.map((tr, i) => [value(tr.row), i, tr])
        .sort((a, b) => {
          const less = a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0;
          return (down ? -less : less) || a[1] - b[1];
        })
        .map((x) => x[2]);
  }

  matches(row) {
    if (!this.words.length) return true;
    const text = this.text(row).toLowerCase();
    return this.words.every((w) => text.includes(w));
  }

  update() {
    const shown = this.sorted();
    this.shown = shown.length;
    this.body.replaceChildren(...shown);
    [...this.head.children].forEach((th, i) => {
      const on = this.order && this.order.column === i;
      if (on)
        th.setAttribute("aria-sort", this.order.down ? "descending" : "ascending");
      else
        th.removeAttribute("aria-sort");
    });
    if (this.foot) this.foot.replaceChildren(this.footRow(shown.map((tr) => tr.row)));
    if (this.changed) this.changed();
  }

  footRow(rows) {
    return h(
        "tr", {},
        this.columns.map(
            (c) => h("td", {class: c.right ? "r" : null}, c.total ? c.total(rows) : "")));
  }

  mark(selection, own) {
    let first = null;
    for (const tr of this.trs) {
      const on = selection !== null && this.on(tr.row, selection);
      tr.classList.toggle("on", on);
      if (on && !first && tr.isConnected) first = tr;
    }
    if (first && !own) reveal(first, this.element);
  }
}

// A share of something as text and bar.
function share(part, all, kind) {
  const p = all > 0 ? clamp((100 * part) / all, 0, 100) : 0;
  const bar = h("i", {class: kind ? "k-" + kind : null});
  bar.style.width = p.toFixed(1) + "%";
  return h(
      "span", {class: kind ? "k-" + kind : null}, part > 0 ? percent(part, all) : "",
      h("span", {class: "meter"}, bar));
}
const swatch = (kind) => h("i", {class: "swatch k-" + kind});
