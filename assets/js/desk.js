/* The writing desk: counts, the passage under the cursor, marks under slips, what is kept. Text and
   marks never leave the page but for the studio's own reading of them. */
(() => {
  const READ_AFTER_MS = 700;
  const IGNORED = "atelier-left-as-is";
  const states = new WeakMap(); // a desk's marks and timers, for as long as it is on the page
  const state = (paper) => {
    if (!states.has(paper)) states.set(paper, { marks: [], text: "", timer: 0 });
    return states.get(paper);
  };
  const paperOf = (element) => element?.closest?.(".paper");
  const areaOf = (paper) => paper.querySelector(".manuscript textarea");
  const papers = () => [...document.querySelectorAll(".paper")].filter((each) => areaOf(each));

  /* how long it is ------------------------------------------------------------------------ */
  const sizes = (text) => {
    const han = (text.match(/\p{Script=Han}/gu) || []).length;
    const words = (text.replace(/\p{Script=Han}/gu, " ").match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu) || []).length;
    return { han, words };
  };
  const told = (line, { han, words }) =>
    [
      words || !han ? (words === 1 ? line.dataset.word : line.dataset.words).replace("#", words) : "",
      han ? line.dataset.han.replace("#", han) : "",
    ].filter(Boolean).join(" · ");
  const count = (paper) => {
    const line = paper.querySelector(".count");
    const area = areaOf(paper);
    if (!line || !area) return;
    let text = told(line, sizes(area.value));
    const chosen = area.value.slice(area.selectionStart, area.selectionEnd);
    if (chosen.trim() && document.activeElement === area) {
      text += ` · ${line.dataset.selected.replace("#", told(line, sizes(chosen)))}`;
    }
    if (line.textContent !== text) line.textContent = text;
  };

  /* the passage that a revision works on ---------------------------------------------------- */
  const passage = (craft, goesOn) => {
    const paper = document.querySelector(`#desk-${craft}`);
    const area = areaOf(paper);
    const text = area.value;
    let [start, end] = [area.selectionStart, area.selectionEnd];
    state(paper).before = text;
    if (goesOn) [start, end] = [0, end];
    else if (!text.slice(start, end).trim()) {
      start = text.lastIndexOf("\n", start - 1) + 1;
      const stop = text.indexOf("\n", end);
      end = stop === -1 ? text.length : stop;
      if (!text.slice(start, end).trim()) [start, end] = [0, text.length]; // between paragraphs: all
    }
    return JSON.stringify({ before: text.slice(0, start), text: text.slice(start, end), after: text.slice(end) });
  };

  /* marks under slips ------------------------------------------------------------------------ */
  const ignored = () => {
    try {
      return new Set(JSON.parse(localStorage.getItem(IGNORED) || "[]"));
    } catch {
      return new Set();
    }
  };
  const under = (area) => {
    const wrap = area.parentElement;
    let layer = wrap.querySelector(":scope > .underlines");
    if (!layer) {
      layer = document.createElement("div");
      layer.className = "underlines";
      layer.setAttribute("aria-hidden", "true");
      wrap.prepend(layer);
    }
    return layer;
  };
  const paint = (paper) => {
    const area = areaOf(paper);
    const pieces = [];
    let at = 0;
    for (const mark of state(paper).marks) {
      pieces.push(area.value.slice(at, mark.start));
      const piece = document.createElement("mark");
      piece.textContent = area.value.slice(mark.start, mark.end);
      mark.piece = piece;
      pieces.push(piece);
      at = mark.end;
    }
    pieces.push(area.value.slice(at) + "\n");
    under(area).replaceChildren(...pieces);
  };
  const marks = (paper) => {
    const area = areaOf(paper);
    if (!area) return;
    const left = ignored();
    const points = [...area.value];
    const wide = points.length !== area.value.length; // the server counts characters, not units
    const unit = (place) => (wide ? points.slice(0, place).join("").length : place);
    const found = [];
    for (const item of paper.querySelectorAll("[data-slip]")) {
      const [start, end] = [unit(Number(item.dataset.start)), unit(Number(item.dataset.end))];
      const fits = area.value.slice(start, end) === item.dataset.was;
      item.hidden = !fits || left.has(item.dataset.was);
      if (!item.hidden) found.push({ start, end, item });
    }
    Object.assign(state(paper), { marks: found, text: area.value });
    const section = paper.querySelector(".slips");
    if (section) section.hidden = !found.length;
    paint(paper);
    count(paper);
  };
  /* Text was typed: marks behind it move along, those it touches go. */
  const shift = (paper) => {
    const area = areaOf(paper);
    const own = state(paper);
    const [was, now] = [own.text, area.value];
    if (was === now) return;
    let head = 0;
    while (head < was.length && head < now.length && was[head] === now[head]) head += 1;
    let tail = 0;
    while (tail < was.length - head && tail < now.length - head && was[was.length - 1 - tail] === now[now.length - 1 - tail]) tail += 1;
    const moved = now.length - was.length;
    own.marks = own.marks.filter((mark) => {
      if (mark.end < head || (mark.end === head && head === was.length)) return true;
      if (mark.start > was.length - tail) {
        mark.start += moved;
        mark.end += moved;
        return true;
      }
      mark.item.hidden = true;
      return false;
    });
    own.text = now;
    paint(paper);
  };
  const read = (paper, wait = READ_AFTER_MS) => {
    const own = state(paper);
    clearTimeout(own.timer);
    own.timer = setTimeout(() => paper.querySelector("button.read-it")?.click(), wait);
  };

  /* one click mends ---------------------------------------------------------------------------- */
  const replace = (area, start, end, text) => {
    area.focus();
    area.setSelectionRange(start, end);
    // keeps the browser's own undo; the fallback is for browsers without it
    const done = text ? document.execCommand("insertText", false, text) : document.execCommand("delete");
    if (!done) {
      area.setRangeText(text, start, end, "end");
      area.dispatchEvent(new InputEvent("input", { bubbles: true }));
    }
  };
  const markOf = (paper, item) => state(paper).marks.find((mark) => mark.item === item);
  const mend = (paper, item, fix) => {
    const mark = markOf(paper, item);
    if (mark) replace(areaOf(paper), mark.start, mark.end, fix);
  };
  const leave = (paper, item) => {
    const left = [...ignored(), item.dataset.was].slice(-500);
    try {
      localStorage.setItem(IGNORED, JSON.stringify(left));
    } catch {
      /* the page works without storage */
    }
    marks(paper);
  };
  const close = () => document.querySelector(".mending")?.remove();
  const open = (paper, mark) => {
    close();
    const menu = document.createElement("div");
    menu.className = "mending";
    menu.append(...[...mark.item.children].slice(1).map((each) => each.cloneNode(true)));
    menu.item = mark.item;
    const [around, place] = [paper.getBoundingClientRect(), mark.piece.getBoundingClientRect()];
    menu.style.top = `${place.bottom - around.top + 6}px`;
    paper.append(menu);
    const left = Math.min(place.left - around.left, around.width - menu.offsetWidth - 8);
    menu.style.left = `${Math.max(8, left)}px`;
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-fix],[data-fix-all],[data-show],[data-leave]");
    const paper = paperOf(event.target);
    if (!paper) return close();
    if (!button) {
      const area = areaOf(paper);
      const at = area.selectionStart;
      const hit = event.target === area && area.selectionEnd === at;
      const mark = hit && state(paper).marks.find((each) => each.start <= at && at <= each.end);
      if (mark) open(paper, mark);
      else if (!event.target.closest(".mending")) close();
      return;
    }
    const item = button.closest("[data-slip]") || button.closest(".mending")?.item;
    if ("fixAll" in button.dataset) {
      for (const mark of [...state(paper).marks].reverse()) {
        const fix = mark.item.querySelector("[data-fix]");
        if (fix) mend(paper, mark.item, fix.dataset.fix);
      }
    } else if ("fix" in button.dataset) mend(paper, item, button.dataset.fix);
    else if ("leave" in button.dataset) leave(paper, item);
    else {
      const mark = markOf(paper, item);
      if (!mark) return;
      const area = areaOf(paper);
      area.focus();
      area.setSelectionRange(mark.start, mark.end);
      mark.piece.scrollIntoView({ block: "center", behavior: "smooth" });
    }
    if (!("show" in button.dataset)) close();
  });

  /* what happens on the paper ------------------------------------------------------------------ */
  document.addEventListener("input", (event) => {
    const paper = paperOf(event.target);
    if (!paper || event.target !== areaOf(paper)) return;
    close();
    shift(paper);
    count(paper);
    read(paper);
  });
  for (const name of ["selectionchange", "focusin", "focusout"]) {
    document.addEventListener(name, () => papers().forEach(count));
  }
  document.addEventListener("keydown", (event) => event.key === "Escape" && close());

  /* A change is proposed: into view, and to hand for the keyboard. */
  const proposed = (craft) => {
    const paper = document.querySelector(`#desk-${craft}`);
    const place = paper?.querySelector(".difference .passage");
    if (!place) return [];
    const box = place.getBoundingClientRect();
    if (box.top < 0 || box.bottom > innerHeight) {
      place.scrollIntoView({ block: box.height > innerHeight / 2 ? "start" : "center", behavior: "smooth" });
    }
    const here = document.activeElement;
    if (here === document.body || paper.contains(here) || !here?.offsetParent) {
      paper.querySelector("button.accept")?.focus({ preventScroll: true });
    }
    return [];
  };
  /* A change was accepted: the cursor stands at its end. */
  const landed = (craft) => {
    setTimeout(() => {
      const paper = document.querySelector(`#desk-${craft}`);
      const area = areaOf(paper);
      const [was, now] = [state(paper).before || "", area.value];
      let tail = 0;
      while (tail < was.length && tail < now.length && was[was.length - 1 - tail] === now[now.length - 1 - tail]) tail += 1;
      area.focus({ preventScroll: true });
      area.setSelectionRange(now.length - tail, now.length - tail);
    }, 60);
    return [];
  };
  const take = (file) => {
    if (file) {
      const { url, name } = JSON.parse(file);
      const link = document.createElement("a");
      link.href = url;
      link.download = name;
      document.body.append(link);
      link.click();
      link.remove();
    }
    return [];
  };
  const arrived = (craft) => {
    const paper = document.querySelector(`#desk-${craft}`);
    if (paper) {
      shift(paper);
      count(paper);
      read(paper, 30);
    }
    return [];
  };
  const reread = (craft) => {
    const paper = document.querySelector(`#desk-${craft}`);
    if (paper) marks(paper);
    return [];
  };
  Object.assign(window.atelier, { desk: { passage, marks, reread, proposed, landed, take, arrived, count } });
})();
