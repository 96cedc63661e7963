// Boxes that scroll sideways can be reached and scrolled by keyboard; paper gets all pictures.
(() => {
    "use strict";
    const BOXES = ".bd-article pre, .course-wide, mjx-container[display=true]";

    function reach() {
        for (const box of document.querySelectorAll(BOXES)) {
            const wide = box.scrollWidth > box.clientWidth;
            if (wide) box.tabIndex = 0;
            else if (box.tabIndex === 0) box.removeAttribute("tabindex");
        }
    }

    window.addEventListener("load", () => {
        reach();
        window.MathJax?.startup?.promise.then(reach); // a formula has its width only then
    });
    window.addEventListener("resize", reach);
    window.addEventListener("beforeprint", () => {
        for (const picture of document.querySelectorAll("img[loading=lazy]")) picture.loading = "eager";
    });
})();
