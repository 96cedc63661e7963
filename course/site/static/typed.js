// Numbers as a person types them, read as course/ask/typed.py and course/ask/spoken.py read them:
// a test compares both on all their tables. A text is cut into numbers, signs and brackets, and
// calculated from those with fractions of any size; nothing is ever run.
window.courseNumbers = (() => {
    "use strict";
    const LONGEST = 200, LARGEST_POWER = 10000n; // characters, bits
    const EXAMPLE = "type for example 3.7, 3/8 or 1700";
    class Wrong extends Error {}
    class NoNumber extends Error {}

    // ---- fractions: [numerator, denominator], lowest terms, the denominator above 0 ----
    const abs = n => (n < 0n ? -n : n);
    const divisor = (a, b) => { while (b) [a, b] = [b, a % b]; return abs(a); };
    const fraction = (n, d = 1n) => {
        if (d === 0n) throw new NoNumber();
        const by = divisor(n, d) * (d < 0n ? -1n : 1n);
        return [n / by, d / by];
    };
    const add = (a, b) => fraction(a[0] * b[1] + b[0] * a[1], a[1] * b[1]);
    const minus = a => [-a[0], a[1]];
    const times = (a, b) => fraction(a[0] * b[0], a[1] * b[1]);
    const over = (a, b) => fraction(a[0] * b[1], a[1] * b[0]);
    const bits = n => abs(n).toString(2).length;

    function toFloat([n, d]) { // rounded once, as Python does
        const shift = BigInt(Math.max(0, 66 - bits(n) + bits(d)));
        const top = abs(n) << shift;
        let whole = top / d;
        if (whole * d !== top) whole |= 1n; // what is cut off still breaks a tie
        const size = BigInt(Math.max(0, bits(whole) - 1000));
        let value = Number(whole >> size);
        for (let left = Number(size) - Number(shift); left; ) {
            const step = Math.max(-1000, Math.min(1000, left));
            value *= 2 ** step;
            left -= step;
        }
        return n < 0n ? -value : value;
    }

    function fromFloat(value) {
        if (!Number.isFinite(value)) throw new NoNumber();
        let down = 0n;
        while (value % 1) { value *= 2; down += 1n; }
        return fraction(BigInt(value), 2n ** down);
    }

    function fromText(text) { // 12.5e-3
        const [, whole, part, power] = /^(\d*)\.?(\d*)(?:[eE]([-+]?\d+))?$/.exec(text);
        const ten = 10n ** BigInt(Math.abs(Number(power || 0)));
        const value = fraction(BigInt(whole + part), 10n ** BigInt(part.length));
        return Number(power || 0) < 0 ? over(value, [ten, 1n]) : times(value, [ten, 1n]);
    }

    function power(base, exponent) {
        const larger = bits(base[0]) > bits(base[1]) ? bits(base[0]) : bits(base[1]);
        if (BigInt(larger) * abs(exponent[0]) > LARGEST_POWER * exponent[1]) throw new NoNumber();
        if (exponent[1] !== 1n) return fromFloat(toFloat(base) ** toFloat(exponent));
        const raised = [base[0] ** abs(exponent[0]), base[1] ** abs(exponent[0])];
        return exponent[0] < 0n ? fraction(raised[1], raised[0]) : raised;
    }

    // ---- words around a number, and in place of one ----
    const LETTER = "[\\p{L}\\p{N}_]";
    const ABOUT = "(?:about|approximately|approx\\.?|around|roughly|nearly|almost|circa|ca\\.?|some"
        + "|etwa|ungefähr|rund|environ)";
    const ENDING = "(?:or so|or thereabouts|approximately|approx\\.?|roughly|about)";
    const NAME = "(?:(?:my |the )?(?:answer|guess|result)|it|that|this"
        + `|(?:(?!\\p{Nd})${LETTER})${LETTER}{0,5})`;
    const COUNTED = "(?:weights and biases|mini-?batch(?:es)?|gradient steps|hidden neurons"
        + "|training images|(?:input|output|neuron|weight|bias|pixel|image|line|step|time|epoch"
        + "|update|digit|corner|wire|layer|row|column|number|parameter|way|perceptron|run|example"
        + "|call|point|connection)s?|biases|passes|forward passes"
        + `|times (?:as (?:large|long|fast|many|much)|${LETTER}+er))`;
    const ONES = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
        "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen",
        "eighteen", "nineteen"];
    const TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    const PARTS = {half: 2, halves: 2, third: 3, quarter: 4, fourth: 4, fifth: 5, sixth: 6,
        seventh: 7, eighth: 8, ninth: 9, tenth: 10, hundredth: 100, thousandth: 1000};
    const LARGE = {hundred: 100, thousand: 1000, million: 1000000};
    const WORDS = {minus: "-", negative: "-", plus: "+", times: "*", "divided by": "/", over: "/"};
    const QUOTES = ["''", '""', "``", "$$", "“”", "„“", "‘’", "«»"];
    const FRONT = `(?<!${LETTER})`, BACK = `(?!${LETTER})`; // the edges of a word
    const swap = (text, pattern, by, flags = "giu") => text.replace(RegExp(pattern, flags), by);

    function spoken(text) {
        text = unquoted(text.trim());
        text = swap(text, `^${NAME}\\s*(?:${FRONT}is${BACK}|:)\\s*`, "");
        text = swap(text, `(^|[=≈])\\s*(?:${ABOUT}\\s|[~∼≃≅])\\s*`, "$1");
        text = swap(text, `,?\\s+${ENDING}[.;]?$`, "");
        text = swap(text, `(?<=${LETTER}|[%)½¼¾])[.;?]$`, "");
        text = swap(text, `\\s+${COUNTED}$`, "");
        text = swap(text, "(?<=\\p{Nd})\\s?[x×]$", "", "gu");
        text = swap(text, "(?<=\\p{Nd}) ?k$", "*1000");
        return /[a-z]{3}/i.test(text) ? counted(text) : text;
    }

    function unquoted(text) {
        for (const [first, last] of QUOTES) {
            if (text.length > 2 && text[0] === first && text.at(-1) === last) {
                return text.slice(1, -1).trim();
            }
        }
        return text;
    }

    function counted(text) {
        const ones = ONES.join("|"), tens = TENS.join("|");
        text = swap(text, `${FRONT}(${tens})[- ](${ones})${BACK}`,
            (_, ten, one) => String(ofWord(ten) + ofWord(one)));
        text = swap(text, `${FRONT}(${ones}|${tens})${BACK}`, word => String(ofWord(word)));
        const number = "\\p{Nd}+(?:[.,]\\p{Nd}+)?";
        text = swap(text,
            `(?:${FRONT}(${number})|${FRONT}a|^)[ -]?${FRONT}(${Object.keys(LARGE).join("|")})${BACK}`,
            (_, n, word) => `${n ?? 1}*${LARGE[word.toLowerCase()]}`);
        text = swap(text,
            `(?:${FRONT}(\\p{Nd}+)|${FRONT}a|^(?=half))[ -]?${FRONT}(${Object.keys(PARTS).join("|")})s?${BACK}`,
            (_, n, word) => `${n ?? 1}/${PARTS[word.toLowerCase()]}`);
        text = swap(text, "(\\p{Nd}) and (\\p{Nd}+/\\p{Nd})", "$1 $2", "gu");
        for (const [word, sign] of Object.entries(WORDS)) {
            text = swap(text, `${FRONT}${word}${BACK}`, sign);
        }
        return text;
    }

    function ofWord(word) {
        const one = ONES.indexOf(word.toLowerCase());
        return one >= 0 ? one : 10 * (TENS.indexOf(word.toLowerCase()) + 2);
    }

    // ---- signs, digits, units ----
    const SIGNS = {"÷": "/", "∕": "/", "’": "'", "ʼ": "'", "≈": "=", "→": "=", "⇒": "=", "٪": "%",
        "٫": ".", "٬": "'"};
    for (const one of "−–‐‑—﹣") SIGNS[one] = "-";
    for (const one of "×·⋅∗∙•✕") SIGNS[one] = "*";
    const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹", LOWERED = "₀₁₂₃₄₅₆₇₈₉";
    const PERCENT = "%|per ?cent|pct\\.?|prozent|pour ?cent";
    const LAKH = "[1-9]\\d?(?:,\\d\\d)+,\\d{3}(?!\\d)"; // 12,34,567 as in India
    const CONVENTIONS = [ // [a number, the mark between thousands]
        [`(?:${LAKH}|[1-9]\\d{0,2}(?:,\\d{3})+(?!\\d)|\\d+)(?:\\.\\d*)?|\\.\\d+`, ","],
        ["(?:[1-9]\\d{0,2}(?:\\.\\d{3})+(?!\\d)|\\d+)(?:,\\d*)?|,\\d+", "."],
        ["\\d+(?:[.,]\\d*)?|[.,]\\d+", ""],
    ];

    function digit(one) { // of any script: its ten digits follow each other
        if (!/\p{Nd}/u.test(one)) return one;
        let before = 0;
        while (/\p{Nd}/u.test(String.fromCodePoint(one.codePointAt(0) - before - 1))) before += 1;
        return String(before % 10);
    }

    function plain(text) {
        text = swap(text, `([${RAISED}]+)[⁄/]([${LOWERED}]+)`, (_, over, under) =>
            ` ${[...over].map(one => RAISED.indexOf(one)).join("")}/${
                [...under].map(one => LOWERED.indexOf(one)).join("")}`);
        text = swap(text, "\\^\\{([^{}]*)\\}", "^($1)");
        text = swap(text, "[⁰¹²³⁴-⁹⁺⁻]+", "^$&");
        text = swap(text, "[¼½¾⅐-⅟↉]", " $&");
        text = [...text.replaceAll("\u2044", "/").normalize("NFKC")]
            .map(one => digit(SIGNS[one] ?? one)).join("");
        text = swap(text, "(?<=\\d)(?<!(?<![\\p{L}\\p{N}_])0)\\s*[xX]\\s*(?=\\d)", "*", "gu");
        text = swap(text, `${FRONT}sqrt${BACK}`, "√", "gu");
        text = swap(text, "(?<![\\d.,])[1-9]\\d{0,2}(?:[ '_]\\d{3})+(?!\\d)",
            found => found.replace(/[ '_]/g, ""), "gu");
        return swap(text, "(?<![\\d.,])(\\d+) +(\\d{1,2})/(\\d{1,2})(?![\\d.,])", "$1 $2\u2044$3", "gu");
    }

    function withoutUnit(bare, unit) {
        const found = RegExp(`^(.*?)\\s*(?:(‰)|${PERCENT})$`, "siu").exec(bare);
        if (!found) return [unit && bare.endsWith(unit) ? bare.slice(0, -unit.length) : bare, [1n, 1n]];
        return [found[1], fraction(1n, (unit === "%" ? 1n : 100n) * (found[2] ? 10n : 1n))];
    }

    // ---- a sum, from its tokens; the last one in the list is read first ----
    function value(bare, number, between) {
        const token = RegExp(`\\s*(?:(\\d+\u2044\\d+)|((?:${number})(?:[eE][-+]?\\d{1,3})?)`
            + "|(\\*\\*|[-+*/^()√]))\\s*", "yu");
        const tokens = [];
        while (token.lastIndex < bare.length) {
            const found = token.exec(bare);
            if (!found) return null;
            tokens.push(found[3] ? found[3].replace("**", "^") : found[1] ? {part: found[1]}
                : fromText(found[2].replaceAll(between || "\0", "").replace(",", ".")));
        }
        try {
            tokens.reverse();
            const result = sum(tokens);
            return tokens.length || !Number.isFinite(toFloat(result)) ? null : result;
        } catch (error) {
            if (error instanceof NoNumber || error instanceof RangeError) return null;
            throw error;
        }
    }

    const next = (tokens, ...signs) => signs.includes(tokens.at(-1));

    function sum(tokens) {
        let result = product(tokens);
        while (next(tokens, "+", "-")) {
            result = add(result, tokens.pop() === "+" ? product(tokens) : minus(product(tokens)));
        }
        return result;
    }

    function product(tokens) {
        let result = signed(tokens);
        while (next(tokens, "*", "/")) {
            result = tokens.pop() === "*" ? times(result, signed(tokens)) : over(result, signed(tokens));
        }
        return result;
    }

    function signed(tokens) {
        if (next(tokens, "+", "-")) return tokens.pop() === "+" ? signed(tokens) : minus(signed(tokens));
        const base = single(tokens);
        if (!next(tokens, "^")) return base;
        tokens.pop();
        return power(base, signed(tokens));
    }

    function single(tokens) {
        const first = tokens.pop();
        if (first === "√") return fromFloat(toFloat(single(tokens)) ** 0.5);
        if (first === "(") {
            const result = sum(tokens);
            if (tokens.pop() !== ")") throw new NoNumber();
            return result;
        }
        if (first === undefined || typeof first === "string") throw new NoNumber();
        if (first.part) return ofPart(first);
        return tokens.at(-1)?.part ? add(first, ofPart(tokens.pop())) : first;
    }

    const ofPart = ({part}) => fraction(...part.split("\u2044").map(BigInt));

    // ---- what is said ----
    function asLine(text, longest = 200) {
        const letters = [...text.trim().replace(/\s+/g, " ")];
        return letters.slice(0, longest).join("") + (letters.length > longest ? "..." : "");
    }
    const asCode = (text, longest) => `\`${asLine(text.replaceAll("`", "'"), longest)}\``;

    function short(value) { // as Python's "%.12g"
        const [digits, power] = value.toExponential(11).split("e");
        const trimmed = text => text.includes(".") ? text.replace(/\.?0+$/, "") : text;
        if (power >= -4 && power < 12) return trimmed(value.toFixed(Math.max(0, 11 - power)));
        return `${trimmed(digits)}e${power[0]}${power.slice(1).padStart(2, "0")}`;
    }

    /** What a typed text may mean: one number, or more where a mark may part thousands. */
    function readings(text, unit = "") {
        text = text.trim();
        if ([...text].length > LONGEST) {
            throw new Wrong(`${asCode(text, 40)} is too long for a number: ${EXAMPLE}.`);
        }
        const bare = plain(spoken(text));
        const range = /^(\d+(?:\.\d+)?) ?- ?(\d+(?:\.\d+)?)$/.exec(bare);
        if (range && Number(range[1]) < Number(range[2])) {
            throw new Wrong(`${asCode(text, 40)} looks like a range. Type one number.`);
        }
        const last = bare.includes("==") ? bare : bare.slice(bare.lastIndexOf("=") + 1);
        const [number, scale] = withoutUnit(last.trim(), unit);
        const found = new Map();
        for (const convention of CONVENTIONS) {
            const one = value(number, ...convention);
            if (one) found.set(one.join("/"), toFloat(times(scale, one)));
        }
        if (!found.size) throw new Wrong(`${asCode(text, 40)} is not a number: ${EXAMPLE}.`);
        return [...found.values()];
    }

    /** The question which of its readings was meant. */
    function which(text, values) {
        const both = values.map(short).join(" or ");
        return `Is ${asCode(text, 40)} ${both}? Type it without a mark between thousands.`;
    }

    return {readings, which, asLine, Wrong};
})();
