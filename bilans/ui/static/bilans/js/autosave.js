/* Forms with data-autosave save a sealed draft on the server while somebody types.
   Nothing readable is kept in the browser: unsaved text lives on the screen only. */

import { send } from "./server.js";
import { logInAgain } from "./session.js";
import { showConflict } from "./conflict.js";

const PAUSE = 2000;
const CHARACTERS = 200;
const RETRY = [2, 5, 10, 20, 30];
const NOT_SAVED = new Set(["csrfmiddlewaretoken", "_once", "base_version"]);

class Autosave {
    constructor(form) {
        this.form = form;
        this.line = form.querySelector("[data-save-state]");
        this.seq = 0;
        this.attempt = 0;
        this.savedLength = this.length();
        this.dirty = false;
        this.running = null;
        form.addEventListener("input", () => this.changed());
        form.addEventListener("change", () => this.changed());
        form.addEventListener("submit", (event) => this.submit(event));
        this.line?.parentElement.querySelector("[data-save-compare]")
            ?.addEventListener("click", () => this.compare());
        addEventListener("online", () => { if (this.dirty) this.save(); });
        addEventListener("beforeunload", (event) => { if (this.dirty && !this.leaving) event.preventDefault(); });
    }

    values() {
        const values = {};
        const data = new FormData(this.form);
        for (const name of new Set(data.keys())) {
            if (NOT_SAVED.has(name) || this.isKeptOut(name)) continue;
            const all = data.getAll(name).filter((value) => typeof value === "string");
            values[name] = this.isList(name) ? all : all[0] ?? "";
        }
        return values;
    }

    isKeptOut(name) {
        const control = this.form.elements[name];
        return control instanceof HTMLInputElement && ["password", "file"].includes(control.type);
    }

    isList(name) {
        const control = this.form.elements[name];
        const first = control instanceof RadioNodeList ? control[0] : control;
        if (first instanceof HTMLSelectElement) return first.multiple;
        return control instanceof RadioNodeList && first.type !== "radio";
    }

    length() {
        return Object.values(this.values()).flat().join("").length;
    }

    changed() {
        this.dirty = true;
        this.leaving = false; // the browser may have kept a form back for a field
        if (this.stopped) return;
        this.say("unsaved");
        clearTimeout(this.timer);
        if (Math.abs(this.length() - this.savedLength) >= CHARACTERS) this.save();
        else this.timer = setTimeout(() => this.save(), PAUSE);
    }

    /* One request at a time; what is typed meanwhile goes with the next. */
    async save() {
        clearTimeout(this.timer);
        if (this.running) {
            this.again = true;
            return this.running;
        }
        this.running = this.post().finally(() => { this.running = null; });
        const saved = await this.running;
        if (this.again) {
            this.again = false;
            if (saved) return this.save();
        }
        return saved;
    }

    async post() {
        const values = this.values();
        const before = JSON.stringify(values);
        this.seq += 1;
        this.say("saving");
        let reply;
        try {
            reply = await send(this.form.dataset.autosave, {
                form: this.form.dataset.autosaveForm ?? "",
                object: this.form.dataset.autosaveObject ?? "",
                base_version: Number(this.version?.value || 0),
                seq: this.seq,
                values,
            });
        } catch {
            return this.retryLater();
        }
        if (reply.status >= 500) return this.retryLater();
        this.attempt = 0;
        if (reply.status === 401) return this.ended();
        if (reply.status === 409) return this.conflict(reply.body);
        if (!reply.answer.ok) return this.refused(reply.body);
        this.savedLength = this.length();
        this.dirty = before !== JSON.stringify(this.values());
        if (this.version && reply.body.version !== undefined) this.version.value = reply.body.version;
        this.say("saved", reply.body.saved_at ?? new Date().toLocaleTimeString(document.documentElement.lang));
        return true;
    }

    get version() {
        return this.form.elements.base_version;
    }

    retryLater() {
        this.say("offline");
        const wait = RETRY[Math.min(this.attempt, RETRY.length - 1)];
        this.attempt += 1;
        this.timer = setTimeout(() => this.save(), wait * 1000);
        return false;
    }

    async ended() {
        this.say("ended");
        await logInAgain();
        return this.post();
    }

    conflict(reply) {
        this.stopped = true; // until somebody decides: a further save would ask again and again
        this.theirs = reply;
        this.say("conflict");
        this.compare();
        return false;
    }

    compare() {
        showConflict(this.form, this.theirs.theirs, () => {
            this.stopped = false;
            this.form.elements.base_version.value = this.theirs.version;
            this.say("unsaved");
            this.save();
        });
    }

    refused(reply) {
        this.say("refused", "", reply.detail);
        return false;
    }

    /* The last words are saved first; an ended session is renewed, then the form goes. */
    async submit(event) {
        if (this.leaving || !this.dirty) {
            this.leaving = true;
            return;
        }
        event.preventDefault();
        const button = event.submitter;
        const saved = await this.save();
        if (!saved && (this.stopped || this.attempt)) return;
        this.leaving = true;
        this.form.requestSubmit(button);
    }

    say(state, time = "", words = "") {
        if (!this.line) return;
        this.line.dataset.state = state;
        const text = words || (this.line.dataset[state] ?? "").replace("{time}", time);
        this.line.querySelector("[data-save-words]").textContent = text;
        const compare = this.line.parentElement.querySelector("[data-save-compare]");
        if (compare) compare.hidden = state !== "conflict";
    }
}

export function startAutosave() {
    const forms = [...document.querySelectorAll("form[data-autosave]")].map((form) => new Autosave(form));
    document.addEventListener("keydown", (event) => {
        if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "s" || !forms.length) return;
        event.preventDefault();
        const here = forms.find((one) => one.form.contains(document.activeElement)) ?? forms[0];
        here.save();
    });
}
