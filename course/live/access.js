// What a lab owes to those who use it by keys or hear it.
//
// Keys that are typed in a lab are the lab's: without this a letter on a slider is a shortcut of the
// notebook, and d d deletes the cell. Shortcuts with Ctrl, Alt or Cmd, and Shift+Enter, still are.
// The picture's text is the sentence below it. Sliders and Play have names, which ipywidgets gives
// to neither.

const PLAYER = ["Play or pause", "Stop"];

function isShortcut(event) {
  return event.ctrlKey || event.altKey || event.metaKey || (event.shiftKey && event.key === "Enter");
}

function keep(event) {
  if (!isShortcut(event)) event.stopPropagation();
}

function describe(lab) {
  const sentence = lab.lastElementChild.textContent.trim();
  for (const picture of lab.querySelectorAll(".widget-image")) picture.alt = sentence;
}

// A slider's own label, or else the words that stand before it.
function nameOf(slider) {
  const own = slider.querySelector(".widget-label").textContent.trim();
  return own || slider.previousElementSibling?.textContent.trim() || "value";
}

function label(lab) {
  for (const slider of lab.querySelectorAll(".widget-slider")) {
    for (const handle of slider.querySelectorAll(".noUi-handle")) handle.ariaLabel = nameOf(slider);
  }
  for (const player of lab.querySelectorAll(".widget-play")) {
    player.querySelectorAll("button").forEach((button, n) => { button.ariaLabel = PLAYER[n]; });
  }
}

// A view is made before it stands in its lab; one that never will is given up after some frames.
function within(el, frames, then) {
  const lab = el.closest(".nn-lab");
  if (lab) then(lab);
  else if (frames > 0) requestAnimationFrame(() => within(el, frames - 1, then));
}

export default {
  render({ el }) {
    el.style.display = "none";
    within(el, 300, (lab) => {
      for (const name of ["keydown", "keyup", "keypress"]) lab.addEventListener(name, keep);
      const tell = () => { describe(lab); label(lab); };
      new MutationObserver(tell).observe(lab, { childList: true, subtree: true });
      tell();
    });
  },
};
