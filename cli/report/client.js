// What the review's report does in a browser: it filters, opens details and walks the graph. It reads what the
// page holds and writes attributes only, so that no name ever becomes markup. Its hash is in the page's
// content security policy.
"use strict";
(() => {
  /** @type {<E extends Element = HTMLElement>(selector: string, root?: ParentNode) => E[]} */
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
  const search = /** @type {HTMLInputElement} */ (document.getElementById("search"));
  const result = /** @type {HTMLElement} */ (document.getElementById("result"));
  const side = /** @type {HTMLElement} */ (document.getElementById("side"));
  /** @type {HTMLElement | null} */
  let opener = null;
  document.documentElement.classList.add("js");

  const shownView = () => document.querySelector(".view:not([hidden])");
  /** @type {(view: Element | null) => HTMLElement[]} */
  const nodesOf = (view) => (view === null ? [] : all(".node", view));

  function filter() {
    const words = search.value
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word !== "");
    /** @type {(text: string) => boolean} */
    const fits = (text) => words.every((word) => text.includes(word));
    for (const view of all(".view")) {
      const found = new Set();
      for (const node of all(".node", view)) {
        const match = fits(node.dataset.search ?? "");
        if (match) found.add(node.dataset.node);
        node.classList.toggle("dim", !match);
      }
      for (const arrow of all(".arrow", view)) {
        arrow.classList.toggle(
          "dim",
          !found.has(arrow.dataset.from) && !found.has(arrow.dataset.to),
        );
      }
    }
    let rows = 0;
    for (const row of all("tbody tr")) {
      row.hidden = !fits(row.textContent.toLowerCase());
      if (!row.hidden) rows += 1;
    }
    /** @type {HTMLDetailsElement[]} */
    const tables = words.length === 0 ? [] : all("details.panel");
    for (const table of tables) {
      table.open = table.querySelector("tbody tr:not([hidden])") !== null;
    }
    const nodes = nodesOf(shownView()).filter((node) => !node.classList.contains("dim")).length;
    result.textContent =
      words.length === 0 ? "" : nodes + " in the graph, " + rows + " in the tables";
  }

  /** @type {(id: string | undefined, from: HTMLElement) => void} */
  function open(id, from) {
    for (const node of all(".node"))
      node.setAttribute("aria-expanded", String(node.dataset.node === id));
    for (const detail of all(".detail"))
      detail.classList.toggle("open", detail.id === "detail-" + id);
    const detail = document.getElementById("detail-" + id);
    side.classList.toggle("busy", detail !== null);
    if (detail === null) return;
    opener = from;
    side.scrollTop = 0;
    detail.querySelector("h3")?.focus();
  }

  function close() {
    for (const node of all(".node")) node.setAttribute("aria-expanded", "false");
    for (const detail of all(".detail.open")) detail.classList.remove("open");
    side.classList.remove("busy");
    if (opener !== null) opener.focus();
    opener = null;
  }

  /** @type {Record<string, [number, number] | undefined>} */
  const DIRECTIONS = {
    ArrowRight: [1, 0],
    ArrowLeft: [-1, 0],
    ArrowDown: [0, 1],
    ArrowUp: [0, -1],
  };

  /** @type {(node: HTMLElement, direction: [number, number]) => void} */
  function walk(node, [dx, dy]) {
    const x = Number(node.dataset.x);
    const y = Number(node.dataset.y);
    let best = null;
    let least = Infinity;
    for (const other of nodesOf(node.closest(".view"))) {
      const along = (Number(other.dataset.x) - x) * dx + (Number(other.dataset.y) - y) * dy;
      const aside = Math.abs(
        (Number(other.dataset.x) - x) * dy + (Number(other.dataset.y) - y) * dx,
      );
      const distance = along + 2 * aside;
      if (other !== node && along > 1 && distance < least) {
        least = distance;
        best = other;
      }
    }
    if (best !== null) best.focus();
  }

  /** @type {(name: string) => void} */
  function show(name) {
    for (const view of all(".view")) view.hidden = view.dataset.view !== name;
    for (const button of all("[data-show]")) {
      button.setAttribute("aria-pressed", String(button.dataset.show === name));
    }
    filter();
  }

  /** @type {(factor: number) => void} */
  function zoom(factor) {
    /** @type {SVGSVGElement[]} */
    const graphs = all("svg.graph");
    for (const svg of graphs) {
      const box = svg.viewBox.baseVal;
      const now = Number(svg.getAttribute("width")) / box.width;
      const next = factor === 0 ? 1 : Math.min(3, Math.max(0.2, now * factor));
      svg.setAttribute("width", String(Math.round(box.width * next)));
      svg.setAttribute("height", String(Math.round(box.height * next)));
    }
  }

  /** @type {(event: Event, selector: string) => HTMLElement | null} */
  const around = (event, selector) =>
    event.target instanceof Element ? event.target.closest(selector) : null;

  search.addEventListener("input", filter);
  document.addEventListener("click", (event) => {
    const node = around(event, "[data-node], [data-open]");
    if (node !== null) open(node.dataset.node ?? node.dataset.open, node);
    const button = around(event, "button");
    if (button === null) return;
    if (button.dataset.show !== undefined) show(button.dataset.show);
    if (button.dataset.zoom !== undefined) zoom(Number(button.dataset.zoom));
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target === search;
    if (event.key === "/" && !typing) {
      event.preventDefault();
      search.focus();
      return;
    }
    if (event.key === "Escape") {
      if (typing && search.value !== "") {
        search.value = "";
        filter();
      } else {
        close();
      }
      return;
    }
    const node = around(event, ".node");
    if (node === null) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      open(node.dataset.node, node);
      return;
    }
    const direction = Object.hasOwn(DIRECTIONS, event.key) ? DIRECTIONS[event.key] : undefined;
    if (direction !== undefined) {
      event.preventDefault();
      walk(node, direction);
    }
  });
})();
