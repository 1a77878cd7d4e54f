/* Melodies: takes to play, one at a time; the cursor over wave, roll and score; which take and which
   bars are worked on. What is chosen lives here; the server is told when a tool asks. */
(() => {
  const FULL_RATE = "44100";
  const views = new WeakMap();
  const chosen = new Map(); // work -> version
  const edits = new Map(); // "work version" -> {notes, past, future}
  const scripts = new Map(); // "work version" -> ABC as it was left
  let bars = new Set();
  let told = "";
  let tell = () => {};
  const make = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== false && value !== null) element.setAttribute(name, value === true ? "" : value);
    }
    element.append(...children);
    return element;
  };
  const fill = (text, facts) => (text || "").replace(/\{(\w+)\}/g, (_, name) => facts[name] ?? "");
  const said = () => document.querySelector(".said-place .melody-said")?.dataset || {};
  const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
  /* On a stand a take is a row to play and choose, and a page of its own below: its detail. */
  const detailOf = (take) =>
    take.closest(".stand")?.querySelector(`:scope > .take-page[data-version="${take.dataset.version}"]`);
  const part = (take, where) => take.querySelector(where) || detailOf(take)?.querySelector(where);
  const takeOf = (element) => {
    const detail = element?.closest?.(".take-page");
    if (!detail) return element?.closest?.(".take");
    return detail.closest(".stand").querySelector(`.take[data-version="${detail.dataset.version}"]`);
  };
  const keyOf = (take) => (take.dataset.work ? `${take.dataset.work} ${take.dataset.version}` : "");
  const tools = () => document.querySelector("#tools-melody");
  const editing = (take) => take.classList.contains("chosen") && tools()?.dataset.tool === "notes";
  const view = (take) => {
    if (!views.has(take)) {
      let facts = {};
      try {
        facts = JSON.parse(take.dataset.facts || "{}");
      } catch {
        /* a take without facts has a player only */
      }
      views.set(take, { facts, drawn: [], lit: [], timemap: [], heard: -1 });
    }
    return views.get(take);
  };
  const notesOf = (take) => edits.get(keyOf(take))?.notes || view(take).facts.notes || [];

  /* names ----------------------------------------------------------------------------------- */
  const SHARP = ["C", "C♯", "D", "D♯", "E", "F", "F♯", "G", "G♯", "A", "A♯", "B"];
  const FLAT = ["C", "D♭", "D", "E♭", "E", "F", "G♭", "G", "A♭", "A", "B♭", "B"];
  const pitchName = (facts, pitch) => (facts.flats ? FLAT : SHARP)[pitch % 12] + (Math.floor(pitch / 12) - 1);
  const barOf = (facts, quarters) => Math.floor((quarters - facts.upbeat) / facts.bar + 1e-6) + 1;
  const clock = (seconds) => {
    const whole = Math.max(0, Math.floor(seconds || 0));
    return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
  };

  /* the piano roll -------------------------------------------------------------------------- */
  const place = (facts, from, length) => {
    const share = (quarters) => `${((100 * quarters) / facts.quarters).toFixed(3)}%`;
    return `left:${share(from)};width:${share(length)}`;
  };
  const fullBars = (facts) => Math.max(1, Math.ceil((facts.quarters - facts.upbeat) / facts.bar - 1e-6));
  const barRow = (take, facts) => {
    const row = make("div", { class: "bars", role: "group", "aria-label": said().bars || null });
    for (let bar = 1; bar <= fullBars(facts); bar += 1) {
      const at = facts.upbeat + (bar - 1) * facts.bar;
      const style = place(facts, at, Math.min(facts.bar, facts.quarters - at));
      const one = keyOf(take)
        ? make("button", {
          type: "button", style, "data-bar": bar, "aria-pressed": String(bars.has(bar) && take.classList.contains("chosen")),
          "aria-label": fill(said().bar, { n: bar }),
        }, String(bar))
        : make("span", { style }, String(bar));
      row.append(one);
    }
    return row;
  };
  const phraseRow = (take, facts) => {
    const row = make("div", { class: "phrases" });
    facts.phrases.forEach((mark, number) => {
      const first = number * facts.phrase;
      const at = facts.upbeat + first * facts.bar;
      if (at >= facts.quarters) return;
      const length = Math.min(facts.phrase * facts.bar, facts.quarters - at);
      const last = Math.min(first + facts.phrase, fullBars(facts));
      const tag = keyOf(take) ? "button" : "span";
      row.append(make(tag, {
        type: tag === "button" ? "button" : null, style: place(facts, at, length), "data-phrase": `${first + 1}-${last}`,
        "aria-label": tag === "button" ? fill(said().phrase, { mark, first: first + 1, last }) : null,
      }, mark));
    });
    return row;
  };
  const noteElement = (take, facts, note, range, live) => {
    const [pitch, onset, length] = note;
    const row = 100 / (range.high - range.low + 1);
    const style = `${place(facts, onset, length)};bottom:${((pitch - range.low) * row).toFixed(2)}%;height:${row.toFixed(2)}%`;
    if (!live) return make("i", { class: "note", style });
    const label = fill(said().note, {
      name: pitchName(facts, pitch), bar: barOf(facts, onset),
      beat: Number((((onset - facts.upbeat + 64 * facts.bar) % facts.bar) / facts.beat + 1).toFixed(2)),
      length: Number((length / facts.beat).toFixed(2)),
    });
    return make("button", { type: "button", class: "note", style, "aria-label": label });
  };
  const draw = (take) => {
    const holder = part(take, ".roll");
    const { facts } = view(take);
    if (!holder || !facts.notes?.length) return;
    const kept = view(take);
    const notes = notesOf(take);
    const live = editing(take);
    const pitches = notes.map(([pitch]) => pitch);
    const pad = live ? 5 : 2;
    const range = pitches.length
      ? { low: Math.min(...pitches) - pad, high: Math.max(...pitches) + pad }
      : { low: 58, high: 74 };
    kept.range = range;
    const scrolled = holder.querySelector(".roll-scroll")?.scrollLeft || 0;
    const grid = make("div", { class: "grid" });
    const rows = range.high - range.low + 1;
    for (let pitch = range.low; pitch <= range.high; pitch += 1) {
      const tonic = pitch % 12 === facts.tonic;
      const outside = !facts.scale.includes(pitch % 12);
      if (!tonic && !(live && outside)) continue;
      const style = `bottom:${((100 * (pitch - range.low)) / rows).toFixed(2)}%;height:${(100 / rows).toFixed(2)}%`;
      grid.append(make("i", { class: tonic ? "row tonic" : "row outside", style }));
      if (tonic) grid.append(make("span", { class: "pitch", style, "aria-hidden": "true" }, pitchName(facts, pitch)));
    }
    for (let bar = 0; bar <= fullBars(facts); bar += 1) {
      const at = facts.upbeat + bar * facts.bar;
      if (at > 0 && at < facts.quarters - 1e-6) {
        grid.append(make("i", { class: bar % facts.phrase ? "line" : "line strong", style: `left:${(100 * at) / facts.quarters}%` }));
      }
    }
    kept.drawn = notes.map((note) => noteElement(take, facts, note, range, live));
    grid.append(...kept.drawn, make("i", { class: "cursor", "aria-hidden": "true" }));
    const chords = make("div", { class: "chords" });
    facts.chords.forEach((name, number) => {
      const at = facts.upbeat + number * facts.bar;
      if (name && name !== facts.chords[number - 1] && at < facts.quarters) {
        chords.append(make("span", { style: `left:${(100 * at) / facts.quarters}%` }, name));
      }
    });
    const inner = make("div", { class: "roll-inner", style: `--bars:${fullBars(facts)};--rows:${rows}` });
    inner.append(barRow(take, facts), grid);
    if (facts.phrases.length) inner.prepend(phraseRow(take, facts));
    if (facts.chords.length) inner.append(chords);
    const scroll = make("div", { class: "roll-scroll", tabindex: "0", role: "group", "aria-label": holder.dataset.label }, inner);
    holder.classList.toggle("live", live);
    holder.replaceChildren(scroll);
    scroll.scrollLeft = scrolled;
    kept.heard = -1;
    follow(take, 0, true);
    window.atelier.melodies.redrawn?.(take);
  };

  /* the score ------------------------------------------------------------------------------- */
  const engrave = (holder, text) => {
    const drawing = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
    if (drawing.nodeName !== "svg") return null;
    for (const each of drawing.querySelectorAll("script, foreignObject, image, a")) each.remove();
    for (const each of [drawing, ...drawing.querySelectorAll("*")]) {
      for (const { name } of [...each.attributes]) if (name.toLowerCase().startsWith("on")) each.removeAttribute(name);
    }
    drawing.removeAttribute("style");
    drawing.setAttribute("aria-hidden", "true");
    holder.replaceChildren(document.importNode(drawing, true));
    return holder.querySelector("svg");
  };
  const score = async (take) => {
    const holder = part(take, ".score");
    if (!holder || holder.dataset.shown) return;
    holder.dataset.shown = "yes";
    try {
      const text = holder.dataset.svg || (await (await fetch(holder.dataset.score)).text());
      const svg = engrave(holder, text);
      const told = svg?.querySelector("#timemap")?.textContent;
      view(take).timemap = told ? JSON.parse(told).filter(([, ids]) => ids.length) : [];
    } catch {
      delete holder.dataset.shown; // a score that can not be read is not shown; the rest works
    }
  };
  const light = (take, quarters) => {
    const kept = view(take);
    let at = -1;
    while (at + 1 < kept.timemap.length && kept.timemap[at + 1][0] <= quarters + 1e-3) at += 1;
    if (at === kept.heard) return;
    kept.heard = at;
    for (const each of kept.lit) each.classList.remove("lit");
    const holder = part(take, ".score");
    kept.lit = at < 0 || quarters < 0 ? [] : kept.timemap[at][1].map((id) => holder.querySelector(`[id="${id}"]`)).filter(Boolean);
    for (const each of kept.lit) each.classList.add("lit");
    const shown = kept.lit[0]?.getBoundingClientRect();
    const box = holder?.getBoundingClientRect();
    if (shown && (shown.top < box.top + 8 || shown.bottom > box.bottom - 8)) {
      holder.scrollBy({ top: shown.top - box.top - box.height / 3, behavior: still() ? "auto" : "smooth" });
    }
  };

  /* playing --------------------------------------------------------------------------------- */
  const follow = (take, quarters, silent = false) => {
    const { facts, drawn } = view(take);
    const grid = part(take, ".roll .grid");
    if (grid) {
      const share = Math.min(1, quarters / facts.quarters);
      grid.style.setProperty("--at", `${share * 100}%`);
      const notes = notesOf(take);
      drawn.forEach((each, number) => {
        const [, onset, length] = notes[number] || [0, -1, 0];
        each.classList.toggle("sounding", !silent && onset <= quarters && quarters < onset + length);
      });
      const scroll = grid.closest(".roll-scroll");
      const x = share * grid.clientWidth;
      if (!silent && scroll.scrollWidth > scroll.clientWidth + 4 && (x < scroll.scrollLeft || x > scroll.scrollLeft + scroll.clientWidth * 0.9)) {
        scroll.scrollLeft = x - scroll.clientWidth * 0.1;
      }
    }
    if (!silent) light(take, quarters);
  };
  const looped = (take, audio) => {
    if (take.querySelector("[data-loop]")?.getAttribute("aria-pressed") !== "true") return;
    const { facts } = view(take);
    if (!bars.size || !take.classList.contains("chosen") || audio.paused) return;
    const from = (facts.upbeat + (Math.min(...bars) - 1) * facts.bar) * facts.quarter_s;
    const to = (facts.upbeat + Math.max(...bars) * facts.bar) * facts.quarter_s;
    if (audio.currentTime < from - 0.05 || audio.currentTime >= to) audio.currentTime = from;
  };
  const show = (audio) => {
    const take = takeOf(audio);
    if (!take) {
      audio.pause(); // its sheet was replaced while it played
      return;
    }
    looped(take, audio);
    const share = audio.duration ? audio.currentTime / audio.duration : 0;
    const wave = take.querySelector(".wave");
    wave?.style.setProperty("--at", `${share * 100}%`);
    const { facts } = view(take);
    const quarters = facts.quarter_s ? audio.currentTime / facts.quarter_s : 0;
    const time = `${clock(audio.currentTime)} / ${clock(audio.duration)}`;
    const seek = take.querySelector("[data-seek]");
    if (seek) {
      if (!seek.matches(":active")) seek.value = String(Math.round(share * 1000));
      seek.setAttribute("aria-valuetext", `${time} · ${fill(said().bar, { n: Math.max(1, barOf(facts, quarters)) })}`);
    }
    const shown = take.querySelector("[data-time]");
    if (shown && shown.textContent !== time) shown.textContent = time;
    take.querySelector("[data-play]")?.setAttribute("aria-pressed", String(!audio.paused));
    if (facts.quarter_s) follow(take, quarters, audio.paused && !audio.currentTime);
    if (!audio.paused) requestAnimationFrame(() => show(audio));
  };
  const play = (take) => {
    const audio = take.querySelector("audio");
    if (!audio) return;
    for (const other of document.querySelectorAll("audio")) if (other !== audio) other.pause();
    if (take.dataset.work && !take.classList.contains("chosen")) choose(take);
    if (audio.paused) audio.play();
    else audio.pause();
  };
  const seek = (take, seconds) => {
    const audio = take.querySelector("audio");
    if (!audio?.duration) return;
    audio.currentTime = Math.max(0, Math.min(seconds, audio.duration - 0.01));
    show(audio);
  };
  for (const name of ["play", "pause", "ended", "loadedmetadata", "seeked"]) {
    document.addEventListener(name, (event) => event.target.tagName === "AUDIO" && show(event.target), true);
  }

  /* which take is worked on ----------------------------------------------------------------- */
  const current = () => document.querySelector("#result-melody .take.chosen");
  const choose = (take) => {
    const stand = take.closest(".stand");
    const before = current();
    for (const each of stand.querySelectorAll(".take")) each.classList.toggle("chosen", each === take);
    for (const each of stand.querySelectorAll(":scope > .take-page")) each.hidden = each !== detailOf(take);
    chosen.set(stand.dataset.work, take.dataset.version);
    const radio = take.querySelector("[data-choose]");
    if (radio) radio.checked = true;
    if (told !== keyOf(take)) {
      told = keyOf(take);
      if (before) keepScript(before);
      mark(new Set());
      tell("choose", told);
      write(".abc-text", scripts.get(told) ?? take.dataset.abc);
      write(".bars-free", "");
    }
    draw(take);
    score(take);
  };
  const field = (where) => tools()?.querySelector(`${where} textarea, ${where} input`);
  const write = (where, text) => {
    const input = field(where);
    if (!input || input.value === text) return;
    input.value = text;
    input.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const keepScript = (take) => {
    const text = field(".abc-text")?.value;
    if (text && keyOf(take) && text !== take.dataset.abc) scripts.set(keyOf(take), text);
  };
  const arrived = (element, telling) => {
    tell = telling;
    const outcome = element.closest(".outcome");
    const stand = element.querySelector(".stand");
    if (outcome) outcome.dataset.made = stand ? "yes" : "";
    if (!stand) return;
    const version = chosen.get(stand.dataset.work) || "1";
    const take = stand.querySelector(`.take[data-version="${version}"]`) || stand.querySelector(".take");
    if (take) choose(take);
  };
  const struck = (take) => (take ? notesOf(take).length : 0);
  const picked = () => {
    const take = current();
    if (!take) return "{}";
    const { work, version } = take.dataset;
    return JSON.stringify({ work, version: Number(version), notes: single(notesOf(take)), struck: struck(take) });
  };
  /* One note at a time: a later one ends what still sounds. */
  const single = (notes) => {
    const sorted = [...notes].sort((a, b) => a[1] - b[1]);
    return sorted
      .map(([pitch, onset, length], at) => [pitch, onset, Math.min(length, (sorted[at + 1]?.[1] ?? Infinity) - onset)])
      .filter(([, , length]) => length > 0.01);
  };
  const counting = (_, given) => {
    const [lang, text] = given;
    return [lang, text, JSON.stringify({ struck: struck(current()) })];
  };

  /* which bars ------------------------------------------------------------------------------ */
  const ranges = (set) => {
    const parts = [];
    for (const bar of [...set].sort((a, b) => a - b)) {
      const last = parts[parts.length - 1];
      if (last && last[1] === bar - 1) last[1] = bar;
      else parts.push([bar, bar]);
    }
    return parts.map(([a, b]) => (a === b ? `${a}` : `${a}-${b}`)).join(", ");
  };
  const readBars = (text) => {
    const found = new Set();
    for (const [, a, b] of text.matchAll(/(\d+)(?:\s*[-–~]\s*(\d+))?/g)) {
      for (let bar = Number(a); bar <= Math.min(64, Number(b || a)); bar += 1) found.add(bar);
    }
    return found;
  };
  const mark = (set) => {
    bars = set;
    for (const each of document.querySelectorAll("#result-melody .take-page:not([hidden]) [data-bar]")) {
      each.setAttribute("aria-pressed", String(bars.has(Number(each.dataset.bar))));
    }
  };
  const toggleBars = (numbers, extend) => {
    const all = numbers.every((each) => bars.has(each));
    const next = new Set(bars);
    if (extend && bars.size) {
      const from = Math.min(...bars, ...numbers);
      for (let bar = from; bar <= Math.max(...bars, ...numbers); bar += 1) next.add(bar);
    } else for (const each of numbers) all ? next.delete(each) : next.add(each);
    mark(next);
    write(".bars-free", ranges(next));
  };

  /* what was read, brought to the form ------------------------------------------------------ */
  const toField = (button) => {
    const compose = button.closest(".desk").querySelector(".compose");
    const plan = compose.querySelector(".more");
    const name = button.dataset.field;
    const shown = () => compose.querySelector(`#field-melody-${name}`);
    const input = () => shown()?.querySelector("input, textarea");
    /* A fold builds its fields when it opens, and an open list takes no value: each step waits. */
    const until = (ready, then, left = 20) =>
      setTimeout(() => (ready() || !left ? then() : until(ready, then, left - 1)), 100);
    const wasOpen = Boolean(shown()?.offsetParent);
    if (!wasOpen) plan?.querySelector(":scope > button")?.click();
    until(() => input(), () => setTimeout(() => {
      const before = input()?.value;
      tell("field", button.dataset.id);
      shown()?.scrollIntoView({ behavior: still() ? "auto" : "smooth", block: "center" });
      until(() => input()?.value !== before, () => input()?.focus({ preventScroll: true }));
    }, wasOpen ? 0 : 400));
  };
  const setNumber = (button) => {
    const tool = button.dataset.tool;
    const panel = button.closest(".one-number");
    const input = panel.querySelector("input[type=number]");
    const value = "set" in button.dataset
      ? Number(button.dataset.set)
      : Math.max(40, Math.min(200, Math.round(Number(input.value) * Number(button.dataset.scale))));
    input.value = String(value);
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
    setTimeout(() => document.querySelector(`#${tool}-melody`).click(), 80);
  };
  let saved = "";
  const save = (file) => {
    if (!file?.url || file.url === saved) return [];
    saved = file.url;
    const link = make("a", { href: file.url, download: file.orig_name || "melody" });
    document.body.append(link);
    link.click();
    link.remove();
    return [];
  };

  document.addEventListener("click", (event) => {
    const target = event.target.closest?.(
      "[data-play],[data-loop],[data-bar],[data-phrase],[data-field],[data-sound],button[data-set],button[data-scale],.files a[download$='.wav'],.roll .grid,.score svg .note",
    );
    if (!target) return;
    const take = takeOf(target);
    const data = target.dataset || {};
    if ("play" in data) play(take);
    else if ("loop" in data) {
      const on = target.getAttribute("aria-pressed") !== "true";
      target.setAttribute("aria-pressed", String(on));
      take.querySelector("audio").loop = on;
    } else if ("bar" in data) toggleBars([Number(data.bar)], event.shiftKey);
    else if ("phrase" in data && take.dataset.work) toggleBars([...readBars(data.phrase)], event.shiftKey);
    else if ("field" in data) toField(target);
    else if ("sound" in data) tell("sound", `${data.sound} ${target.closest("p").querySelector("select").value}`);
    else if (target.matches("a[download]")) {
      const rate = target.closest("p").querySelector("select")?.value;
      if (!rate || rate === FULL_RATE) return; // that file is there already
      event.preventDefault();
      tell("sound", `${keyOf(take)} wav ${rate}`);
    } else if ("set" in data || "scale" in data) setNumber(target);
    else if (target.matches(".grid")) {
      if (editing(take)) return;
      const { left, width } = target.getBoundingClientRect();
      const { facts } = view(take);
      seek(take, ((event.clientX - left) / width) * facts.quarters * facts.quarter_s);
    } else if (take) {
      const found = view(take).timemap.find(([, ids]) => ids.includes(target.id));
      if (found) seek(take, found[0] * view(take).facts.quarter_s + 0.001);
    }
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches?.("[data-choose]")) choose(takeOf(event.target));
  });
  document.addEventListener("input", (event) => {
    if (event.target.matches?.("[data-seek]")) {
      const audio = takeOf(event.target)?.querySelector("audio");
      if (audio?.duration) {
        audio.currentTime = (Number(event.target.value) / 1000) * audio.duration;
        show(audio);
      }
    } else if (event.target.closest?.(".bars-free") && event.isTrusted) mark(readBars(event.target.value));
  });

  /* takes elsewhere: history, comparisons, what a person brought ----------------------------- */
  let waiting = false;
  const open = () => {
    waiting = false;
    for (const take of document.querySelectorAll(".take.open:not([data-ready])")) {
      take.dataset.ready = "yes";
      draw(take);
      score(take);
    }
  };
  document.addEventListener("DOMContentLoaded", () => {
    new MutationObserver(() => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(open);
    }).observe(document.body, { childList: true, subtree: true });
  });

  window.atelier.melodies = {
    arrived, picked, counting, save, make, fill, said, draw, view, notesOf, edits, keyOf, part, takeOf, current, editing, tools,
  };
})();
