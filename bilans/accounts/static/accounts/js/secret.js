/* A password shown while it is typed, and a link copied with one press. */

for (const button of document.querySelectorAll("[data-show]")) {
    const input = document.getElementById(button.dataset.show);
    button.addEventListener("click", () => {
        const show = input.type === "password";
        input.type = show ? "text" : "password";
        button.setAttribute("aria-pressed", String(show));
    });
    // never sent or remembered as a readable text
    input.form.addEventListener("submit", () => { input.type = "password"; });
}

for (const input of document.querySelectorAll("[data-select]")) {
    input.addEventListener("focus", () => input.select());
}

for (const button of document.querySelectorAll("[data-copy]")) {
    const words = button.querySelector("span");
    const before = words.textContent;
    words.setAttribute("aria-live", "polite");
    button.addEventListener("click", async () => {
        const input = document.getElementById(button.dataset.copy);
        try {
            await navigator.clipboard.writeText(input.value);
        } catch {
            input.select(); // not allowed to copy: the link stands selected
            return;
        }
        words.textContent = button.dataset.done;
        setTimeout(() => { words.textContent = before; }, 3000);
    });
}
