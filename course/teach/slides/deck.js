// Starts the deck when its formulas are drawn. Keys typed on a control are the control's own; Escape leaves it.
(() => {
    const CONTROLS = "input, select, textarea, button, summary, [tabindex='0']";
    const focused = () => document.activeElement?.closest(`.body :is(${CONTROLS})`);
    const deck = window.deckOfCourse = new Reveal(document.querySelector(".reveal"), {
        width: 1280,
        height: 720,
        margin: 0,
        center: false,
        controls: false,
        hash: true,
        slideNumber: "c/t",
        transition: "none",
        backgroundTransition: "none",
        pdfSeparateFragments: false,
        keyboardCondition: () => !focused(),
        plugins: [RevealNotes],
    });
    addEventListener("keydown", event => {
        if (event.key === "Escape" && focused()) {
            document.activeElement.blur();
            event.stopImmediatePropagation();
        }
    }, {capture: true});
    deck.on("slidechanged", () => {
        focused()?.blur();
        // a stack begins at its first slide, also when it was seen before
        for (const stack of document.querySelectorAll("[data-previous-indexv]")) stack.removeAttribute("data-previous-indexv");
    });
    MathJax.startup.promise.then(() => {
        // the window with the notes has no style that hides what is there for screen readers
        for (const double of document.querySelectorAll(".notes mjx-assistive-mml")) double.remove();
        deck.initialize();
    });
})();
