// main.js: the frame: figures on top, tabs, theme, search, and the address: everything behind '#'
// (tab=memory&select=conv1&theme=dark) can be bookmarked.

function figures() {
  const t = R.totals, gap = t.arena_bytes - t.arena_lower_bound_bytes;
  const list = [
    [count(t.parameters), "parameters"],
    [count(t.multiply_adds), "multiply-adds"],
    hasProfile ? [time(totalMeasured), "measured"] : null,
    [time(totalSeconds), "predicted, one thread"],
    [
      bytes(t.arena_bytes),
      t.arena_optimal ? "arena, optimal" :
                        `arena, ${percent(gap, t.arena_lower_bound_bytes)} over the bound`
    ],
    [whole(t.kernel_calls), `kernel calls for ${whole(t.layers)} layers`],
    [whole(t.barriers), "barriers"],
  ];
  $("figures").append(...list.filter(Boolean).map(
      ([n, label]) => h("div", {class: "figure"}, h("b", {}, n), h("span", {}, label))));
}

function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  $("theme").setAttribute("aria-label", theme === "dark" ? "Change to light" : "Change to dark");
}

function openTab(id) {
  document.body.dataset.tab = id;
  for (const b of $("tabs").children) {
    b.setAttribute("aria-selected", b.dataset.id === id);
    b.tabIndex = b.dataset.id === id ? 0 : -1;
  }
  for (const v of views) {
    v.element.hidden = v.id !== id;
    if (v.id !== id || v.mounted) continue;
    v.mounted = true;
    v.mount(v.element);
    if (selection) v.mark(selection, false);
  }
  const address = new URLSearchParams(location.hash.slice(1));
  address.set("tab", id);
  try {
    history.replaceState(null, "", "#" + address);
  } catch { /* a page without an address */
  }
}

function mountFrame() {
  $("network").textContent = R.network;
  $("about").textContent = [
    R.source, R.target.name, R.inputs.map((i) => `${i.name} ${shape(i.shape)}`).join(", ")
  ].filter(Boolean).join(" · ");
  figures();
  for (const v of views) {
    v.element = h("section", {
      class: "view",
      id: "view-" + v.id,
      role: "tabpanel",
      hidden: true,
      "aria-label": v.title
    });
    $("main").append(v.element);
    $("tabs").append(
        h("button", {
          id: "tab-" + v.id,
          role: "tab",
          "data-id": v.id,
          "aria-controls": "view-" + v.id,
          onclick: () => openTab(v.id)
        },
          v.title, v.count ? h("span", {class: "count"}, whole(v.count)) : null));
  }
  $("tabs").append(
      h("button",
        {id: "tab-source", role: "tab", "data-id": "source", onclick: () => openTab("source")},
        "Source"));
  $("tabs").addEventListener("keydown", (e) => {
    const all = [...$("tabs").children].filter((b) => b.offsetParent);
    const at = all.indexOf(document.activeElement), n = all.length;
    const to = {ArrowRight: at + 1, ArrowLeft: at - 1 + n, Home: 0, End: n - 1}[e.key];
    if (at < 0 || to === undefined) return;
    e.preventDefault();
    all[to % n].focus();
    openTab(all[to % n].dataset.id);
  });
  $("names").append(...layers.map((l) => h("option", {value: l.name})));
  $("find").addEventListener("change", () => {
    const l = layerByName.get($("find").value);
    if (l) select("layer", l);
  });
  $("theme").addEventListener(
      "click",
      () => setTheme(document.documentElement.dataset.theme === "dark" ? "light" : "dark"));
  let shown = null;  // paper is light
  addEventListener("beforeprint", () => {
    shown = document.documentElement.dataset.theme;
    setTheme("light");
  });
  addEventListener("afterprint", () => setTheme(shown));
  addEventListener("keydown", (e) => {
    if (e.key === "Escape") select(null);
  });
}

const ORDER = ["graph", "layers", "time", "memory", "layouts", "decisions"];
views.sort((a, b) => ORDER.indexOf(a.id) - ORDER.indexOf(b.id));
const address = new URLSearchParams(location.hash.slice(1));
setTheme(
    address.get("theme") ||
    (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light"));
matchMedia("(prefers-color-scheme: dark)")
    .addEventListener("change", (e) => setTheme(e.matches ? "dark" : "light"));
mountFrame();
mountSource();
openTab(
    views.some((v) => v.id === address.get("tab")) || address.get("tab") === "source" ?
        address.get("tab") :
        "graph");
select(null);
if (layerByName.has(address.get("select")))
  select("layer", layerByName.get(address.get("select")));
if (address.has("test")) selfTest();
