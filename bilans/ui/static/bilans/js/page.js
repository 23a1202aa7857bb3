/* What every page does: dialogs, shortcuts, counters, drafts, uploads, the session. */

import { page } from "./server.js";
import { startAutosave } from "./autosave.js";
import { startUploads } from "./upload.js";
import { watchSession } from "./session.js";

/* A dialog opens as a popover without a script; with one it becomes modal. */
function startDialogs() {
    for (const dialog of document.querySelectorAll("dialog[popover]")) dialog.removeAttribute("popover");
    document.addEventListener("click", (event) => {
        const opener = event.target.closest("[popovertarget]");
        const target = opener && document.getElementById(opener.getAttribute("popovertarget"));
        if (target instanceof HTMLDialogElement) {
            if (target.open) target.close();
            else target.showModal();
        } else if (event.target.closest("[data-close]")) {
            event.target.closest("dialog")?.close();
        }
    });
}

function isTyping(element) {
    return element.closest("input, textarea, select, [contenteditable]") !== null;
}

function startShortcuts() {
    document.addEventListener("keydown", (event) => {
        if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
        const search = document.querySelector("input[type=search]");
        if (event.key === "/" && search) {
            event.preventDefault();
            search.focus();
        } else if (event.key === "?" && !document.querySelector("dialog[open]")) {
            document.getElementById("keys")?.showModal();
        }
    });
}

/* data-count: how many characters are written, spoken only when there are too many. */
function startCounters() {
    for (const box of document.querySelectorAll("textarea[data-count]")) {
        const limit = Number(box.dataset.count);
        const count = document.createElement("p");
        count.className = "count";
        box.after(count);
        const show = () => {
            const over = box.value.length > limit;
            count.textContent = `${box.value.length} / ${limit}`;
            count.classList.toggle("count--over", over);
            count.setAttribute("aria-live", over ? "polite" : "off");
        };
        box.addEventListener("input", show);
        show();
    }
}

document.addEventListener("htmx:configRequest", (event) => {
    event.detail.headers["X-CSRFToken"] = page.csrf;
});

startDialogs();
startShortcuts();
startCounters();
startUploads();
startAutosave();
watchSession();
document.querySelector("[data-focus-first]")?.focus();
