/* The end of a session: a warning two minutes before, a log-in in place after.
   Whatever was typed stays on the page. */

import { heard, page, renewToken, send } from "./server.js";

const WARN_BEFORE = 120;
const warning = document.getElementById("session-warning");
const login = document.getElementById("session-login");
let lastHeard = Date.now();
let waiting = null;

/* Resolves when the same person has logged in again. */
export function logInAgain() {
    waiting ??= Promise.withResolvers ? Promise.withResolvers() : deferred();
    if (warning?.open) warning.close();
    if (login && !login.open) login.showModal();
    return waiting.promise;
}

function deferred() {
    const made = {};
    made.promise = new Promise((resolve) => { made.resolve = resolve; });
    return made;
}

function clock(seconds) {
    return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

function tick() {
    if (login.open) return;
    const left = Math.round(Number(page.idleSeconds) - (Date.now() - lastHeard) / 1000);
    if (left <= 0) {
        logInAgain();
    } else if (left <= WARN_BEFORE) {
        warning.querySelector("[data-countdown]").textContent = clock(left);
        if (!warning.open) warning.showModal();
    } else if (warning.open) {
        warning.close(); // somebody went on in another window
    }
}

async function stay() {
    try {
        const { status } = await send(page.keepAlive);
        if (status === 401) logInAgain();
        else warning.close();
    } catch {
        warning.close(); // no connection; the next tick warns again
        lastHeard += 15_000;
    }
}

async function submitLogin(event) {
    event.preventDefault();
    const form = event.target;
    const error = form.querySelector("[data-login-error]");
    const say = (words) => { error.textContent = words; error.hidden = false; };
    error.hidden = true;
    try {
        const { status, body } = await send(page.login, new FormData(form), { json: false });
        if (status !== 200) return say(body.detail ?? form.dataset.wrong);
        renewToken(body.csrf);
        if (body.user !== page.user) return say(form.dataset.somebodyElse);
    } catch {
        return say(form.dataset.offline);
    }
    form.reset();
    login.close();
    waiting?.resolve();
    waiting = null;
    return undefined;
}

export function watchSession() {
    if (!Number(page.idleSeconds) || !warning || !login) return;
    const channel = new BroadcastChannel("bilans-session"); // tells other windows "heard", nothing else
    document.addEventListener("bilans:heard", () => { lastHeard = Date.now(); channel.postMessage("heard"); });
    channel.addEventListener("message", () => { lastHeard = Date.now(); });
    document.addEventListener("htmx:afterRequest", (event) => { if (event.detail.successful) heard(); });
    login.addEventListener("cancel", (event) => event.preventDefault());
    login.querySelector("[data-login-again]").addEventListener("submit", submitLogin);
    warning.querySelector("[data-stay]").addEventListener("click", stay);
    setInterval(tick, 1000);
}
