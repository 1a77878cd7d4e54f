/* Pictures: choosing on a sheet, the tray, the large view, comparing, and the sketch pad. What is
   chosen lives here; the server is told when a tool asks. */
(() => {
  const MOST = 8;
  const SIDE = 12;
  const START = ["#f4efe4", "#e8c07d", "#c8553d", "#8fb8c9", "#2f5d62", "#26211f"];
  const states = new WeakMap();
  const tabOf = (element) => element.closest(".outcome");
  const named = (name) => document.querySelector(`#tab-${name} .outcome`);
  const make = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== false && value !== null) element.setAttribute(name, value === true ? "" : value);
    }
    element.append(...children);
    return element;
  };
  const button = (label, attributes = {}) => {
    const made = make("button", { type: "button", ...attributes });
    made.textContent = label;
    return made;
  };
  const fill = (text, facts) => text.replace(/\{(\w+)\}/g, (_, name) => facts[name] ?? "");
  const said = () => document.querySelector(".tray-place .said")?.dataset || {};
  const state = (outcome) => {
    if (!states.has(outcome)) states.set(outcome, { picks: [], seen: new Set() });
    return states.get(outcome);
  };

  /* choosing ------------------------------------------------------------------------------ */
  const key = (figure) => `${figure.dataset.work} ${figure.dataset.version}`;
  const pickOf = (figure) => {
    const image = figure.querySelector("img");
    const { work, version, full } = figure.dataset;
    return { key: key(figure), work, version: Number(version), src: image.src, full, alt: image.alt };
  };
  const toggle = (figure) => {
    const outcome = tabOf(figure);
    if (!outcome) return;
    const kept = state(outcome);
    const at = kept.picks.findIndex((each) => each.key === key(figure));
    if (at >= 0) kept.picks.splice(at, 1);
    else kept.picks = [...kept.picks, pickOf(figure)].slice(-MOST);
    show(outcome);
  };
  const show = (outcome) => {
    const { picks } = state(outcome);
    for (const figure of outcome.querySelectorAll("figure.print[data-work]")) {
      const at = picks.findIndex((each) => each.key === key(figure));
      figure.classList.toggle("chosen", at >= 0);
      figure.querySelector("[data-pick]")?.setAttribute("aria-pressed", String(at >= 0));
      const order = figure.querySelector(".order");
      if (order) order.textContent = at >= 0 ? String(at + 1) : "";
    }
    outcome.dataset.count = String(Math.min(2, picks.length));
    tray(outcome, picks);
  };
  const tray = (outcome, picks) => {
    const place = outcome.querySelector(".tray-place .said")?.parentElement;
    if (!place) return;
    let shown = place.querySelector(".tray");
    if (!shown) {
      shown = make("div", { class: "tray" });
      place.append(shown);
    }
    const words = said();
    const line = make("p", { class: "counted", "aria-live": "polite" });
    line.textContent = picks.length ? fill(words.count, { n: picks.length }) : words.empty;
    const list = make("ol", { "aria-label": words.chosen });
    picks.forEach((each, at) => {
      const remove = make("button", {
        type: "button", "data-unpick": each.key, "aria-label": fill(words.remove, { n: at + 1 }),
      });
      remove.append(make("img", { src: each.src, alt: "" }), make("span", { "aria-hidden": "true" }, String(at + 1)));
      list.append(make("li", {}, remove));
    });
    const tools = make("div", { class: "tray-tools" });
    if (picks.length === 2) {
      tools.append(button(words.compare, { class: "tool", "data-compare": true }));
      tools.append(button(words.swap, { class: "tool", "data-swap": true }));
    }
    if (picks.length) tools.append(button(words.clear, { class: "tool", "data-clear": true }));
    shown.replaceChildren(...(picks.length ? [list] : []), line, tools);
  };
  /* A new sheet begins a new choice; one that was seen before keeps it. */
  const arrived = (element) => {
    const outcome = tabOf(element);
    if (!outcome) return;
    const board = outcome.querySelector(".board");
    const kept = state(outcome);
    if (board && !kept.seen.has(board.dataset.work)) {
      kept.seen.add(board.dataset.work);
      kept.picks = [];
    }
    outcome.dataset.made = board ? "yes" : "";
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
      for (const image of outcome.querySelectorAll("img[data-still]")) image.src = image.dataset.still;
    }
    show(outcome);
  };
  const picked = (name) => {
    const outcome = named(name);
    if (!outcome) return "[]";
    const { picks } = state(outcome);
    const only = outcome.querySelectorAll("figure.print[data-work]");
    const chosen = picks.length || only.length !== 1 ? picks : [pickOf(only[0])];
    return JSON.stringify(chosen.map(({ work, version }) => ({ work, version })));
  };

  const step = (frame, event) => {
    const frames = [...frame.closest(".sheets").querySelectorAll(".frame")];
    const at = frames.indexOf(frame);
    const top = frames[0].getBoundingClientRect().top;
    const rowEnd = frames.findIndex((each) => each.getBoundingClientRect().top > top + 8);
    const columns = rowEnd < 0 ? frames.length : rowEnd;
    const to = {
      ArrowLeft: at - 1, ArrowRight: at + 1, ArrowUp: at - columns, ArrowDown: at + columns,
      Home: 0, End: frames.length - 1,
    }[event.key];
    if (to === undefined || !frames[to]) return;
    event.preventDefault();
    frames[to].focus();
  };

  /* the large view ------------------------------------------------------------------------ */
  const dialogOf = (kind, label) => {
    const narrow = window.innerWidth < 760 ? " narrow" : ""; // it lies outside what media rules reach
    const dialog = make("dialog", { class: `lightbox ${kind}${narrow}`, "aria-label": label });
    const close = button("×", { class: "close", "aria-label": said().close || "×" });
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => dialog.remove());
    dialog.append(close);
    document.body.append(dialog);
    return dialog;
  };
  const wide = (dialog) => () =>
    document.fullscreenElement ? document.exitFullscreen() : dialog.requestFullscreen?.();
  const look = (from) => {
    const figures = [...from.closest(".sheets, .board").querySelectorAll("figure.print[data-work]")];
    let at = figures.indexOf(from);
    const words = said();
    const dialog = dialogOf("viewer", from.querySelector("img").alt);
    const image = make("img", { alt: "" });
    const title = make("p", { class: "viewed", "aria-live": "polite" });
    const more = make("div", { class: "viewed-more" });
    const files = make("span", { class: "files" });
    const choose = button(words.choose, { class: "tool" });
    const full = button(words.full, { class: "tool" });
    const back = button("‹", { class: "turn-view back", "aria-label": words.previous });
    const on = button("›", { class: "turn-view on", "aria-label": words.next });
    const chosen = () => {
      const pressed = figures[at].querySelector("[data-pick]")?.getAttribute("aria-pressed");
      choose.hidden = pressed === undefined || pressed === null;
      choose.setAttribute("aria-pressed", pressed || "false");
      choose.textContent = pressed === "true" ? words.taken : words.choose;
    };
    const paint = () => {
      const figure = figures[at];
      const shown = figure.querySelector("img");
      image.src = figure.dataset.full || shown.src;
      image.alt = shown.alt;
      const seed = figure.querySelector(".seed")?.textContent || "";
      title.textContent = `${at + 1} / ${figures.length} · ${seed}`;
      const template = figure.querySelector("template");
      more.replaceChildren(...(template ? [template.content.cloneNode(true)] : []));
      files.replaceChildren(...more.querySelectorAll(".tools > a"));
      chosen();
    };
    const turn = (by) => {
      at = (at + by + figures.length) % figures.length;
      paint();
    };
    back.addEventListener("click", () => turn(-1));
    on.addEventListener("click", () => turn(1));
    full.addEventListener("click", wide(dialog));
    choose.addEventListener("click", () => {
      toggle(figures[at]);
      chosen();
    });
    dialog.addEventListener("keydown", (event) => {
      if (event.key === "ArrowLeft") turn(-1);
      else if (event.key === "ArrowRight") turn(1);
    });
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
    back.hidden = on.hidden = figures.length < 2;
    const bar = make("div", { class: "view-bar" }, title, choose, full, files);
    dialog.append(make("div", { class: "stage" }, back, image, on), bar, more);
    paint();
    dialog.showModal();
    choose.hidden ? full.focus() : choose.focus();
  };
  const compare = (outcome) => {
    const [one, other] = state(outcome).picks;
    if (!one || !other) return;
    const words = said();
    const dialog = dialogOf("comparing", words.compare);
    const slide = make("input", { type: "range", min: 0, max: 100, value: 50, "aria-label": words.slide });
    const stage = make("div", { class: "pair" },
      make("img", { src: one.full || one.src, alt: one.alt }),
      make("img", { src: other.full || other.src, alt: other.alt, class: "over" }),
      make("i", { class: "edge", "aria-hidden": "true" }), slide);
    const move = () => stage.style.setProperty("--at", `${slide.value}%`);
    slide.addEventListener("input", move);
    move();
    const full = button(words.full, { class: "tool" });
    full.addEventListener("click", wide(dialog));
    dialog.append(stage, make("div", { class: "view-bar" }, make("p", { class: "viewed" }, "1 | 2"), full));
    dialog.showModal();
    slide.focus();
  };

  const type = (colours, from) => {
    const field = from.closest(".tool-panel")?.querySelector(".colours textarea, .colours input");
    if (!field) return;
    field.value = colours;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };

  document.addEventListener("click", (event) => {
    const target = event.target.closest?.(
      "[data-pick],[data-look],[data-unpick],[data-clear],[data-compare],[data-swap],button[data-palette]",
    );
    if (!target) return;
    const outcome = tabOf(target);
    if ("pick" in target.dataset) toggle(target.closest("figure"));
    else if ("look" in target.dataset) look(target.closest("figure"));
    else if ("compare" in target.dataset) compare(outcome);
    else if ("palette" in target.dataset) type(target.dataset.palette, target);
    else {
      const kept = state(outcome);
      if ("clear" in target.dataset) kept.picks = [];
      else if ("swap" in target.dataset) kept.picks.reverse();
      else kept.picks = kept.picks.filter((each) => each.key !== target.dataset.unpick);
      show(outcome);
      (outcome.querySelector(".tray button") || outcome.querySelector("[data-pick]"))?.focus();
    }
  });
  document.addEventListener("dblclick", (event) => {
    const frame = event.target.closest?.("[data-pick]");
    if (frame) look(frame.closest("figure"));
  });
  document.addEventListener("keydown", (event) => {
    const frame = event.target.closest?.(".board .frame");
    if (frame) step(frame, event);
  });

  /* the sketch pad ------------------------------------------------------------------------ */
  const pads = new Map();
  const currentColours = (name) => {
    const told = named(name)?.querySelector(".board")?.dataset.palette?.split(" ").filter(Boolean) || [];
    return [...new Set([...told, ...START])].slice(0, 8);
  };
  const sketch = (element) => {
    const place = element.querySelector(".pad-words");
    if (!place || place.nextElementSibling) return;
    const name = element.closest('[id^="tab-"]').id.replace("tab-", "");
    const words = place.dataset;
    const pad = pads.get(name) || { cells: null, colours: currentColours(name), brush: 0, wide: 1 };
    pads.set(name, pad);
    const grid = make("div", { class: "pad", role: "grid", "aria-label": words.pad });
    const cells = [];
    for (let row = 0; row < SIDE; row += 1) {
      const line = make("div", { role: "row" });
      for (let column = 0; column < SIDE; column += 1) {
        const cell = make("div", { role: "gridcell", tabindex: row + column ? -1 : 0, "data-at": row * SIDE + column });
        cells.push(cell);
        line.append(cell);
      }
      grid.append(line);
    }
    const told = (at) => {
      const colour = pad.cells ? pad.cells[at] : pad.colours[0];
      const facts = { r: Math.floor(at / SIDE) + 1, c: (at % SIDE) + 1, k: colour };
      cells[at].style.background = colour;
      cells[at].setAttribute("aria-label", fill(words.cell, facts));
    };
    const paint = (at) => {
      pad.cells ||= Array(SIDE * SIDE).fill(pad.colours[0]);
      const [row, column] = [Math.floor(at / SIDE), at % SIDE];
      const reach = pad.wide - 1;
      for (let r = row; r <= Math.min(SIDE - 1, row + reach); r += 1) {
        for (let c = column; c <= Math.min(SIDE - 1, column + reach); c += 1) {
          pad.cells[r * SIDE + c] = pad.colours[pad.brush];
          told(r * SIDE + c);
        }
      }
    };
    const redraw = () => cells.forEach((_, at) => told(at));
    const brushes = make("div", { class: "brushes", role: "group", "aria-label": words.colours });
    const reColour = () => {
      brushes.replaceChildren(...pad.colours.map((colour, at) => {
        const one = make("button", {
          type: "button", "aria-pressed": String(at === pad.brush), "aria-label": `${at + 1}: ${colour}`, style: `background:${colour}`,
        });
        one.addEventListener("click", () => {
          pad.brush = at;
          reColour();
          brushes.children[at].focus();
        });
        return one;
      }));
    };
    const own = make("input", { type: "color", "aria-label": words.own, value: "#3d6f9e" });
    own.addEventListener("change", () => {
      pad.colours = [...pad.colours, own.value].slice(-8);
      pad.brush = pad.colours.length - 1;
      reColour();
    });
    const size = button("", { class: "tool" });
    const sized = () => (size.textContent = fill(words.wide, { n: pad.wide }));
    size.addEventListener("click", () => {
      pad.wide = (pad.wide % 3) + 1;
      sized();
    });
    const flood = button(words.flood, { class: "tool" });
    flood.addEventListener("click", () => {
      pad.cells = Array(SIDE * SIDE).fill(pad.colours[pad.brush]);
      redraw();
    });
    const colours = button(words.refresh, { class: "tool" });
    colours.addEventListener("click", () => {
      pad.colours = currentColours(name);
      pad.brush = Math.min(pad.brush, pad.colours.length - 1);
      reColour();
    });
    const clear = button(words.clear, { class: "tool" });
    clear.addEventListener("click", () => {
      pad.cells = null;
      redraw();
    });
    const under = (event) => document.elementFromPoint(event.clientX, event.clientY)?.closest?.(".pad [data-at]");
    grid.addEventListener("pointerdown", (event) => {
      const cell = under(event);
      if (!cell || !grid.contains(cell)) return;
      event.preventDefault();
      pad.drawing = true;
      paint(Number(cell.dataset.at));
      cell.focus();
    });
    grid.addEventListener("pointermove", (event) => {
      if (!pad.drawing || !event.buttons) return;
      const cell = under(event);
      if (cell && grid.contains(cell)) paint(Number(cell.dataset.at));
    });
    window.addEventListener("pointerup", () => (pad.drawing = false));
    const focus = (at) => {
      for (const each of cells) each.tabIndex = -1;
      cells[at].tabIndex = 0;
      cells[at].focus();
    };
    grid.addEventListener("keydown", (event) => {
      const at = Number(event.target.dataset.at);
      if (Number.isNaN(at)) return;
      const [row, column] = [Math.floor(at / SIDE), at % SIDE];
      const moves = {
        ArrowLeft: [row, column - 1], ArrowRight: [row, column + 1], ArrowUp: [row - 1, column],
        ArrowDown: [row + 1, column], Home: [row, 0], End: [row, SIDE - 1],
      };
      if (event.key === " " || event.key === "Enter") {
        event.preventDefault();
        if (!event.ctrlKey && !event.metaKey) paint(at);
      } else if (/^[1-8]$/.test(event.key) && pad.colours[Number(event.key) - 1]) {
        event.stopPropagation();
        pad.brush = Number(event.key) - 1;
        reColour();
      } else if (moves[event.key]) {
        event.preventDefault();
        const [r, c] = moves[event.key].map((each) => Math.max(0, Math.min(SIDE - 1, each)));
        focus(r * SIDE + c);
      }
    });
    pad.redraw = (rows) => {
      if (rows) {
        pad.cells = rows.flat();
        pad.colours = [...new Set(pad.cells)].slice(0, 8);
        pad.brush = 0;
        reColour();
      }
      redraw();
    };
    const bar = make("div", { class: "pad-bar" }, brushes, own, size, flood, clear, colours);
    place.after(make("div", { class: "sketch" }, grid, bar));
    reColour();
    sized();
    redraw();
  };
  const cells = (name) => {
    const drawn = pads.get(name)?.cells;
    if (!drawn) return "";
    return JSON.stringify(Array.from({ length: SIDE }, (_, row) => drawn.slice(row * SIDE, (row + 1) * SIDE)));
  };
  const load = (name, text) => {
    if (text) pads.get(name)?.redraw(JSON.parse(text));
    return [];
  };

  window.atelier.pictures = { arrived, picked, sketch, cells, load };
})();
