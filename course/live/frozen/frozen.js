// A frozen lab: moves between kept pictures and sentences as its controls are moved.
(() => {
    const packs = window.frozenPacks ??= {};
    const KEPT = 80; // decoded patches
    const folder = new URL(".", document.currentScript?.src || location.href);

    class FrozenLab {
        constructor(root) {
            this.root = root;
            this.name = root.dataset.frozen;
            this.image = root.querySelector("img");
            this.canvas = root.querySelector("canvas");
            this.said = root.querySelector("[role=status]");
            this.patches = new Map();
            this.turn = 0;
            for (const element of root.querySelectorAll("[data-control]:not([disabled])")) {
                const kind = element.type === "button" ? "click" : "input";
                element.addEventListener(kind, () => this.move(element));
            }
            root.addEventListener("keydown", event => event.stopPropagation());
            const seen = new IntersectionObserver(entries => {
                if (entries.some(entry => entry.isIntersecting)) {
                    seen.disconnect();
                    this.load();
                }
            }, {rootMargin: "300px"});
            seen.observe(root);
        }

        load() {
            return this.loading ??= new Promise((done, failed) => {
                if (packs[this.name]) return done();
                const script = document.createElement("script");
                script.src = new URL(`${this.name}.js`, this.folder());
                script.onload = done;
                script.onerror = failed;
                document.head.append(script);
            }).then(() => this.begin());
        }

        folder() {
            const named = document.documentElement.dataset.frozenFolder;
            return named ? new URL(named, location.href) : folder;
        }

        begin() {
            this.pack = packs[this.name];
            this.controls = this.pack.controls.map(name =>
                this.root.querySelector(`[data-control="${CSS.escape(name)}"]`));
            this.at = this.pack.settings[0];
            this.places = new Map(this.pack.settings.map((setting, n) => [setting.join(), n]));
            this.ready();
        }

        read(element, control) {
            if (element.type === "checkbox") return Number(element.checked);
            if (element.type === "button") {
                const last = Math.max(...this.pack.settings.map(setting => setting[control]));
                return this.at[control] < last ? this.at[control] + 1 : 0;
            }
            return element.tagName === "SELECT" ? element.selectedIndex : Number(element.value);
        }

        write(element, value) {
            if (element.type === "checkbox") element.checked = Boolean(value);
            else if (element.tagName === "SELECT") element.selectedIndex = value;
            else if (element.type === "range") {
                element.value = value;
                const said = this.pack.words[this.controls.indexOf(element)][value];
                element.setAttribute("aria-valuetext", said);
                element.parentElement.querySelector("output").value = said;
            }
        }

        async move(element) {
            await this.load();
            const control = this.controls.indexOf(element);
            this.show(this.nearest(control, this.read(element, control)));
        }

        // The kept setting nearest to the present one in which a control has a value.
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

        distance(one, other) {
            return one.reduce((sum, value, n) => {
                const apart = Math.abs(value - other[n]);
                return sum + (apart && 1 + apart / this.pack.words[n].length);
            }, 0);
        }

        async show(n) {
            const turn = ++this.turn;
            this.at = this.pack.settings[n];
            this.controls.forEach((element, control) => this.write(element, this.at[control]));
            const parts = await this.parts(n);
            if (turn !== this.turn) return;
            const pen = this.canvas.getContext("2d");
            pen.drawImage(this.image, 0, 0, this.canvas.width, this.canvas.height);
            for (const [patch, x, y] of parts) pen.drawImage(patch, x, y);
            this.canvas.hidden = false;
            this.said.textContent = this.image.alt = this.pack.sentences[n];
            this.ready();
        }

        parts(n) {
            const listed = this.pack.pictures[n], parts = [];
            for (let k = 0; k < listed.length; k += 3)
                parts.push(this.patch(listed[k]).then(patch => [patch, listed[k + 1], listed[k + 2]]));
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
        ready() {
            clearTimeout(this.ahead);
            this.ahead = setTimeout(() => this.controls.forEach((_, control) => {
                for (const step of [1, -1]) {
                    const n = this.places.get(this.at.with(control, this.at[control] + step).join());
                    if (n !== undefined) this.parts(n);
                }
            }), 30);
        }
    }

    function decoded(text) {
        const bytes = Uint8Array.from(atob(text), letter => letter.charCodeAt(0));
        return createImageBitmap(new Blob([bytes], {type: "image/webp"}));
    }

    function start() {
        for (const root of document.querySelectorAll("[data-frozen]"))
            root.frozenLab ??= new FrozenLab(root);
    }
    window.startFrozenLabs = start;
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
    else start();
})();
