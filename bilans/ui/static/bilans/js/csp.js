/* Loaded before htmx. The policy of the page demands Trusted Types; this default policy
   lets through only the sinks htmx parses its answers with. innerHTML, eval and script
   addresses stay blocked for everybody. */
if (window.trustedTypes) {
    const parsers = new Set(["Document parseHTMLUnsafe", "DOMParser parseFromString"]);
    window.trustedTypes.createPolicy("default", {
        createHTML: (text, _type, sink) => {
            const preserve = text === "<div id='--htmx-preserve-pantry--'></div>";
            return parsers.has(sink) || preserve ? text : null;
        },
        createScriptURL: () => null,
        createScript: () => null,
    });
}
