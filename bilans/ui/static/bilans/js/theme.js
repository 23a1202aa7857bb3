/* Light or dark: the system's wish, unless somebody has chosen. Runs before the first
   paint. The choice is the only thing this service keeps in the browser's storage. */
(() => {
    const root = document.documentElement;
    const sheet = document.getElementById("dark-theme");
    const wish = matchMedia("(prefers-color-scheme: dark)");
    const read = () => { try { return localStorage.getItem("theme"); } catch { return null; } };
    const keep = (theme) => { try { localStorage.setItem("theme", theme); } catch { /* private window */ } };

    const show = () => {
        const chosen = read();
        const theme = chosen ?? (wish.matches ? "dark" : "light");
        root.dataset.bsTheme = theme;
        sheet.media = theme === "dark" ? "screen" : "not all";
    };
    root.dataset.script = "";
    show();
    wish.addEventListener("change", show);
    document.addEventListener("click", (event) => {
        if (!event.target.closest("[data-theme-switch]")) return;
        keep(root.dataset.bsTheme === "dark" ? "light" : "dark");
        show();
    });
})();
