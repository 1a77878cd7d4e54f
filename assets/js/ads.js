/* Ads and kits: texts that are counted as their channel counts while one types, locks, previews that
   follow, banners to choose from. What is typed lives here, and in the browser's store, until the
   server is told. */
(() => {
  const KEPT = "atelier-ads";
  const MOST_KEPT = 12;
  const WAIT_MS = 450;
  let rules = {};
  const tells = new WeakMap(); // board's place -> tell the server
  const all = (where, what) => [...where.querySelectorAll(what)];
  const fill = (text, facts) => (text || "").replace(/\{(\w+)\}/g, (_, name) => facts[name] ?? "");

  /* counting: as the server counts, by its own table ----------------------------------------- */
  const compiled = new Map();
  const counting = (name) => {
    if (!compiled.has(name)) {
      const rule = rules[name] || { usual: 1, ranges: [], sequences: [] };
      const sequences = rule.sequences.map(([pattern, weight]) => [new RegExp(pattern, "giu"), weight]);
      compiled.set(name, { ...rule, sequences });
    }
    return compiled.get(name);
  };
  const weigh = (rule, point) => {
    let [low, high] = [0, rule.ranges.length - 1];
    while (low <= high) {
      const middle = (low + high) >> 1;
      const [first, last, weight] = rule.ranges[middle];
      if (point < first) high = middle - 1;
      else if (point > last) low = middle + 1;
      else return weight;
    }
    return rule.usual;
  };
  const count = (name, text) => {
    const rule = counting(name);
    let rest = text.normalize("NFC");
    let total = 0;
    for (const [pattern, weight] of rule.sequences) {
      rest = rest.replace(pattern, () => {
        total += weight;
        return "";
      });
    }
    for (const letter of rest) total += weigh(rule, letter.codePointAt(0));
    return total;
  };

  /* where things are ------------------------------------------------------------------------- */
  const boardOf = (element) => element.closest("[data-board]");
  const current = (board) =>
    board.querySelector(":scope > .version-page:not([hidden])") || board.querySelector(":scope > .version-page");
  const keyOf = (page) => `${boardOf(page).dataset.work} ${page.dataset.version}`;
  const placeOf = (row) => `${row.closest(".channel-page").dataset.channel}|${row.dataset.field}|${row.dataset.at}`;
  const area = (row) => row.querySelector("textarea");
  const rowsIn = (page) => all(page, ".ad-row");
  const isLocked = (row) => row.classList.contains("locked");
  const started = new WeakMap(); // row -> how it came: {text, locked}

  /* what is typed survives a reload ------------------------------------------------------------ */
  const stored = () => {
    try {
      return JSON.parse(localStorage.getItem(KEPT) || "{}");
    } catch {
      return {};
    }
  };
  const keep = (page) => {
    const changed = {};
    for (const row of rowsIn(page)) {
      const was = started.get(row);
      if (!was || area(row).value !== was.text || isLocked(row) !== was.locked)
        changed[placeOf(row)] = [area(row).value, isLocked(row)];
    }
    const layouts = {};
    for (const radio of all(page, "input[data-layout]:checked"))
      if (!radio.hasAttribute("data-chosen")) layouts[radio.dataset.size] = Number(radio.value);
    const { [keyOf(page)]: _, ...others } = stored();
    const entries = Object.entries(others).slice(-MOST_KEPT);
    if (Object.keys(changed).length || Object.keys(layouts).length) entries.push([keyOf(page), { changed, layouts }]);
    try {
      localStorage.setItem(KEPT, JSON.stringify(Object.fromEntries(entries)));
    } catch {
      /* a browser may forbid storage; the page works without */
    }
  };
  const restore = (page) => {
    const { changed = {}, layouts = {} } = stored()[keyOf(page)] || {};
    for (const [place, [text, locked]] of Object.entries(changed)) {
      const [channel, field, at] = place.split("|");
      const list = page.querySelector(
        `.channel-page[data-channel="${CSS.escape(channel)}"] ul[data-group="${CSS.escape(field)}"]`,
      );
      if (!list) continue;
      while (list.children.length <= Number(at) && list.children.length) addRow(list);
      const row = list.children[Number(at)];
      if (!row) continue;
      area(row).value = text;
      lock(row, locked);
    }
    for (const [size, layout] of Object.entries(layouts)) {
      const radio = page.querySelector(`input[data-layout][data-size="${CSS.escape(size)}"][value="${Number(layout)}"]`);
      if (radio) pickLayout(radio);
    }
  };

  /* one row ---------------------------------------------------------------------------------- */
  const grow = (text) => {
    if (CSS.supports("field-sizing", "content")) return;
    text.style.height = "auto";
    text.style.height = `${text.scrollHeight}px`;
  };
  const measure = (row) => {
    const [text, limit] = [area(row).value, Number(row.dataset.limit)];
    const used = count(row.dataset.counter, text);
    const said = boardOf(row).dataset;
    const room = row.querySelector(".room");
    room.classList.toggle("over", limit > 0 && used > limit);
    room.classList.toggle("under", !(limit > 0 && used > limit));
    row.querySelector("[data-used]").textContent = String(used);
    row.querySelector("[data-share]").style.width = `${limit ? Math.min(100, Math.round((100 * used) / limit)) : 0}%`;
    row.querySelector("[data-left]").textContent = limit
      ? fill(used > limit ? said.saidOver : said.saidLeft, { count: Math.abs(limit - used) })
      : "";
    area(row).dataset.text = text;
    const was = started.get(row);
    const touched = Boolean(was) && was.text !== text;
    row.classList.toggle("edited", touched);
    row.querySelector("[data-undo]").hidden = !touched;
    grow(area(row));
  };
  const lock = (row, on) => {
    row.classList.toggle("locked", on);
    row.querySelector("[data-lock]").setAttribute("aria-pressed", String(on));
  };
  const ONE_LINE = 200; // as in ui/ad_picks.py
  const typed = (row) => {
    const text = area(row);
    if (Number(row.dataset.limit) <= ONE_LINE && text.value.includes("\n")) text.value = text.value.replace(/\s*\n\s*/g, " ");
    const was = started.get(row);
    if (was && area(row).value !== was.text) lock(row, true); // what a person wrote stays
    else if (was && area(row).value === was.text) lock(row, was.locked);
    after(row);
  };
  const put = (row, text) => {
    area(row).value = text;
    typed(row);
    area(row).focus();
  };
  const addRow = (list) => {
    const last = list.lastElementChild;
    const row = last.cloneNode(true);
    const at = list.children.length;
    row.dataset.at = String(at);
    row.dataset.by = "person";
    row.dataset.angle = "";
    const label = row.dataset.label.replace(/\d+$/, String(at + 1));
    row.dataset.label = label;
    area(row).value = "";
    area(row).setAttribute("aria-label", label);
    const button = row.querySelector("[data-lock]");
    button.setAttribute("aria-label", button.getAttribute("aria-label").replace(/\d+$/, String(at + 1)));
    row.querySelector("[data-complaints]").replaceChildren();
    row.querySelector(".angle")?.remove();
    started.set(row, { text: "", locked: false });
    list.append(row);
    const more = list.parentElement.querySelector("[data-more]");
    if (more) more.hidden = list.children.length >= Number(more.dataset.most);
    return row;
  };

  /* a page ----------------------------------------------------------------------------------- */
  const after = (row) => {
    measure(row);
    const page = row.closest(".version-page");
    tally(page);
    keep(page);
    show(row.closest(".channel-page"));
    judgeSoon(row.closest(".channel-page"));
  };
  const tally = (page) => {
    for (const channel of all(page, ".channel-page")) {
      const rows = all(channel, ".ad-row");
      const locked = rows.filter(isLocked).length;
      const every = channel.querySelector("[data-lock-all]");
      if (every) {
        every.checked = rows.length > 0 && locked === rows.length;
        every.indeterminate = locked > 0 && locked < rows.length;
      }
      const tab = page.querySelector(`[data-open-channel="${CSS.escape(channel.dataset.channel)}"]`);
      tab?.classList.toggle("wrong", rows.some((row) => row.querySelector(".room.over")));
    }
    const rows = rowsIn(page);
    const was = (row) => started.get(row) || { text: "", locked: false };
    const edited = rows.filter((row) => area(row).value !== was(row).text).length;
    const locked = rows.filter(isLocked).length;
    const over = rows.filter((row) => row.querySelector(".room.over")).length;
    const moved = rows.some((row) => isLocked(row) !== was(row).locked);
    for (const bar of all(page, "[data-tally]")) {
      const told = [locked || edited ? fill(bar.dataset.tally, { locked, edited }) : "", over ? fill(bar.dataset.over, { over }) : ""];
      bar.textContent = told.filter(Boolean).join(" · ");
      bar.classList.toggle("wrong", over > 0);
    }
    const picked = all(page, "input[data-layout]:checked").some((radio) => !radio.hasAttribute("data-chosen"));
    const ready = { edited: edited > 0 || moved, picked };
    for (const button of all(page, "[data-when]")) button.disabled = !ready[button.dataset.when];
  };

  /* the preview: every slot shows its text of the present combination -------------------------- */
  const turns = new WeakMap(); // preview -> how often it was turned
  const TOGETHER = ["hashtag", "topic", "tag", "path", "cta", "slogan", "business_name"]; // as in ui/ad_page.py
  const textsOf = (channel) => {
    const texts = {};
    for (const row of all(channel, ".ad-row")) {
      const text = area(row).value.trim();
      if (text) (texts[row.dataset.field] ||= []).push(text);
    }
    if (Object.keys(texts).length) return texts;
    for (const list of all(channel, ".group")) {
      const name = [...list.classList].find((each) => each !== "group");
      texts[name] = all(list, "[data-text]").map((each) => each.textContent.trim());
    }
    return texts;
  };
  const show = (channel) => {
    const preview = channel?.querySelector("[data-preview]");
    if (!preview) return;
    const texts = textsOf(channel);
    const turned = turns.get(preview) || 0;
    const slots = all(preview, "[data-slot]");
    for (const slot of slots) {
      const some = texts[slot.dataset.slot] || [];
      const together = TOGETHER.includes(slot.dataset.slot);
      const at = Number(slot.dataset.k) + (together ? 0 : turned);
      const text = together ? some[at] : some.length > Number(slot.dataset.k) ? some[at % some.length] : "";
      slot.textContent = text || "";
      slot.hidden = !text;
    }
    const most = Math.max(1, ...Object.entries(texts).map(([name, some]) => (TOGETHER.includes(name) ? 1 : some.length)));
    const number = preview.querySelector("[data-combination]");
    if (!number) return;
    number.textContent = String((((turned % most) + most) % most) + 1);
    preview.querySelector("[data-combinations]").textContent = String(most);
  };
  const combine = (button) => {
    const preview = button.closest("[data-preview]");
    const channel = button.closest(".channel-page") || preview.parentElement;
    const most = Number(preview.querySelector("[data-combinations]").textContent) || 1;
    turns.set(preview, ((turns.get(preview) || 0) + Number(button.dataset.combine) + most) % most);
    show(channel);
  };

  /* the rules: the server reads the lines again when the hand rests ------------------------------ */
  const resting = new WeakMap();
  const judgeSoon = (channel) => {
    clearTimeout(resting.get(channel));
    resting.set(channel, setTimeout(() => judge(channel), WAIT_MS));
  };
  const judge = (channel) => {
    const board = boardOf(channel);
    const tell = board && tells.get(board);
    if (!tell) return;
    const rows = all(channel, ".ad-row").map((row) => ({ name: row.dataset.field, text: area(row).value }));
    const version = channel.closest(".version-page").dataset.version;
    tell("judge", JSON.stringify({ work: board.dataset.work, version, channel: channel.dataset.channel, rows }));
  };
  /* The answer: {work, version, channel, rows: [[text, markup], ...]}; a line that was changed since
     waits for its own. The markup is the server's, every value in it escaped there. */
  const judged = (answer) => {
    let told;
    try {
      told = JSON.parse(answer);
    } catch {
      return [];
    }
    const page = document.querySelector(
      `[data-board][data-work="${CSS.escape(told.work)}"] > .version-page[data-version="${CSS.escape(told.version)}"]`,
    );
    const channel = page?.querySelector(`.channel-page[data-channel="${CSS.escape(told.channel)}"]`);
    if (!channel) return [];
    all(channel, ".ad-row").forEach((row, number) => {
      const [text, markup] = told.rows[number] || [];
      const place = row.querySelector("[data-complaints]");
      if (text === area(row).value && place.dataset.said !== markup) {
        place.innerHTML = markup;
        place.dataset.said = markup;
      }
    });
    return [];
  };

  /* banners: three layouts a size, one is picked, one size is looked at --------------------------- */
  const pickLayout = (radio) => {
    radio.checked = true;
    const size = radio.closest(".banner-size");
    const shown = radio.closest("label").querySelector("img");
    const large = size.querySelector(".banner-large img");
    if (large && shown) {
      large.src = shown.dataset.full || shown.src;
      large.alt = shown.alt;
    }
    for (const each of all(size, "[data-of-layout]")) each.hidden = each.dataset.ofLayout !== radio.value;
    const page = radio.closest(".version-page");
    const small = page.querySelector(`[data-open-size="${CSS.escape(radio.dataset.size)}"] img`);
    if (small && shown) small.src = shown.src;
    tally(page);
  };
  const openIn = (button, what, where) => {
    const page = button.closest(".version-page");
    for (const each of all(page, `[data-open-${what}]`)) {
      const on = each === button;
      each.setAttribute(each.getAttribute("role") === "tab" ? "aria-selected" : "aria-pressed", String(on));
      if (each.getAttribute("role") === "tab") each.tabIndex = on ? 0 : -1;
    }
    for (const each of all(page, where)) each.hidden = each.dataset[what] !== button.getAttribute(`data-open-${what}`);
    remember(page, what, button.getAttribute(`data-open-${what}`));
  };
  const OPENS = { channel: ".part-copy .channel-page", size: ".banner-size", part: ".kit-part" };
  const opened = new Map(); // part, channel, size: the same ones stand open in the next work
  const remember = (page, what, value) => opened.set(what, value);
  const reopen = (page) => {
    for (const [what, value] of opened) {
      const button = page.querySelector(`[data-open-${what}="${CSS.escape(value)}"]`);
      if (button) openIn(button, what, OPENS[what]);
    }
  };

  /* a work arrives ----------------------------------------------------------------------------- */
  const arrived = (element, tell, given) => {
    if (given) rules = given;
    const outcome = element.closest(".outcome");
    const board = element.querySelector("[data-board]");
    if (outcome) outcome.dataset.made = board ? "yes" : "";
    if (!board) return;
    if (tells.has(board)) return;
    tells.set(board, tell);
    for (const page of all(board, ":scope > .version-page")) {
      for (const row of rowsIn(page)) started.set(row, { text: area(row).value, locked: isLocked(row) });
      restore(page);
      for (const row of rowsIn(page)) measure(row);
      for (const channel of all(page, ".channel-page")) show(channel);
      tally(page);
      reopen(page);
    }
  };
  const gathered = (craft) => {
    const board = document.querySelector(`#result-${craft} [data-board]`);
    if (!board) return "{}";
    const page = current(board);
    const channels = {};
    for (const row of rowsIn(page)) {
      const { field, at, angle, by } = row.dataset;
      (channels[row.closest(".channel-page").dataset.channel] ||= []).push({
        name: field, at: Number(at), text: area(row).value, angle, by, locked: isLocked(row),
      });
    }
    const layouts = {};
    for (const radio of all(page, "input[data-layout]:checked")) layouts[radio.dataset.size] = Number(radio.value);
    return JSON.stringify({ work: board.dataset.work, version: Number(page.dataset.version), channels, layouts });
  };
  const press = (button) => {
    const outcome = button.closest(".outcome");
    const craft = outcome?.querySelector(".result[id^='result-']")?.id.replace("result-", "");
    document.querySelector(`#${button.dataset.press}-${craft}`)?.click();
  };

  document.addEventListener("input", (event) => {
    if (event.target.matches?.("textarea[data-edit]")) typed(event.target.closest(".ad-row"));
  });
  document.addEventListener("change", (event) => {
    const target = event.target;
    if (target.matches?.("[data-lock-all]")) {
      const channel = target.closest(".channel-page");
      for (const row of all(channel, ".ad-row")) lock(row, target.checked);
      tally(target.closest(".version-page"));
      keep(target.closest(".version-page"));
    } else if (target.matches?.("input[data-layout]")) {
      pickLayout(target);
      keep(target.closest(".version-page"));
    } else if (target.matches?.("[data-version-pick]")) {
      for (const page of all(boardOf(target), ":scope > .version-page")) page.hidden = page.dataset.version !== target.value;
    }
  });
  document.addEventListener("click", (event) => {
    const target = event.target.closest?.(
      "[data-lock],[data-undo],[data-take],[data-more],[data-combine],[data-press],[data-open-channel],[data-open-size],[data-open-part]",
    );
    if (!target) return;
    const data = target.dataset;
    const row = target.closest(".ad-row");
    if ("combine" in data) combine(target);
    else if ("press" in data) press(target);
    else if ("openChannel" in data) openIn(target, "channel", OPENS.channel);
    else if ("openSize" in data) openIn(target, "size", OPENS.size);
    else if ("openPart" in data) openIn(target, "part", OPENS.part);
    else if ("lock" in data) {
      lock(row, !isLocked(row));
      tally(row.closest(".version-page"));
      keep(row.closest(".version-page"));
    } else if ("undo" in data) put(row, started.get(row)?.text || "");
    else if ("take" in data) put(row, data.take);
    else if ("more" in data) {
      const added = addRow(target.parentElement.querySelector("ul"));
      measure(added);
      area(added).focus();
    }
  });
  /* Arrows walk a row of tabs, Home and End go to its ends. Enter in a line goes to the next one. */
  document.addEventListener("keydown", (event) => {
    const tab = event.target.closest?.("[role=tab]");
    if (tab && tab.closest("[data-board]")) {
      const tabs = all(tab.closest("[role=tablist]"), "[role=tab]");
      const at = tabs.indexOf(tab);
      const to = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      const next = tabs.at(to % tabs.length);
      next.focus();
      next.click();
    } else if (event.key === "Enter" && !event.shiftKey && !event.ctrlKey && !event.metaKey && !event.isComposing) {
      const text = event.target.matches?.("textarea[data-edit]") ? event.target : null;
      if (!text || Number(text.closest(".ad-row").dataset.limit) > ONE_LINE) return;
      event.preventDefault();
      const areas = all(text.closest(".channel-page"), "textarea[data-edit]");
      areas[areas.indexOf(text) + 1]?.focus();
    }
  });

  window.atelier.ads = { arrived, gathered, judged, count };
})();
