"""The student of the benchmark asks for what a page asks for, and sees what a student sees."""

import requests

from benchmarks import classroom, student
from tests.browser.conftest import server  # noqa: F401, a fixture: JupyterLab on new lessons


def test_a_student_opens_lesson_01_and_moves_a_slider(server):  # noqa: F811
    session = requests.Session()
    session.headers["Authorization"] = "token test"
    one = student.Student(f"{server}/", session)
    cells = one.open("01_perceptron.ipynb")
    one.start_kernel()
    wanted = [cells[0], next(cell for cell in cells if cell.startswith("lab = PerceptronLab("))]
    assert [one.run(cell)[-1]["content"]["status"] for cell in wanted] == ["ok", "ok"]
    (picture,) = [key for key, model in one.models.items() if model["_model_name"] == "ImageModel"]
    (slider,) = [key for key, model in one.models.items() if model.get("description") == "w1"]
    before = one.models[picture]["value"]
    one.move(slider, -5)
    assert one.models[picture]["value"][:4] == before[:4] == b"\x89PNG"
    assert one.models[picture]["value"] != before
    assert "-5 x1" in " ".join(str(model.get("value")) for model in one.models.values())
    failed = one.run("1 / 0")[-1]["content"]
    assert (failed["status"], failed["ename"]) == ("error", "ZeroDivisionError")
    one.poll()
    one.close()


def visit(factor):
    waited = {"page": 4.0, "picture": 8.0, "all cells": 10.0}
    spent = dict(zip(classroom.COSTS, (2.0, 3.0, 3.5, 4.5, 5.0, 7.0)))
    return classroom.Visit(
        "one",
        {name: factor * seconds for name, seconds in waited.items()},
        {name: factor * seconds for name, seconds in spent.items()},
        steps=[0.02, 0.03 * factor],
        reading=0.2 * factor,
        server=100 * factor,
        kernel=120,
    )


def test_the_tables_have_the_median_and_the_largest():
    visits = [visit(1), visit(1), visit(2)]
    assert classroom.waits(visits) == [
        *[3, "4.0 (8.0)", "8.0 (16.0)", "10.0 (20.0)", "25 (30)"],
        *["220 (320)", "100 + 120", "0.20 (0.40)"],
    ]
    steps = ["2.00", "1.00", "0.50", "1.00", "0.50", "2.00"]
    assert classroom.costs(visits, 6.0) == [3, *steps, "7.00", "2.00"]
    assert len(classroom.waits(visits)) == len(classroom.WAITS.split(" | "))


def test_the_page_loads_the_largest_files_and_an_even_choice(tmp_path):
    for size in range(300):
        (tmp_path / f"{size}.js").write_bytes(b"x" * size)
    names = student.page_files(tmp_path)
    assert len(names) == student.FILES
    assert names[:2] == ["299.js", "296.js"]
