// Keys that are typed in a lab are the lab's: without this a letter on a slider is a shortcut of the
// notebook, and d d deletes the cell. Shortcuts with Ctrl, Alt or Cmd, and Shift+Enter, still are.

function isShortcut(event) {
  return event.ctrlKey || event.altKey || event.metaKey || (event.shiftKey && event.key === "Enter");
}

function keep(event) {
  if (!isShortcut(event)) event.stopPropagation();
}

export default {
  render({ el }) {
    el.style.display = "none";
    const begin = () => {
      const lab = el.closest(".nn-lab");
      if (!lab) return requestAnimationFrame(begin);
      for (const name of ["keydown", "keyup", "keypress"]) lab.addEventListener(name, keep);
    };
    begin();
  },
};
