// Keys that are typed in a lab are the lab's: without this a letter on a slider is a shortcut of the
// notebook, and d d deletes the cell. Shortcuts with Ctrl, Alt or Cmd, and Shift+Enter, still are.

function isShortcut(event) {
  return event.ctrlKey || event.altKey || event.metaKey || (event.shiftKey && event.key === "Enter");
}

function keep(event) {
  if (!isShortcut(event)) event.stopPropagation();
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
    });
  },
};
