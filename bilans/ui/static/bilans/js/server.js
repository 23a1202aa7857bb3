/* Talking to the server: the token, JSON, and when somebody was last heard of. */

export const page = document.body.dataset;

/* Everything that counts idle time listens for this. */
export const heard = () => document.dispatchEvent(new CustomEvent("bilans:heard"));

export async function send(address, body, { json = true } = {}) {
    const headers = { Accept: "application/json", "X-CSRFToken": page.csrf };
    if (json) headers["Content-Type"] = "application/json";
    const answer = await fetch(address, {
        method: "POST",
        headers,
        body: json && body !== undefined ? JSON.stringify(body) : body,
        credentials: "same-origin",
        redirect: "manual",
    });
    // an ended session answers 401, or with a redirect to the log-in page
    const ended = answer.status === 401 || answer.type === "opaqueredirect";
    if (answer.ok) heard();
    return { status: ended ? 401 : answer.status, answer, body: await asJson(answer) };
}

async function asJson(answer) {
    const type = answer.headers.get("Content-Type") ?? "";
    return type.startsWith("application/json") ? answer.json() : {};
}

/* After a new log-in every form on the page needs the new token. */
export function renewToken(token) {
    page.csrf = token;
    for (const input of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) input.value = token;
}
