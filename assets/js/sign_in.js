/* Before the page is drawn: the language and the light that the person chose in the studio. After
   signing out: nothing of the person stays in this browser. */
(() => {
  const LANGUAGE = "atelier-language"; // as in studio.js
  const THEME = "atelier-theme";
  const asked = new URL(location.href).searchParams;
  try {
    if (asked.has("lang")) localStorage.setItem(LANGUAGE, asked.get("lang"));
    if (asked.has("out")) {
      for (const key of Object.keys(localStorage)) {
        if (key !== LANGUAGE && key !== THEME) localStorage.removeItem(key);
      }
      sessionStorage.clear();
    }
    const theme = localStorage.getItem(THEME);
    const dark = theme ? theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    document.documentElement.classList.toggle("dark", dark);
    const wished = localStorage.getItem(LANGUAGE);
    const spoken = document.documentElement.lang.slice(0, 2);
    if (wished && !asked.has("lang") && /^[a-z]{2}$/.test(wished) && wished !== spoken) {
      asked.set("lang", wished);
      asked.delete("out");
      location.replace(location.pathname + "?" + asked);
    }
  } catch {
    /* a browser may forbid storage; the page works without */
  }
})();
