// A frozen lab: its controls choose among kept pictures and sentences. See course/live/frozen.
(() => {
    const packs = window.frozenPacks ??= {};
    const KEPT = 120; // decoded patches of a lab
    const AHEAD = 40; // milliseconds at rest before neighbors are decoded
    const beside = new URL(".", document.currentScript?.src || location.href);

    class FrozenLab {
        constructor(root) {
            this.root = root;
            this.name = root.dataset.frozen;
            this.image = root.querySelector("img");
            this.canvas = root.querySelector("canvas");
            this.said = root.querySelector("[role=status]");
            this.patches = new Map();
            this.shown = 0; // counts what was asked for, so that only the last of it is drawn
            for (const element of root.querySelectorAll("[data-control]:enabled")) {
                const kind = element.type === "button" ? "click" : "input";
                element.addEventListener(kind, () => this.moved(element));
            }
            for (const button of root.querySelectorAll("[data-play]"))
                button.addEventListener("click", () => this.play(button));
            root.addEventListener("keydown", event => event.stopPropagation());
            this.loadWhenSeen();
        }

        loadWhenSeen() {
            const seen = new IntersectionObserver(entries => {
                if (!entries.some(entry => entry.isIntersecting)) return;
                seen.disconnect();
                this.load();
            }, {rootMargin: "400px"});
            seen.observe(this.root);
        }

        load() {
            return this.loading ??= this.fetched().then(() => this.begin(), () => this.fail());
        }

        // The pack is a script, which a page that was opened from the disk may load as well.
        fetched() {
            if (packs[this.name]) return Promise.resolve();
            return new Promise((done, failed) => {
                const script = document.createElement("script");
                const folder = document.documentElement.dataset.frozenFolder;
                script.src = new URL(`${this.name}.js`, folder ? new URL(folder, location.href) : beside);
                script.onload = done;
                script.onerror = failed;
                document.head.append(script);
            });
        }

        begin() {
            this.pack = packs[this.name];
            this.controls = this.pack.controls.map(name => this.element("control", name));
            this.at = this.pack.settings[0];
            this.places = new Map(this.pack.settings.map((setting, n) => [setting.join(), n]));
            this.decodeAhead();
        }

        fail() {
            this.said.textContent = `The file ${this.name}.js, which holds the other pictures, ` +
                "could not be loaded: it has to lie beside the page.";
            for (const element of this.root.querySelectorAll("input, select, button"))
                element.disabled = true;
        }

        element(kind, name) {
            return this.root.querySelector(`[data-${kind}="${CSS.escape(name)}"]`);
        }

        async moved(element) {
            this.stop();
            await this.load();
            if (this.pack) this.move(element, this.read(element));
        }

        move(element, value) {
            return this.show(this.nearest(this.controls.indexOf(element), value));
        }

        read(element) {
            if (element.type === "checkbox") return Number(element.checked);
            if (element.tagName === "SELECT") return element.selectedIndex;
            if (element.type === "range") return Number(element.value);
            const control = this.controls.indexOf(element); // a button goes on, and after the last
            return (this.at[control] + 1) % this.pack.words[control].length; // back to the first
        }

        write(element, value, words) {
            if (element.type === "checkbox") element.checked = Boolean(value);
            if (element.tagName === "SELECT") element.selectedIndex = value;
            if (element.type !== "range") return;
            element.value = value;
            element.setAttribute("aria-valuetext", words[value]);
            element.parentElement.querySelector("output").value = words[value];
        }

        // The kept setting nearest to this one in which the control has the value.
        nearest(control, value) {
            const wanted = this.at.with(control, value);
            const whole = this.places.get(wanted.join());
            if (whole !== undefined) return whole;
            let best, least = Infinity;
            this.pack.settings.forEach((setting, n) => {
                if (setting[control] !== value) return;
                const far = this.distance(setting, wanted);
                if (far < least) [best, least] = [n, far];
            });
            return best;
        }

        // As few controls as can be move along, and these not far.
        distance(one, other) {
            return one.reduce((sum, value, n) => {
                const apart = Math.abs(value - other[n]);
                return sum + (apart && 1 + apart / this.pack.words[n].length);
            }, 0);
        }

        async show(n) {
            const asked = ++this.shown;
            this.at = this.pack.settings[n];
            this.controls.forEach((element, control) =>
                this.write(element, this.at[control], this.pack.words[control]));
            const parts = await this.parts(n);
            if (asked !== this.shown) return;
            this.draw(parts);
            this.said.textContent = this.image.alt = this.pack.sentences[n];
            this.root.dataset.shown = n;
            this.decodeAhead();
        }

        draw(parts) {
            const pen = this.canvas.getContext("2d");
            pen.drawImage(this.image, 0, 0, this.canvas.width, this.canvas.height);
            for (const [patch, x, y] of parts) pen.drawImage(patch, x, y);
            this.canvas.hidden = false;
        }

        parts(n) {
            const listed = this.pack.pictures[n], parts = [];
            for (let k = 0; k < listed.length; k += 3) {
                const place = [listed[k + 1], listed[k + 2]];
                parts.push(this.patch(listed[k]).then(patch => [patch, ...place]));
            }
            return Promise.all(parts);
        }

        patch(number) {
            const known = this.patches.get(number) ?? decoded(this.pack.patches[number]);
            this.patches.delete(number);
            this.patches.set(number, known);
            if (this.patches.size > KEPT) this.patches.delete(this.patches.keys().next().value);
            return known;
        }

        // Decode what one step of any control would show.
        decodeAhead() {
            clearTimeout(this.waiting);
            this.waiting = setTimeout(() => this.controls.forEach((_, control) => {
                for (const step of [1, -1]) {
                    const beside = this.at.with(control, this.at[control] + step);
                    const n = this.places.get(beside.join());
                    if (n !== undefined) this.parts(n);
                }
            }), AHEAD);
        }

        async play(button) {
            if (this.playing) return this.stop();
            await this.load();
            const control = this.controls.indexOf(this.element("control", button.dataset.play));
            const values = this.along(control);
            if (this.at[control] === values.at(-1)) await this.show(this.nearest(control, values[0]));
            button.textContent = "Pause";
            button.setAttribute("aria-pressed", "true");
            const step = () => {
                const next = values.find(value => value > this.at[control]);
                if (next === undefined) return this.stop();
                this.show(this.nearest(control, next));
            };
            this.playing = {button, timer: setInterval(step, Number(button.dataset.every))};
        }

        // The values of a control that are kept while the others stand as they are.
        along(control) {
            const wanted = this.at.join();
            return this.pack.settings
                .filter(setting => setting.with(control, this.at[control]).join() === wanted)
                .map(setting => setting[control]).sort((one, other) => one - other);
        }

        stop() {
            if (!this.playing) return;
            clearInterval(this.playing.timer);
            this.playing.button.textContent = "Play";
            this.playing.button.setAttribute("aria-pressed", "false");
            this.playing = null;
        }
    }

    function decoded(text) {
        const bytes = Uint8Array.from(atob(text), letter => letter.charCodeAt(0));
        return createImageBitmap(new Blob([bytes], {type: "image/webp"}));
    }

    // Also to be called by a page that adds labs later.
    window.startFrozenLabs = () => {
        for (const root of document.querySelectorAll("[data-frozen]"))
            root.frozenLab ??= new FrozenLab(root);
    };
    if (document.readyState !== "loading") window.startFrozenLabs();
    else document.addEventListener("DOMContentLoaded", window.startFrozenLabs);
})();
