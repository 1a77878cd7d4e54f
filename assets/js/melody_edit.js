/* Melodies: notes moved on the roll with keys or a pointer, and a hummed melody recorded as WAV. */
(() => {
  const melodies = window.atelier.melodies;
  const { make, fill, said } = melodies;
  const SHORTEST = 0.25;
  const PITCHES = [36, 96];
  let step = 0.5;
  let at = -1; // which note is in hand
  let pad = null;

  /* what is edited ----------------------------------------------------------------------------- */
  const kept = (take) => {
    const key = melodies.keyOf(take);
    if (!melodies.edits.has(key)) {
      const notes = melodies.view(take).facts.notes.map((each) => [...each]);
      melodies.edits.set(key, { notes, past: [], future: [] });
    }
    return melodies.edits.get(key);
  };
  const change = (take, alter) => {
    const held = kept(take);
    const before = held.notes.map((each) => [...each]);
    const note = held.notes[at];
    const next = alter(held.notes, note);
    held.past.push(before);
    held.future = [];
    held.notes.sort((a, b) => a[1] - b[1]);
    at = next === null ? Math.min(at, held.notes.length - 1) : held.notes.indexOf(next || note);
    melodies.draw(take);
    focus(take);
  };
  const turn = (take, from, to) => {
    const held = kept(take);
    if (!held[from].length) return;
    held[to].push(held.notes);
    held.notes = held[from].pop();
    at = Math.min(at, held.notes.length - 1);
    melodies.draw(take);
    focus(take);
  };
  const focus = (take) => {
    const shown = melodies.view(take).drawn[at];
    shown?.focus({ preventScroll: true });
    shown?.scrollIntoView({ block: "nearest", inline: "nearest" });
    tell(take);
  };
  const tell = (take) => {
    if (!pad) return;
    const shown = melodies.view(take).drawn[at];
    const held = melodies.edits.get(melodies.keyOf(take));
    pad.told.textContent = shown ? shown.getAttribute("aria-label") : said().nonote || "";
    pad.undo.disabled = !held?.past.length;
    pad.redo.disabled = !held?.future.length;
    pad.reset.disabled = !held?.past.length;
    pad.remove.disabled = pad.shorter.disabled = pad.longer.disabled = at < 0;
  };

  /* what can be done to a note --------------------------------------------------------------- */
  const clamp = (value, low, high) => Math.max(low, Math.min(high, value));
  const inScale = (facts, pitch, by) => {
    let next = pitch + by;
    while (!facts.scale.includes(((next % 12) + 12) % 12)) next += by;
    return clamp(next, ...PITCHES);
  };
  const raise = (take, by, chromatic) => {
    const { facts } = melodies.view(take);
    change(take, (_, note) => {
      note[0] = chromatic ? clamp(note[0] + by, ...PITCHES) : inScale(facts, note[0], by);
      hear(note[0]);
    });
  };
  const move = (take, by) => {
    const { facts } = melodies.view(take);
    change(take, (_, note) => {
      note[1] = clamp(note[1] + by * step, 0, facts.quarters - SHORTEST);
    });
  };
  const lengthen = (take, by) => {
    const { facts } = melodies.view(take);
    change(take, (_, note) => {
      note[2] = clamp(note[2] + by * step, SHORTEST, facts.quarters - note[1]);
    });
  };
  const remove = (take) => change(take, (notes) => {
    notes.splice(at, 1);
    return null;
  });
  const add = (take, pitch, onset) => {
    const { facts } = melodies.view(take);
    change(take, (notes, note) => {
      const fresh = [
        pitch ?? note?.[0] ?? 60 + facts.tonic,
        clamp(onset ?? (note ? note[1] + note[2] : 0), 0, facts.quarters - SHORTEST), step,
      ];
      notes.push(fresh);
      hear(fresh[0]);
      return fresh;
    });
  };

  /* a short tone, so that a moved note is heard ---------------------------------------------- */
  let sounds = null;
  const hear = (pitch) => {
    if ([...document.querySelectorAll("audio")].some((each) => !each.paused)) return;
    try {
      sounds ||= new AudioContext();
      const tone = new OscillatorNode(sounds, { type: "triangle", frequency: 440 * 2 ** ((pitch - 69) / 12) });
      const gain = new GainNode(sounds, { gain: 0.16 });
      gain.gain.setTargetAtTime(0, sounds.currentTime + 0.1, 0.07);
      tone.connect(gain).connect(sounds.destination);
      tone.start();
      tone.stop(sounds.currentTime + 0.5);
    } catch {
      /* without sound it is still seen */
    }
  };

  /* keys ------------------------------------------------------------------------------------- */
  document.addEventListener("keydown", (event) => {
    const shown = event.target.closest?.(".roll.live button.note");
    const take = melodies.current();
    if (!take || !melodies.editing(take)) return;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && event.target.closest?.(".roll, .notes-place")) {
      event.preventDefault();
      event.shiftKey ? turn(take, "future", "past") : turn(take, "past", "future");
      return;
    }
    if (!shown || event.ctrlKey || event.metaKey || event.altKey) return;
    at = melodies.view(take).drawn.indexOf(shown);
    const drawn = melodies.view(take).drawn;
    const jump = { Home: 0, End: drawn.length - 1, PageUp: Math.max(0, at - 1), PageDown: Math.min(drawn.length - 1, at + 1) };
    const shift = event.shiftKey;
    if (event.key in jump) {
      at = jump[event.key];
      focus(take);
    } else if (event.key === "ArrowUp") raise(take, 1, shift);
    else if (event.key === "ArrowDown") raise(take, -1, shift);
    else if (event.key === "ArrowLeft") shift ? lengthen(take, -1) : move(take, -1);
    else if (event.key === "ArrowRight") shift ? lengthen(take, 1) : move(take, 1);
    else if (event.key === "Delete" || event.key === "Backspace") remove(take);
    else if (event.key === "+" || event.key === "Insert") add(take);
    else return;
    event.preventDefault();
  });
  document.addEventListener("focusin", (event) => {
    const shown = event.target.closest?.(".roll.live button.note");
    const take = shown && melodies.takeOf(shown);
    if (!take) return;
    at = melodies.view(take).drawn.indexOf(shown);
    for (const each of melodies.view(take).drawn) each.classList.toggle("held", each === shown);
    tell(take);
  });

  /* pointer ---------------------------------------------------------------------------------- */
  let drag = null;
  const under = (take, event) => {
    const grid = melodies.part(take, ".roll .grid").getBoundingClientRect();
    const { facts, range } = melodies.view(take);
    const rows = range.high - range.low + 1;
    return {
      quarters: ((event.clientX - grid.left) / grid.width) * facts.quarters,
      pitch: range.low + Math.floor(((grid.bottom - event.clientY) / grid.height) * rows),
    };
  };
  document.addEventListener("pointerdown", (event) => {
    const shown = event.target.closest?.(".roll.live button.note");
    const take = shown && melodies.takeOf(shown);
    if (!take || event.button) return;
    event.preventDefault();
    at = melodies.view(take).drawn.indexOf(shown);
    focus(take);
    const box = shown.getBoundingClientRect();
    const from = under(take, event);
    const note = melodies.notesOf(take)[at];
    hear(note[0]);
    drag = { take, from, was: [...note], stretch: event.clientX > box.right - Math.min(9, box.width / 3), to: [...note], shown };
  });
  window.addEventListener("pointermove", (event) => {
    if (!drag) return;
    const { facts } = melodies.view(drag.take);
    const here = under(drag.take, event);
    const by = Math.round((here.quarters - drag.from.quarters) / step) * step;
    const to = [...drag.was];
    if (drag.stretch) to[2] = clamp(drag.was[2] + by, SHORTEST, facts.quarters - drag.was[1]);
    else {
      to[1] = clamp(drag.was[1] + by, 0, facts.quarters - SHORTEST);
      let pitch = clamp(drag.was[0] + here.pitch - drag.from.pitch, ...PITCHES);
      if (!event.shiftKey && pitch !== drag.was[0] && !facts.scale.includes(pitch % 12)) pitch = inScale(facts, pitch, pitch > drag.was[0] ? -1 : 1);
      to[0] = pitch;
    }
    if (to[0] !== drag.to[0]) hear(to[0]);
    drag.to = to;
    const { range } = melodies.view(drag.take);
    drag.shown.style.left = `${(100 * to[1]) / facts.quarters}%`;
    drag.shown.style.width = `${(100 * to[2]) / facts.quarters}%`;
    drag.shown.style.bottom = `${(100 * (to[0] - range.low)) / (range.high - range.low + 1)}%`;
  });
  window.addEventListener("pointerup", () => {
    if (!drag) return;
    const { take, was, to } = drag;
    drag = null;
    if (was.every((each, number) => each === to[number])) return;
    change(take, (_, note) => {
      [note[0], note[1], note[2]] = to;
    });
  });
  document.addEventListener("dblclick", (event) => {
    const grid = event.target.closest?.(".roll.live .grid");
    const take = grid && melodies.takeOf(grid);
    if (!take || event.target.closest("button.note")) return;
    const { facts } = melodies.view(take);
    const { quarters, pitch } = under(take, event);
    add(take, facts.scale.includes(pitch % 12) ? pitch : inScale(facts, pitch, -1), Math.floor(quarters / step) * step);
  });

  /* the pad ------------------------------------------------------------------------------------ */
  const notesPad = (element) => {
    const words = element.querySelector(".note-words")?.dataset;
    if (!words || element.querySelector(".note-pad")) return;
    const button = (name, act) => {
      const made = make("button", { type: "button", class: "tool" }, words[name]);
      made.addEventListener("click", () => melodies.current() && act(melodies.current()));
      return made;
    };
    const grid = make("select", { "aria-label": words.grid });
    for (const [label, value] of [["1/4", 1], ["1/8", 0.5], ["1/16", 0.25], ["1/8 × 3", 1 / 3]]) {
      grid.append(make("option", { value, selected: value === step }, label));
    }
    grid.addEventListener("change", () => (step = Number(grid.value)));
    pad = {
      told: make("p", { class: "told", "aria-live": "polite" }),
      undo: button("undo", (take) => turn(take, "past", "future")),
      redo: button("redo", (take) => turn(take, "future", "past")),
      reset: button("reset", (take) => {
        melodies.edits.delete(melodies.keyOf(take));
        at = -1;
        melodies.draw(take);
        tell(take);
      }),
      remove: button("remove", remove),
      shorter: button("shorter", (take) => lengthen(take, -1)),
      longer: button("longer", (take) => lengthen(take, 1)),
    };
    const label = make("label", {}, make("span", {}, words.grid), grid);
    const bar = make("div", { class: "note-bar" }, button("add", (take) => add(take)), pad.remove, pad.shorter, pad.longer, pad.undo, pad.redo, pad.reset, label);
    element.append(make("div", { class: "note-pad" }, pad.told, bar));
    const take = melodies.current();
    if (take) tell(take);
    const panel = melodies.tools();
    new MutationObserver(() => {
      const shown = melodies.current();
      if (shown && melodies.part(shown, ".roll").classList.contains("live") !== melodies.editing(shown)) {
        at = -1;
        melodies.draw(shown);
        tell(shown);
      }
    }).observe(panel, { attributes: true, attributeFilter: ["data-tool"] });
  };
  melodies.redrawn = (take) => {
    const drawn = melodies.view(take).drawn;
    if (melodies.editing(take)) drawn[at]?.classList.add("held");
  };

  /* humming ------------------------------------------------------------------------------------ */
  const MOST_S = 60;
  const wav = (chunks, rate) => {
    const length = chunks.reduce((sum, each) => sum + each.length, 0);
    const data = new DataView(new ArrayBuffer(44 + 2 * length));
    const ascii = (offset, text) => [...text].forEach((each, number) => data.setUint8(offset + number, each.charCodeAt(0)));
    ascii(0, "RIFF");
    data.setUint32(4, 36 + 2 * length, true);
    ascii(8, "WAVEfmt ");
    data.setUint32(16, 16, true);
    data.setUint16(20, 1, true);
    data.setUint16(22, 1, true);
    data.setUint32(24, rate, true);
    data.setUint32(28, 2 * rate, true);
    data.setUint16(32, 2, true);
    data.setUint16(34, 16, true);
    ascii(36, "data");
    data.setUint32(40, 2 * length, true);
    let offset = 44;
    for (const chunk of chunks) {
      for (const value of chunk) {
        data.setInt16(offset, clamp(value, -1, 1) * 32767, true);
        offset += 2;
      }
    }
    return new File([data], "hummed.wav", { type: "audio/wav" });
  };
  /* A worklet's code comes from a data address, so that nothing is fetched. */
  const WORKLET = "registerProcessor('listen', class extends AudioWorkletProcessor { process([[heard]]) { if (heard) this.port.postMessage(heard.slice()); return true; } });";
  const listen = async () => {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false } });
    const context = new AudioContext();
    const code = URL.createObjectURL(new Blob([WORKLET], { type: "text/javascript" }));
    await context.audioWorklet.addModule(code);
    URL.revokeObjectURL(code);
    const node = new AudioWorkletNode(context, "listen");
    const chunks = [];
    node.port.onmessage = ({ data }) => chunks.push(data);
    context.createMediaStreamSource(stream).connect(node);
    return async () => {
      for (const track of stream.getTracks()) track.stop();
      await context.close();
      return wav(chunks, context.sampleRate);
    };
  };
  const recorder = (element) => {
    const words = element.querySelector(".record-words")?.dataset;
    if (!words || element.querySelector("button")) return;
    const button = make("button", { type: "button", class: "record", "aria-pressed": "false" });
    const label = make("span", {}, words.record);
    button.append(make("i", { "aria-hidden": "true" }), label);
    const line = make("p", { class: "note", role: "status" });
    let stop = null;
    let tick = 0;
    const finish = async () => {
      clearInterval(tick);
      const end = stop;
      stop = null;
      button.setAttribute("aria-pressed", "false");
      label.textContent = words.record;
      const files = new DataTransfer();
      files.items.add(await end());
      const input = element.closest(".bringing").querySelector(".melody-file input[type=file], input[type=file].melody-file, input[type=file]");
      input.files = files.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    };
    button.addEventListener("click", async () => {
      if (stop) return finish();
      line.textContent = "";
      try {
        stop = await listen();
      } catch {
        line.textContent = words.denied;
        return;
      }
      const began = performance.now();
      button.setAttribute("aria-pressed", "true");
      const shown = () => {
        const seconds = Math.floor((performance.now() - began) / 1000);
        label.textContent = fill(words.stop, { n: seconds });
        if (seconds >= MOST_S) finish();
      };
      shown();
      tick = setInterval(shown, 250);
    });
    element.append(button, line);
  };

  Object.assign(melodies, { notesPad, recorder });
})();
