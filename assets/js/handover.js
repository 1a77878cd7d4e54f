/* Works handed on to other crafts: which version goes, the lines of a board, the graph's keys. */
(() => {
  /* Every button of a menu names its work, its version and what is made of it. */
  const choose = (nav, version) => {
    for (const button of nav.querySelectorAll("[data-do='hand-over']")) {
      button.dataset.id = `${nav.dataset.work} ${version} ${button.dataset.name}`;
    }
    const select = nav.querySelector(".which-version");
    if (select && select.value !== String(version)) select.value = String(version);
  };
  document.addEventListener("change", (event) => {
    const select = event.target.closest?.(".make-of .which-version");
    if (select) choose(select.closest(".make-of"), select.value);
    const take = event.target.closest?.("[data-choose]")?.closest("[data-work][data-version]");
    if (take) follow(take);
  });
  /* The picture or the take that is chosen on its sheet is the version that goes. */
  const follow = (sheet) => {
    for (const nav of document.querySelectorAll(`.make-of[data-work="${CSS.escape(sheet.dataset.work)}"]`)) {
      choose(nav, sheet.dataset.version);
    }
  };
  document.addEventListener("click", (event) => {
    const pick = event.target.closest?.("[data-pick]");
    const sheet = pick?.closest("[data-work][data-version]");
    if (sheet && pick.getAttribute("aria-pressed") !== "true") follow(sheet);
  }, true);

  /* board --------------------------------------------------------------------------------- */
  const panelsOf = (start) => {
    try {
      const told = JSON.parse(start || "null");
      return told && told.verb === "board" && Array.isArray(told.panels) ? told.panels : null;
    } catch {
      return null;
    }
  };
  const started = (lines, start) => {
    const panels = (lines || "").split("\n").map((each) => each.trim()).filter(Boolean);
    if (JSON.stringify(panelsOf(start)) === JSON.stringify(panels)) return start;
    if (panels.length) return JSON.stringify({ verb: "board", panels });
    return panelsOf(start) ? "" : start;
  };
  /* Told on all tabs: the panel's own may not be built yet. */
  const tabs = () => document.querySelector("#crafts").dataset;
  const board = (on) => {
    tabs().board = on ? "on" : "";
    return [];
  };
  const turned = () => board(tabs().board !== "on");
  const lines = (start, shown) => {
    const panels = panelsOf(start);
    if (panels) board(true);
    const typed = (shown || "").split("\n").map((each) => each.trim()).filter(Boolean);
    if (panels && JSON.stringify(panels) === JSON.stringify(typed)) return shown;
    return panels ? panels.join("\n") : "";
  };

  /* graph: arrow keys go along the lines, and up and down a column ------------------------- */
  const towards = (from, key) => {
    const nodes = [...from.closest(".kin").querySelectorAll("li[data-node]")];
    const here = from.closest("li[data-node]");
    const names = (node, what) => (node.dataset[what] || "").split(" ").filter(Boolean);
    if (key === "ArrowLeft") return nodes.find((each) => names(here, "from").includes(each.dataset.node));
    if (key === "ArrowRight") return nodes.find((each) => names(each, "from").includes(here.dataset.node));
    const column = nodes.filter((each) => each.dataset.depth === here.dataset.depth);
    const at = column.indexOf(here) + (key === "ArrowDown" ? 1 : -1);
    return column[at] || nodes[nodes.indexOf(here) + (key === "ArrowDown" ? 1 : -1)];
  };
  document.addEventListener("keydown", (event) => {
    const node = event.target.closest?.(".kin button");
    if (!node || !/^Arrow/.test(event.key)) return;
    const next = towards(node, event.key)?.querySelector("button");
    if (next) {
      event.preventDefault();
      next.focus();
      next.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
  });
  const arrived = (craft) => {
    const line = document.querySelector(`#origin-${CSS.escape(craft)}`);
    setTimeout(() => line?.scrollIntoView({ block: "start" }), 60);
    return [];
  };
  /* The work that is shown is brought into sight in a graph that is wider than its place. */
  const reveal = () => {
    const node = document.querySelector("#history-detail .kin [aria-current]")?.closest("li");
    const field = node?.closest(".field");
    if (field) field.scrollLeft = node.offsetLeft - (field.clientWidth - node.offsetWidth) / 2;
  };
  window.atelier.handover = { started, lines, turned, arrived, reveal };
})();
