/* The page's own script. It runs first in the document's head, so that the language is set before
   anything reads it. No module, no dependency, no request to anywhere. */
(() => {
  const LANGUAGE = "atelier-language";
  const THEME = "atelier-theme";
  const DRAFT = "atelier-draft-";
  const PERSON = "atelier-person"; // as in ui/page.py
  const known = window.atelierLanguages || [];

  const stored = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null; // a browser may forbid storage; the page works without
    }
  };
  const store = (key, value) => {
    try {
      localStorage.setItem(key, value);
    } catch {
      /* as above */
    }
  };

  /* language ------------------------------------------------------------------------------ */
  const wished = () => {
    const own = stored(LANGUAGE);
    if (known.some((each) => each.code === own)) return own;
    for (const tag of navigator.languages || [navigator.language]) {
      const match = known.find((each) => tag.toLowerCase().startsWith(each.code));
      if (match) return match.code;
    }
    return known.length ? known[0].code : "en";
  };
  const language = wished();
  const tag = (known.find((each) => each.code === language) || { tag: "en" }).tag;
  Object.defineProperty(navigator, "language", { get: () => tag, configurable: true });
  Object.defineProperty(navigator, "languages", { get: () => [tag], configurable: true });
  document.documentElement.lang = tag;

  const switchLanguage = (code) => {
    store(LANGUAGE, code);
    location.reload();
  };

  /* light and dark ------------------------------------------------------------------------ */
  const forced = new URL(location.href).searchParams.get("__theme");
  const dress = () => {
    const theme = forced ? null : stored(THEME);
    if (theme && document.body) document.body.classList.toggle("dark", theme === "dark");
  };
  const switchTheme = () => {
    const dark = !document.body.classList.contains("dark");
    store(THEME, dark ? "dark" : "light");
    document.body.classList.toggle("dark", dark);
  };
  document.addEventListener("DOMContentLoaded", () => {
    document.documentElement.lang = tag;
    dress();
    new MutationObserver(() => {
      const theme = forced ? null : stored(THEME);
      if (theme && document.body.classList.contains("dark") !== (theme === "dark")) dress();
    }).observe(document.body, { attributes: true, attributeFilter: ["class"] });
  });

  /* drafts -------------------------------------------------------------------------------- */
  let restored = false;
  const saveDraft = (craft, values) => {
    if (restored) store(DRAFT + craft, JSON.stringify(values));
    return [];
  };
  const drafts = (shapes) => {
    const filled = shapes.flatMap(({ craft, values }) => {
      try {
        const draft = JSON.parse(stored(DRAFT + craft) || "null");
        return Array.isArray(draft) && draft.length === values.length ? draft : values;
      } catch {
        return values;
      }
    });
    setTimeout(() => (restored = true), 600);
    return filled;
  };

  /* keys ---------------------------------------------------------------------------------- */
  const visible = (selector) =>
    [...document.querySelectorAll(selector)].find((each) => each.offsetParent !== null && !each.disabled);
  const typing = (element) =>
    element && (element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName));
  let stopping = 0;
  const stop = (tries) => {
    const button = visible("button.stop");
    button?.click();
    // a stop pressed before its button is there, or not heard in a crowd, is meant all the same
    stopping = setTimeout(() => tries && visible(".status.busy") && stop(tries - 1), 600);
    return button;
  };
  const goes = (event) => event.target.closest?.("button.go, button.goes-on") && clearTimeout(stopping);
  document.addEventListener("click", goes, true);
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
      const paper = document.activeElement?.closest?.(".paper");
      const go = (paper && paper.querySelector("button.goes-on")) || visible("button.go");
      if (go) {
        event.preventDefault();
        setTimeout(() => go.click(), 30); // after the field has told the page its last letter
      }
    } else if (event.key === "Escape") {
      const dialog = document.querySelector("dialog.lightbox");
      clearTimeout(stopping);
      if (!dialog) stop(5) || visible("button.refuse")?.click();
    } else if (/^[1-4]$/.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey) {
      if (typing(document.activeElement)) return;
      const votes = [...document.querySelectorAll("button.vote")].filter((each) => each.offsetParent !== null);
      votes[Number(event.key) - 1]?.click();
    }
  });

  /* copy, enlarge ------------------------------------------------------------------------- */
  const copy = async (button) => {
    const source = button.closest("li, article")?.querySelector("[data-text]");
    const text = source ? source.dataset.text || source.innerText : "";
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = document.createElement("textarea");
      area.value = text;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    const label = button.textContent;
    button.textContent = button.dataset.copy || label;
    setTimeout(() => (button.textContent = label), 1400);
  };

  const enlarge = (button) => {
    const image = button.querySelector("img");
    const dialog = document.createElement("dialog");
    dialog.className = "lightbox";
    dialog.setAttribute("aria-label", image.alt);
    const copy = image.cloneNode();
    const close = document.createElement("button");
    close.type = "button";
    close.textContent = "×";
    close.setAttribute("aria-label", "×");
    dialog.append(copy, close);
    dialog.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  };

  /* Another page of a text: its alternatives lie ready in templates. */
  const turn = (button) => {
    const pages = button.closest(".pages");
    const leaves = pages.querySelectorAll("template");
    const number = pages.querySelector("b");
    const at = (Number(number.textContent) - 1 + Number(button.dataset.turn) + leaves.length) % leaves.length;
    number.textContent = String(at + 1);
    pages.parentElement.querySelector(":scope > .leaf").replaceChildren(leaves[at].content.cloneNode(true));
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-copy],[data-enlarge],[data-theme],[data-turn]");
    if (!button) return;
    if ("turn" in button.dataset) turn(button);
    else if ("copy" in button.dataset) copy(button);
    else if ("enlarge" in button.dataset) enlarge(button);
    else switchTheme();
  });
  const localTimes = (element) => {
    for (const time of element.querySelectorAll("time[datetime]")) {
      const at = new Date(time.dateTime);
      if (!isNaN(at)) time.textContent = at.toLocaleString(tag, { dateStyle: "medium", timeStyle: "short" });
    }
  };
  const phone = () => window.innerWidth < 760;
  document.addEventListener("click", (event) => {
    const go = event.target.closest?.("button.go");
    if (go && phone()) setTimeout(() => go.closest(".go-row").scrollIntoView({ behavior: "smooth" }), 250);
  });
  const revealDetail = () => {
    if (phone()) {
      document.querySelector("#history-detail .detail-title")?.scrollIntoView({ behavior: "smooth" });
    }
    return [];
  };

  /* tools of an easel --------------------------------------------------------------------- */
  const tool = (name, chosen) => {
    const tools = document.querySelector(`#tools-${name}`);
    if (tools) tools.dataset.tool = chosen;
    return [];
  };
  const mark = (name, what, value) => {
    const tools = document.querySelector(`#tools-${name}`);
    if (tools) tools.dataset[what] = value;
    return [];
  };
  const begun = (name, start) => {
    document.querySelector(`#begun-${name}`)?.classList.toggle("on", Boolean(start) && !/^\s*\{\s*"verb":\s*"board"/.test(start));
    return [];
  };
  /* What a tool makes is brought into sight. */
  document.addEventListener("click", (event) => {
    const go = event.target.closest?.(".tool-go");
    const outcome = go?.closest(".desk")?.querySelector(":scope > .outcome");
    const top = outcome?.getBoundingClientRect().top ?? 0;
    if (!outcome || (top >= 0 && top < window.innerHeight * 0.7)) return;
    const behavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
    setTimeout(() => outcome.scrollIntoView({ behavior, block: "start" }), 250);
  });
  /* Ready for work: drafts are back, and the server knows whose page this is. */
  const awake = () => restored && stored(PERSON) !== null;
  window.atelier = {
    awake, language: () => language, switchLanguage, saveDraft, drafts, localTimes, revealDetail, tool, mark, begun,
  };
})();
