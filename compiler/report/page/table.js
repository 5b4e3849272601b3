// table.js: tables that sort by any column, filter as one types, and mark the selection. Of long
// ones only the rows around what is in sight are elements; the rest is room above and below.

const WHOLE = 400, AROUND = 150, ROW_HEIGHT = 27;

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
    this.trs = new Map();  // by row, as far as they were needed
    this.above = this.room();
    this.below = this.room();
    this.body.addEventListener("keydown", (e) => this.key(e));
    addEventListener("scroll", () => this.follow(), {capture: true, passive: true});
    addEventListener("beforeprint", () => this.element.isConnected && this.draw(0, Infinity));
    this.update();
  }

  room() {
    const cell = h("td", {colspan: this.columns.length});
    return Object.assign(h("tr", {class: "room", "aria-hidden": "true"}, cell), {cell});
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
    const tr = h("tr", {tabindex: "-1"}, cells);
    if (this.pick) tr.addEventListener("click", () => this.pick(row));
    tr.row = row;
    return tr;
  }
  trOf(row) {
    if (!this.trs.has(row)) this.trs.set(row, this.rowElement(row));
    return this.trs.get(row);
  }

  // Rows [from, to) as elements.
  draw(from, to) {
    const n = this.list.length;
    this.from = clamp(from, 0, n);
    this.to = clamp(to, this.from, n);
    const trs = this.list.slice(this.from, this.to).map((row) => this.trOf(row));
    for (const tr of trs) this.markRow(tr);
    this.above.cell.style.height = this.from * ROW_HEIGHT + "px";
    this.below.cell.style.height = (n - this.to) * ROW_HEIGHT + "px";
    this.body.replaceChildren(
        ...this.from ? [this.above] : [], ...trs, ...this.to < n ? [this.below] : []);
    if (trs.length && !trs.some((tr) => tr.tabIndex === 0)) trs[0].tabIndex = 0;
  }

  // The rows around the middle of what is in sight, once its edge comes near.
  follow() {
    const n = this.list.length;
    if (this.to - this.from === n || !this.element.isConnected) return;
    const box = this.element.getBoundingClientRect(), body = this.body.getBoundingClientRect();
    const low = Math.max(box.top, 0), high = Math.min(box.bottom, innerHeight);
    const first = body.top + this.from * ROW_HEIGHT,
          last = body.bottom - (n - this.to) * ROW_HEIGHT;
    if (high <= low ||
        ((!this.from || first < low - 300) && (this.to === n || last > high + 300)))
      return;
    const y = (low + high) / 2;
    const middle = y < first ? (y - body.top) / ROW_HEIGHT :
        y > last             ? this.to + (y - last) / ROW_HEIGHT :
                               this.from + (y - first) / (last - first) * (this.to - this.from);
    this.draw(Math.floor(middle) - AROUND, Math.floor(middle) + AROUND);
  }

  // The element of a row by its place in the list.
  rowAt(i) {
    if (i < this.from || i >= this.to) this.draw(i - AROUND, i + AROUND);
    return this.trOf(this.list[i]);
  }

  // Arrows walk through the rows, Enter picks one.
  key(e) {
    const tr = e.target.closest("tr"), at = this.list.indexOf(tr && tr.row);
    const to = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + 20,
      PageUp: at - 20,
      Home: 0,
      End: Infinity
    }[e.key];
    if (at < 0 || e.target !== tr) return;
    if ((e.key === "Enter" || e.key === " ") && this.pick)
      this.pick(tr.row);
    else if (to === undefined)
      return;
    else
      this.focus(clamp(to, 0, this.list.length - 1));
    e.preventDefault();
  }
  focus(i) {
    for (const tr of this.trs.values()) tr.tabIndex = -1;
    const tr = this.rowAt(i);
    tr.tabIndex = 0;
    tr.focus({preventScroll: true});
    reveal(
        tr,
        this.element.clientHeight < this.element.scrollHeight ? this.element :
                                                                this.element.closest(".view"));
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
    const shown = this.rows.filter((row) => this.keep(row) && this.matches(row));
    if (!this.order) return shown;
    const {column, down} = this.order, value = this.columns[column].value;
    return shown.map((row, i) => [value(row), i, row])
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
    this.list = this.sorted();
    this.draw(0, this.list.length > WHOLE ? 2 * AROUND : Infinity);
    this.element.scrollTop = 0;
    [...this.head.children].forEach((th, i) => {
      const on = this.order && this.order.column === i;
      if (on)
        th.setAttribute("aria-sort", this.order.down ? "descending" : "ascending");
      else
        th.removeAttribute("aria-sort");
    });
    if (this.foot) this.foot.replaceChildren(this.footRow(this.list));
    if (this.changed) this.changed();
  }

  footRow(rows) {
    return h(
        "tr", {},
        this.columns.map(
            (c) => h("td", {class: c.right ? "r" : null}, c.total ? c.total(rows) : "")));
  }

  markRow(tr) { tr.classList.toggle("on", Boolean(this.marked) && this.on(tr.row, this.marked)); }
  mark(selection, own) {
    this.marked = selection;
    const first = selection ? this.list.findIndex((row) => this.on(row, selection)) : -1;
    if (first >= 0 && !own) this.rowAt(first);
    for (const tr of this.body.children)
      if (tr.row) this.markRow(tr);
    if (first >= 0 && !own) reveal(this.rowAt(first), this.element);
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
