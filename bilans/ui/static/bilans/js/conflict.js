/* Two versions of a text side by side, the differing words marked. Overwrites neither. */

const dialog = document.getElementById("save-conflict");

/* Words of `one` that do not stand in `other` in the same order (longest common run). */
export function differing(one, other) {
    const a = one.split(/(\s+)/);
    const b = other.split(/(\s+)/);
    if (a.length * b.length > 4_000_000) return a.map((word) => [word, false]);
    const best = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1));
    for (let i = a.length - 1; i >= 0; i -= 1) {
        for (let j = b.length - 1; j >= 0; j -= 1) {
            best[i][j] = a[i] === b[j] ? best[i + 1][j + 1] + 1 : Math.max(best[i + 1][j], best[i][j + 1]);
        }
    }
    const marked = [];
    let j = 0;
    for (let i = 0; i < a.length; i += 1) {
        while (j < b.length && a[i] !== b[j] && best[i][j + 1] >= best[i + 1][j] && best[i][j + 1] === best[i][j]) j += 1;
        const same = j < b.length && a[i] === b[j];
        marked.push([a[i], !same]);
        if (same) j += 1;
    }
    return marked;
}

function write(place, one, other) {
    place.replaceChildren(...differing(one, other).map(([word, differs]) => {
        if (!differs || !word.trim()) return document.createTextNode(word);
        const mark = document.createElement("mark");
        mark.textContent = word;
        return mark;
    }));
}

function labelOf(control) {
    const name = control.labels?.[0]?.cloneNode(true) ?? control.closest("fieldset")?.querySelector("legend")?.cloneNode(true);
    name?.querySelector(".field__optional")?.remove();
    return name?.textContent.trim() ?? control.name;
}

function section(form, name, theirs) {
    const control = form.elements[name];
    if (!control || control instanceof RadioNodeList || String(theirs) === control.value) return null;
    const part = dialog.querySelector("[data-conflict-field]").content.firstElementChild.cloneNode(true);
    part.querySelector("[data-label]").textContent = labelOf(control);
    write(part.querySelector("[data-mine]"), control.value, theirs);
    write(part.querySelector("[data-theirs]"), theirs, control.value);
    part.querySelector("[data-take]").addEventListener("click", () => {
        control.value = theirs;
        part.remove();
    });
    return part;
}

export function showConflict(form, theirs, keep) {
    const parts = Object.entries(theirs ?? {}).map(([name, text]) => section(form, name, String(text ?? "")));
    dialog.querySelector("[data-conflict-fields]").replaceChildren(...parts.filter(Boolean));
    dialog.querySelector("[data-keep]").onclick = () => { dialog.close(); keep(); };
    if (!dialog.open) dialog.showModal();
}
