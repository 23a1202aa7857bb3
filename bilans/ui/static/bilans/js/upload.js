/* Files: a place to drop them on, progress while they travel. The form stays an ordinary one. */

import { heard, page } from "./server.js";
import { logInAgain } from "./session.js";

function startDrop(place) {
    const input = place.querySelector("input[type=file]");
    const over = (yes) => place.classList.toggle("drop--over", yes);
    place.addEventListener("dragover", (event) => { event.preventDefault(); over(true); });
    place.addEventListener("dragleave", () => over(false));
    place.addEventListener("drop", (event) => {
        event.preventDefault();
        over(false);
        if (!event.dataTransfer.files.length) return;
        input.files = event.dataTransfer.files;
        input.dispatchEvent(new Event("change", { bubbles: true }));
    });
}

class Upload {
    constructor(form) {
        this.form = form;
        this.box = form.querySelector("[data-upload-progress]");
        this.bar = this.box.querySelector("progress");
        this.words = this.box.querySelector("[data-upload-words]");
        form.addEventListener("submit", (event) => {
            if (![...form.querySelectorAll("input[type=file]")].some((input) => input.files.length)) return;
            event.preventDefault();
            this.start();
        });
    }

    start() {
        const request = new XMLHttpRequest();
        request.open("POST", this.form.action || location.href);
        request.setRequestHeader("Accept", "application/json");
        request.setRequestHeader("X-CSRFToken", page.csrf);
        request.upload.addEventListener("progress", (event) => this.moved(event));
        request.addEventListener("load", () => this.done(request));
        request.addEventListener("error", () => this.stop(this.words.dataset.offline));
        request.addEventListener("abort", () => this.stop(""));
        this.box.hidden = false;
        this.lock(true);
        this.words.textContent = this.words.dataset.sending;
        this.box.querySelector("[data-upload-stop]").onclick = () => request.abort();
        request.send(new FormData(this.form));
    }

    moved({ loaded, total, lengthComputable }) {
        if (!lengthComputable) return;
        const percent = Math.round((100 * loaded) / total);
        this.bar.value = percent;
        this.words.textContent = percent < 100
            ? `${this.words.dataset.sending} ${percent}%`
            : this.words.dataset.checking;
    }

    async done(request) {
        heard();
        const body = this.parsed(request);
        if (request.status === 401) {
            this.stop(this.words.dataset.ended);
            await logInAgain();
            return this.start();
        }
        if (body.location) return location.assign(body.location);
        if (request.responseURL && !("detail" in body) && request.status < 400) return location.assign(request.responseURL);
        return this.stop(body.detail ?? this.words.dataset.refused);
    }

    parsed(request) {
        try { return JSON.parse(request.responseText); } catch { return {}; }
    }

    /* Everything chosen and typed stays; only the sending ends. */
    stop(words) {
        this.lock(false);
        this.bar.value = 0;
        this.words.textContent = words;
        this.box.hidden = !words;
    }

    lock(busy) {
        this.box.querySelector("[data-upload-stop]").hidden = !busy;
        this.bar.hidden = !busy;
        for (const button of this.form.querySelectorAll("button[type=submit]")) button.disabled = busy;
    }
}

export function startUploads() {
    for (const place of document.querySelectorAll("[data-drop]")) startDrop(place);
    for (const form of document.querySelectorAll("form[data-upload]")) new Upload(form);
}
