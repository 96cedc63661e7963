// A clear sheet over a picture: Python hears where it is clicked, in shares of the picture's width
// and height from its lower left corner.

export default {
  render({ model, el }) {
    el.classList.add("nn-sheet");
    el.addEventListener("click", (event) => {
      const picture = el.closest(".nn-clickable").querySelector("img").getBoundingClientRect();
      model.send({
        right: (event.clientX - picture.left) / picture.width,
        up: (picture.bottom - event.clientY) / picture.height,
      });
    });
  },
};
