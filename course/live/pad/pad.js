// The pad in the page: ink appears here at once, and Python hears of each change in one message.

const STEP = 4; // units that an arrow key moves the cursor
const LONG_STEP = 20; // the same with Shift
const MOVES = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  Home: [-1, -1], // these four stand on the corners of the number block
  PageUp: [1, -1],
  End: [-1, 1],
  PageDown: [1, 1],
};
const HELP =
  "Arrow keys move the cursor, with Shift in long steps; Home, Page Up, End and Page Down move it " +
  "diagonally. Space puts the pen down and lifts it, Escape lifts it. E turns the eraser on and " +
  "off; with it, Space erases the stroke at the cursor. U takes back, Y does again. A photo can " +
  "be pasted with Ctrl+V or dropped on the paper.";
const MEGABYTE = 2 ** 20;
const MOST_BYTES = 20 * MEGABYTE; // of a photo; pad.py has the same
const MOST_SENT = 5 * MEGABYTE; // Jupyter's server closes the line at a message of 10
const NARROWEST = 320; // pixels: two rows of buttons
const MOST_PIXELS = 4000; // the longer side of a photo that is made smaller
const SENT_AS_IT_IS = ["image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp"];
const NOTHING = new DataView(new ArrayBuffer(0)); // no photo
const ERASER_BUTTON = 5; // the far end of a pen

export default {
  render({ model, el }) {
    new Pad(model, el);
  },
};

class Pad {
  constructor(model, el) {
    this.model = model;
    this.past = []; // states to go back to, the latest last
    this.future = []; // states that Undo left
    this.gesture = null; // the stroke that is being drawn, or what the eraser leaves
    this.picture = null; // the photo, ready to be painted
    this.sending = false;
    this.erasing = false;
    this.byKeys = false; // whether the cursor is shown
    this.penSeen = false;
    this.state = { strokes: [], photo: NOTHING };
    this.cursor = [model.get("width") / 2, model.get("height") / 2];
    this.build(el);
    listenToPointer(this);
    listenToKeys(this);
    listenToPhotos(this);
    for (const name of ["strokes", "photo"]) model.on(`change:${name}`, () => this.follow());
    for (const name of ["line_width", "width", "height"]) {
      model.on(`change:${name}`, () => this.paint());
    }
    this.follow();
  }

  build(el) {
    // One count for the whole page: each pad brings this file anew.
    const id = `nn-pad-help-${(globalThis.nnPads = (globalThis.nnPads ?? 0) + 1)}`;
    this.help = made("p", { className: "nn-pad-help", id, hidden: true });
    this.help.textContent = HELP;
    this.canvas = made("canvas", { className: "nn-pad-paper", tabIndex: 0 });
    this.canvas.setAttribute("role", "application"); // so that a screen reader passes all keys on
    this.canvas.setAttribute("aria-label", "Drawing pad");
    this.canvas.setAttribute("aria-describedby", this.help.id);
    this.status = made("div", { className: "nn-pad-status" });
    this.status.setAttribute("role", "status");
    const parts = [this.canvas, this.toolbar(), this.status, this.help];
    this.root = made("div", { className: "nn-pad" }, ...parts);
    this.root.dataset.lmSuppressShortcuts = "true";
    el.append(this.root);
  }

  toolbar() {
    this.file = made("input", { type: "file", accept: "image/*", hidden: true });
    this.eraser = button("Eraser", () => this.toggleEraser());
    this.eraser.setAttribute("aria-pressed", "false");
    this.keys = button("Keys", () => this.toggleHelp());
    this.keys.setAttribute("aria-expanded", "false");
    this.slider = made("input", { type: "range", min: 1, max: 40 });
    this.slider.oninput = () => this.model.set("line_width", Number(this.slider.value));
    this.slider.onchange = () => this.model.save_changes();
    return made(
      "div",
      { className: "nn-pad-tools" },
      button("Undo", () => this.undo()),
      button("Redo", () => this.redo()),
      button("Clear", () => this.change({ strokes: [], photo: NOTHING })),
      this.eraser,
      button("Photo…", () => this.file.click()),
      this.file,
      made("label", {}, "Line width", this.slider),
      this.keys,
    );
  }

  toggleHelp() {
    this.help.hidden = !this.help.hidden;
    this.keys.setAttribute("aria-expanded", !this.help.hidden);
  }

  // What is on the paper, and how it was before.

  change(parts, words) {
    const state = { ...this.state, ...parts };
    this.gesture = null;
    if (isEmpty(state) && isEmpty(this.state)) return this.settle(words);
    this.past.push(this.state);
    this.future = [];
    return this.send(state, words);
  }

  undo() {
    if (this.gesture) {
      this.gesture = null;
      this.settle("Stroke dropped. ");
    } else this.travel(this.past, this.future, "Nothing to undo. ");
  }

  redo() {
    this.travel(this.future, this.past, "Nothing to redo. ");
  }

  travel(from, to, otherwise) {
    if (!from.length) return this.settle(otherwise);
    to.push(this.state);
    return this.send(from.pop());
  }

  send(state, words) {
    this.state = state;
    this.sending = true;
    this.model.set("strokes", state.strokes);
    this.model.set("photo", state.photo);
    this.sending = false;
    this.model.save_changes();
    this.settle(words);
  }

  // Python, or another view of the same pad, has changed the model.
  follow() {
    const before = this.state;
    const now = { strokes: this.model.get("strokes"), photo: this.model.get("photo") };
    if (!now.photo.byteLength) now.photo = NOTHING;
    const isOld = now.strokes === before.strokes && now.photo === before.photo;
    if (this.sending || isOld) return;
    if (!isEmpty(now) || !isEmpty(before)) this.past.push(before, ...stepsBetween(before, now));
    this.future = [];
    this.state = now;
    this.settle();
  }

  async settle(words = "") {
    const { photo } = this.state;
    if (!photo.byteLength) this.picture = null;
    else if (this.picture?.photo !== photo) await this.open(photo);
    this.say(words + this.summary());
    this.paint();
  }

  async open(photo) {
    const image = await decoded(new Blob([photo])).catch(() => null);
    if (this.state.photo === photo) this.picture = image && { photo, image };
  }

  // A stroke from the pen down to the pen up, by a pointer or by keys.

  begin(point, { by, erasing, touch }) {
    if (this.state.photo.byteLength) {
      this.say("Take the photo off with Undo or Clear to draw.");
      return;
    }
    this.gesture = { by, touch, points: [], kept: erasing ? this.state.strokes : null };
    this.extend(point);
  }

  extend([x, y]) {
    const { gesture } = this;
    const point = [rounded(x), rounded(y)];
    const last = gesture.points.at(-1);
    this.cursor = point;
    if (gesture.kept) {
      const reach = this.model.get("line_width") / 2 + STEP;
      gesture.kept = gesture.kept.filter((stroke) => distance(stroke, point) > reach);
    } else if (!last || distance([last], point) >= 1) gesture.points.push(point);
    this.paint();
  }

  end() {
    const { gesture, state } = this;
    if (!gesture) return;
    this.gesture = null;
    const words = gesture.by === "keys" && !gesture.kept ? "Pen up. " : "";
    if (!gesture.kept) this.change({ strokes: [...state.strokes, gesture.points] }, words);
    else if (gesture.kept.length < state.strokes.length) this.change({ strokes: gesture.kept });
    else this.settle("No stroke here. ");
  }

  toggleEraser() {
    this.end();
    this.erasing = !this.erasing;
    this.eraser.setAttribute("aria-pressed", this.erasing);
    this.root.classList.toggle("nn-pad-erasing", this.erasing);
    this.settle(this.erasing ? "Eraser on. " : "Eraser off. ");
  }

  // Words and ink.

  say(words) {
    this.status.textContent = words;
  }

  summary() {
    const { picture, state } = this;
    if (picture) return `Photo, ${picture.image.naturalWidth} × ${picture.image.naturalHeight}.`;
    if (state.photo.byteLength) return "A photo that this page cannot show.";
    const count = state.strokes.length;
    return count ? `${count} ${count === 1 ? "stroke" : "strokes"}.` : "Empty paper.";
  }

  paint() {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      this.paintNow();
    });
  }

  paintNow() {
    const [width, height] = [this.model.get("width"), this.model.get("height")];
    const pen = preparedPen(this.canvas, width, height, Math.max(1, window.devicePixelRatio));
    this.canvas.style.width = `${width}px`;
    this.root.style.width = `${Math.max(width, NARROWEST)}px`;
    this.slider.value = this.model.get("line_width");
    if (this.picture) return paintPhoto(pen, this.picture.image, width, height);
    const strokes = this.gesture?.kept ?? this.state.strokes;
    pen.lineWidth = this.model.get("line_width");
    strokes.forEach((stroke) => paintStroke(pen, stroke));
    if (this.gesture && !this.gesture.kept) paintStroke(pen, this.gesture.points);
    if (this.byKeys) paintCursor(pen, this.cursor, this.erasing || !this.gesture);
    return undefined;
  }

  pointOf(event) {
    const box = this.canvas.getBoundingClientRect();
    return [
      ((event.clientX - box.left) * this.model.get("width")) / box.width,
      ((event.clientY - box.top) * this.model.get("height")) / box.height,
    ];
  }
}

// Mouse, finger and pen. One of them draws at a time. A pen has right of way over a finger, which
// may be the palm; where a pen has written, fingers do not.

function listenToPointer(pad) {
  const { canvas } = pad;
  canvas.addEventListener("pointerdown", (event) => pointerDown(pad, event));
  canvas.addEventListener("pointermove", (event) => {
    if (pad.gesture?.by !== event.pointerId) return;
    const all = event.getCoalescedEvents?.() ?? [];
    (all.length ? all : [event]).forEach((one) => pad.extend(pad.pointOf(one)));
  });
  for (const name of ["pointerup", "pointercancel", "lostpointercapture"]) {
    canvas.addEventListener(name, (event) => {
      if (pad.gesture?.by === event.pointerId) pad.end();
    });
  }
}

function pointerDown(pad, event) {
  const isPen = event.pointerType === "pen";
  const isEraser = event.button === ERASER_BUTTON;
  if ((event.button !== 0 && !isEraser) || (event.pointerType === "touch" && pad.penSeen)) return;
  if (pad.gesture?.by === "keys") pad.end();
  if (pad.gesture && !(isPen && pad.gesture.touch)) return;
  pad.penSeen ||= isPen;
  pad.canvas.focus({ preventScroll: true });
  pad.byKeys = false;
  pad.canvas.setPointerCapture(event.pointerId);
  pad.begin(pad.pointOf(event), {
    by: event.pointerId,
    erasing: pad.erasing || isEraser,
    touch: event.pointerType === "touch",
  });
}

// Keys. None of them reaches the notebook, where A and B insert cells and X cuts them out.

function listenToKeys(pad) {
  const { canvas, root } = pad;
  for (const name of ["keydown", "keyup", "keypress"]) {
    root.addEventListener(name, (event) => event.stopPropagation());
  }
  canvas.addEventListener("keydown", (event) => {
    const action = actionOf(pad, event);
    if (!action) return;
    event.preventDefault();
    pad.byKeys = true;
    action();
    pad.paint();
  });
  canvas.addEventListener("focus", () => {
    pad.byKeys = canvas.matches(":focus-visible");
    pad.paint();
  });
  canvas.addEventListener("blur", () => {
    if (pad.gesture?.by === "keys") pad.end();
    pad.byKeys = false;
    pad.paint();
  });
}

function actionOf(pad, event) {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (event.altKey) return undefined;
  if (event.ctrlKey || event.metaKey) {
    const goes = { z: event.shiftKey ? "redo" : "undo", y: "redo" }[key];
    return goes && (() => pad[goes]());
  }
  if (MOVES[key]) return () => move(pad, MOVES[key], event.shiftKey ? LONG_STEP : STEP);
  return {
    " ": () => event.repeat || pressPen(pad),
    Escape: () => pad.end(),
    e: () => pad.toggleEraser(),
    u: () => pad.undo(),
    y: () => pad.redo(),
  }[key];
}

function move(pad, [right, down], step) {
  const within = (value, most) => Math.min(Math.max(value, 0), most);
  pad.cursor = [
    within(pad.cursor[0] + right * step, pad.model.get("width")),
    within(pad.cursor[1] + down * step, pad.model.get("height")),
  ];
  if (pad.gesture?.by === "keys") pad.extend(pad.cursor);
}

function pressPen(pad) {
  if (pad.gesture?.by === "keys") return pad.end();
  pad.begin(pad.cursor, { by: "keys", erasing: pad.erasing });
  if (pad.erasing) return pad.end();
  if (pad.gesture) pad.say("Pen down.");
  return undefined;
}

// Photos, from a file, the clipboard, or dropped.

function listenToPhotos(pad) {
  const { file, root } = pad;
  file.addEventListener("change", async () => {
    await takePhoto(pad, file.files[0]);
    file.value = ""; // the same file can be chosen again
  });
  root.addEventListener("paste", (event) => {
    stop(event);
    takePhoto(pad, event.clipboardData.files[0]);
  });
  root.addEventListener("dragover", stop);
  root.addEventListener("drop", (event) => {
    stop(event);
    takePhoto(pad, event.dataTransfer.files[0]);
  });
}

async function takePhoto(pad, file) {
  if (!file?.type.startsWith("image/")) {
    return pad.say(`${file ? file.name : "That"} is not an image: choose a JPEG or a PNG.`);
  }
  if (file.size > MOST_BYTES) {
    const size = (file.size / MEGABYTE).toFixed(0);
    return pad.say(`${file.name} has ${size} MB, the most is 20: save it smaller.`);
  }
  try {
    return pad.change({ photo: new DataView(await bytesToSend(file)) });
  } catch {
    return pad.say(`${file.name} cannot be opened here: save it as JPEG or PNG.`);
  }
}

// The file itself if Pillow can read it and it fits in a message, otherwise the image as JPEG.
async function bytesToSend(file) {
  const image = await decoded(file);
  if (SENT_AS_IT_IS.includes(file.type) && file.size <= MOST_SENT) return file.arrayBuffer();
  const { naturalWidth: width, naturalHeight: height } = image;
  const scale = Math.min(1, MOST_PIXELS / Math.max(width, height));
  const canvas = made("canvas", {});
  const pen = preparedPen(canvas, width, height, scale);
  paintPhoto(pen, image, width, height);
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.9));
  return blob.arrayBuffer();
}

async function decoded(blob) {
  const image = new Image();
  image.src = URL.createObjectURL(blob);
  try {
    await image.decode();
  } finally {
    URL.revokeObjectURL(image.src);
  }
  return image;
}

// Ink.

// A pen over white paper of that size in units.
function preparedPen(canvas, width, height, pixelsPerUnit) {
  canvas.width = Math.round(width * pixelsPerUnit);
  canvas.height = Math.round(height * pixelsPerUnit);
  const pen = canvas.getContext("2d");
  pen.scale(pixelsPerUnit, pixelsPerUnit);
  pen.fillStyle = "white";
  pen.fillRect(0, 0, width, height);
  Object.assign(pen, { fillStyle: "black", lineCap: "round", lineJoin: "round" });
  return pen;
}

function paintStroke(pen, points) {
  pen.beginPath();
  if (points.length === 1) {
    pen.arc(...points[0], pen.lineWidth / 2, 0, 2 * Math.PI); // a line of no length is not painted
    pen.fill();
  } else {
    points.forEach((point) => pen.lineTo(...point));
    pen.stroke();
  }
}

function paintPhoto(pen, image, width, height) {
  const scale = Math.min(width / image.naturalWidth, height / image.naturalHeight);
  const [w, h] = [image.naturalWidth * scale, image.naturalHeight * scale];
  pen.drawImage(image, (width - w) / 2, (height - h) / 2, w, h);
}

// A cross in a ring, dark with a light edge: seen on ink and on paper. The pen down has a full ring.
function paintCursor(pen, [x, y], isUp) {
  const path = new Path2D();
  path.arc(x, y, 7, 0, 2 * Math.PI);
  for (const [right, down] of [MOVES.ArrowLeft, MOVES.ArrowRight, MOVES.ArrowUp, MOVES.ArrowDown]) {
    path.moveTo(x + 7 * right, y + 7 * down);
    path.lineTo(x + 13 * right, y + 13 * down);
  }
  for (const [width, color] of [[5, "white"], [2, "#0072B2"]]) {
    Object.assign(pen, { lineWidth: width, strokeStyle: color });
    pen.stroke(path);
  }
  pen.fillStyle = "#0072B2";
  if (!isUp) pen.fill(path);
}

// Small things.

function made(tag, properties, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

function button(name, action) {
  return made("button", { type: "button", onclick: action }, name);
}

function stop(event) {
  event.preventDefault();
  event.stopPropagation();
}

function isEmpty({ strokes, photo }) {
  return !strokes.length && !photo.byteLength;
}

function rounded(value) {
  return Math.round(10 * value) / 10; // short messages; a tenth of a pixel is not seen
}

// The states between two: one for each stroke, if strokes were added.
function stepsBetween(before, now) {
  const count = before.strokes.length;
  const start = now.strokes.slice(0, count);
  if (now.photo !== before.photo || JSON.stringify(start) !== JSON.stringify(before.strokes)) {
    return [];
  }
  return now.strokes
    .slice(count, -1)
    .map((_, n) => ({ ...now, strokes: now.strokes.slice(0, count + n + 1) }));
}

// How far a point is from a stroke.
function distance(stroke, point) {
  const ends = stroke.length > 1 ? stroke.slice(1) : stroke;
  return Math.min(...ends.map((end, n) => distanceToLine(stroke[n], end, point)));
}

function distanceToLine([x, y], [toX, toY], [px, py]) {
  const [dx, dy] = [toX - x, toY - y];
  const along = ((px - x) * dx + (py - y) * dy) / (dx * dx + dy * dy || 1);
  const share = Math.min(1, Math.max(0, along));
  return Math.hypot(px - x - share * dx, py - y - share * dy);
}
