// Questions that answer on the page, as course/ask answers in a notebook: a test compares both.
// What was answered is kept in this browser, where it keeps anything, and nowhere else.
window.courseQuestions = (() => {
    "use strict";
    const {readings, which, asLine, Wrong} = window.courseNumbers;
    const HEADINGS = {right: "Right.", wrong: "Not yet.", "not attempted": "Not attempted yet."};
    const BEGIN = {option: "Choose an option first."};
    const LONGEST_GUESS = 1000; // characters
    const PREFIX = "course-answer:";

    const escaped = text => text.replace(/[&<>"]/g, one => `&#${one.charCodeAt(0)};`);
    const coded = text => escaped(text).replace(/`([^`]*)`/g, "<code>$1</code>");

    // ---- what is right ----
    const near = (value, truth, room) =>
        Math.abs(value - truth) <= room + 1e-9 * Math.abs(truth);

    function ofNumber(known, value) { // null if it is right, otherwise what is said
        if (near(value, known.answer, known.tolerance)) return null;
        const distance = row => Math.abs(value - row.value);
        const wrong = known.mistakes.reduce(
            (best, row) => (best && distance(best) <= distance(row) ? best : row), null);
        if (wrong && near(value, wrong.value, wrong.room)) return wrong.says;
        const found = known.factors.find(row =>
            near(value / row.factor, known.answer, known.tolerance));
        return found?.says ?? (value < known.answer ? known.low : known.high);
    }

    function message(known, answer) {
        if (known.kind === "words") return null;
        if (known.kind === "option") return answer === known.answer ? null : known.says[answer];
        const values = readings(answer, known.unit);
        const said = values.map(value => ofNumber(known, value));
        if (said.includes(null)) return null;
        return new Set(said).size === 1 ? said[0] : coded(which(answer, values));
    }

    /** {outcome, html} for an answer as it is typed or chosen; "" is none. */
    function judge(known, answer) {
        if (!answer.trim()) {
            return {outcome: "not attempted", html: BEGIN[known.kind] ?? "Type it first."};
        }
        try {
            const said = message(known, answer);
            return said === null ? {outcome: "right", html: known.right} : {outcome: "wrong", html: said};
        } catch (error) {
            if (!(error instanceof Wrong)) throw error;
            return {outcome: "wrong", html: coded(error.message)};
        }
    }

    /** Why an answer cannot be kept as a guess, as HTML; null if it can. */
    function unclear(known, answer) {
        if (!answer.trim()) return BEGIN[known.kind] ?? "Type it first.";
        if (known.kind !== "number") return null;
        try {
            const values = readings(answer, known.unit);
            return values.length > 1 ? coded(which(answer, values)) : null;
        } catch (error) {
            if (!(error instanceof Wrong)) throw error;
            return coded(error.message);
        }
    }

    function quoted(known, answer) {
        if (known.kind === "option") return `<em>${known.options[answer]}</em>`;
        if (known.kind === "words") return `“${escaped(asLine(answer, LONGEST_GUESS))}”`;
        const text = escaped(asLine(answer));
        return !known.unit || text.endsWith(known.unit) ? text : `${text} ${escaped(known.unit)}`;
    }

    /** What is said after the experiment on a guess, or on none. */
    function verdict(known, answer) {
        if (answer === null) return "You kept no guess.";
        const first = `<strong>You guessed ${quoted(known, answer)}.</strong>`;
        if (known.kind === "words") return first;
        const {outcome, html} = judge(known, answer);
        const ending = outcome === "right" ? "That is what came out." : "It came out otherwise.";
        return `${first} ${ending} ${html}`.trim();
    }

    // ---- what is kept ----
    function stored(action) { // a browser may keep nothing, or forbid it
        try {
            return action(window.localStorage);
        } catch {
            return null;
        }
    }
    const remember = (name, answer) => stored(kept => kept.setItem(PREFIX + name, answer));
    const recall = name => stored(kept => kept.getItem(PREFIX + name));
    const forget = name => stored(kept => kept.removeItem(PREFIX + name));
    const names = () => stored(kept =>
        Object.keys(kept).filter(key => key.startsWith(PREFIX)).map(key => key.slice(PREFIX.length)))
        ?? [];

    // ---- the page ----
    function say(place, html, outcome = "") {
        place.dataset.outcome = outcome;
        place.innerHTML = html;
        if (html.includes('class="math')) window.MathJax?.typesetPromise?.([place]);
    }

    class Question {
        constructor(form) {
            this.form = form;
            this.known = JSON.parse(atob(form.dataset.question));
            this.said = form.querySelector(".course-said");
            this.hints = 0;
            form.addEventListener("submit", event => {
                event.preventDefault();
                this[this.known.prediction ? "guess" : "check"]();
            });
            for (const button of form.querySelectorAll("button[type=button]")) {
                button.addEventListener("click", () => this[button.dataset.does]());
            }
            form.addEventListener("keydown", event => event.stopPropagation()); // not for the page
            this.restore();
        }

        get answer() {
            return new FormData(this.form).get("answer") ?? "";
        }

        restore() {
            const answer = recall(this.known.name);
            const known = this.known.kind !== "option" || answer in this.known.options;
            if (answer === null || !known) return this.told(null);
            if (this.known.kind === "option") {
                this.form.querySelector(`[value="${answer}"]`).checked = true;
            } else {
                this.form.elements.answer.value = answer;
            }
            return this.known.prediction ? this.guess() : this.check();
        }

        check() {
            const {outcome, html} = judge(this.known, this.answer);
            say(this.said, `<strong>${HEADINGS[outcome]}</strong> ${html}`, outcome);
            this.keep();
        }

        guess() {
            const why = unclear(this.known, this.answer);
            say(this.said, why ?? `Your guess is kept: ${quoted(this.known, this.answer)}.`);
            if (why === null) this.keep();
        }

        keep() {
            if (this.answer.trim()) remember(this.known.name, this.answer);
            this.told(this.answer.trim() ? this.answer : null);
        }

        hint() {
            const {hints, ending} = this.known, count = hints.length;
            const at = this.hints++ % (count + 1);
            say(this.said, at < count ? `<strong>Hint ${at + 1} of ${count}.</strong> ${hints[at]}`
                : `There are no more hints: the next one is the first again. ${ending}`);
        }

        solution() {
            say(this.said, this.known.solution);
        }

        clear() {
            forget(this.known.name);
            this.form.reset();
            this.hints = 0;
            say(this.said, "");
            this.told(null);
            (this.form.elements.answer[0] ?? this.form.elements.answer).focus();
        }

        told(answer) { // there is something to clear, and the outcome can tell it
            this.form.querySelector("[data-does=clear]").hidden = answer === null;
            const outcome = document.querySelector(`[data-outcome="${this.known.name}"] .course-kept`);
            if (outcome) say(outcome, verdict(this.known, answer));
        }
    }

    function offerToForget(place) {
        const [button, said] = [place.querySelector("button"), place.querySelector("[role=status]")];
        const tell = () => {
            const count = names().length;
            said.textContent = count ? `Kept in this browser: ${count} of your answers.`
                : "No answers are kept in this browser.";
            button.hidden = !count;
        };
        button.addEventListener("click", () => {
            names().forEach(forget);
            tell();
        });
        tell();
    }

    document.addEventListener("DOMContentLoaded", () => {
        document.querySelectorAll("form[data-question]").forEach(form => new Question(form));
        document.querySelectorAll(".course-forget").forEach(offerToForget);
    });
    return {judge, unclear, verdict};
})();
