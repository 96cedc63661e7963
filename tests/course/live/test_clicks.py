import pytest

from course.live.clicks import ClickablePicture
from course.live.pictures import LivePicture


@pytest.fixture
def picture():
    picture = LivePicture(1, 2, size=(8, 4))
    picture.figure.set_layout_engine("none")
    left, right = picture.axes
    left.set(position=[0.1, 0.2, 0.3, 0.6], xlim=(-1, 1), ylim=(0, 10))
    right.set(position=[0.6, 0.2, 0.3, 0.6])
    picture.show()
    return picture


def click(frame, right, up):
    """What the sheet sends when it is clicked."""
    frame.sheet._handle_custom_msg({"right": right, "up": up}, [])


def test_a_click_is_told_in_the_coordinates_of_its_axes(picture):
    told = []
    frame = ClickablePicture(picture, lambda *where: told.append(where))
    click(frame, 0.25, 0.5)
    click(frame, 0.1 + 0.3 * 0.75, 0.2 + 0.6 * 0.1)
    click(frame, 0.75, 0.5)
    assert [ax for ax, *_ in told] == [picture.axes[0], picture.axes[0], picture.axes[1]]
    assert told[0][1:] == pytest.approx((0, 5))
    assert told[1][1:] == pytest.approx((0.5, 1))


def test_a_click_beside_all_axes_is_not_told(picture):
    frame = ClickablePicture(picture, lambda *where: pytest.fail(f"told {where}"))
    for place in ((0, 0), (0.5, 0.5), (0.25, 0.95), (1, 1)):
        click(frame, *place)


def test_the_sheet_lies_over_the_picture(picture):
    frame = ClickablePicture(picture, print)
    assert frame.children == (picture, frame.sheet)
    assert "nn-clickable" in frame._dom_classes
    assert "nn-clickable" in frame.sheet._esm
    assert "nn-clickable" in frame.sheet._css
