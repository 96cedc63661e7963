"""Lesson 05: the same training run with four sizes of mini-batch, side by side."""

from matplotlib import rc_context

from course.lesson05 import figures
from course.live import controls
from course.live.background import BackgroundLab
from course.live.pictures import LivePicture
from nnlib import examples, mnist
from nnlib.gradients import quadratic_cost
from nnlib.network import Network

ETAS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0]
EXAMPLES = 1000  # few enough for 3,000 single steps in under a second
RECORD_EVERY = 100  # examples between two points of a curve
ALL = "all"
SIZES = (ALL, 100, 10, 1)  # quickest first: the first curves stand while the last is computed
HIGHEST = 2.0  # top of the cost axis; every seed of the slider starts below it
STYLES = {
    1: {"color": figures.ORANGE, "marker": "^"},
    10: {"color": figures.BLUE, "marker": "o"},
    100: {"color": figures.GREEN, "marker": "s", "linestyle": "--"},
    ALL: {"color": figures.BLACK, "marker": "D", "linestyle": ":"},
}


def full_costs(split, m, eta, epochs, seed, stopped=lambda: False):
    """Full cost against examples seen while [784, 30, 10] learns with mini-batches of m.

    split: images (n, 784) and labels (n,).  m: a number, or "all" for plain gradient descent.
    stopped: looked at before each point; if it returns True, the curve ends there.
    Start (init "scaled") and shuffling follow `seed` as in Network.SGD. Returns two lists,
    examples seen and cost: before training, and then every 100 examples or every m if that is more.
    """
    n = len(split.images)
    m = n if m == ALL else m
    network = Network([784, 30, 10], init="scaled", rng=seed)
    data = examples.training(split, network.sizes, network.dtype)
    seen, costs = [0], [_full_cost(network, data)]
    for epoch in range(epochs):
        order = network.rng.permutation(n)
        for done in range(m, n + m, m):
            network.update_mini_batch(data.take(order[done - m : done]), eta)
            if done % RECORD_EVERY == 0 or done >= n:
                if stopped():
                    return seen, costs
                seen.append(epoch * n + min(done, n))
                costs.append(_full_cost(network, data))
    return seen, costs


def _full_cost(network, data):
    """The quadratic cost, averaged over all examples."""
    return quadratic_cost(network, data.images.T, data.targets.T)


class BatchLab(BackgroundLab):
    """Full cost against examples seen for m = 1, 10, 100 and all; sliders: eta, epochs, seed.

    Each release trains four networks from the same start on 1,000 digits, in the background; a
    curve is drawn as soon as it is done. `state["curves"][m]` holds (examples seen, cost).

    data: what `mnist.load()` returns; the small set if it is not given.
    """

    def __init__(self, data=None):
        self.split = (data or mnist.load("mini")).train.first(EXAMPLES)
        self._epochs = None
        super().__init__(_controls(), LivePicture(size=(9, 4.2)), [["eta"], ["epochs", "seed"]])

    def on_change(self, _=None):
        """A control was released: train anew; a run that is still going on is stopped first."""
        settings = self.settings
        self.start(lambda stopping: self._work(stopping, settings))

    def compute(self, eta, epochs, seed):
        """The numbers to show, all four curves at once."""
        return list(self._states({"eta": eta, "epochs": epochs, "seed": seed}))[-1]

    def _states(self, settings, stopped=lambda: False):
        """What to show after each curve that is done."""
        curves = {}
        for m in SIZES:
            curves[m] = full_costs(self.split, m, **settings, stopped=stopped)
            about = {"examples": len(self.split.images), "stopped": False}
            yield settings | about | {"curves": dict(curves)}

    def _work(self, stopping, settings):
        for state in self._states(settings, stopping.is_set):
            if stopping.is_set():  # this curve is not whole
                break
            self.show(state)
        if len(self.state["curves"]) < len(SIZES):
            self.show(self.state | {"stopped": True})

    def draw(self, state):
        if state["epochs"] != self._epochs:
            with rc_context(figures.LOOK):
                self._prepare_axes(state["epochs"], state["examples"])
        for m, line in self._lines.items():
            line.set_data(*state["curves"].get(m, ([], [])))
        waiting = ", still training" if len(state["curves"]) < len(SIZES) else ""
        self._title.set_text(f"eta {state['eta']:g}{', stopped' if state['stopped'] else waiting}")

    def _prepare_axes(self, epochs, n):
        """Everything that stays the same while epochs do, and the artists that do not."""
        ax = self.picture.axes
        ax.clear()
        ax.set(xlim=(0, epochs * n * 1.01), ylim=(0, HIGHEST))
        ax.set(xlabel="examples seen", ylabel="full cost $C$")
        ax.tick_params(labelsize=figures.LOOK["font.size"])
        ax.grid(axis="y", color="#DDDDDD", linewidth=0.8)
        self._lines = {
            m: ax.plot([], [], label=_label(m, epochs, n), ms=5, **STYLES[m])[0]
            for m in sorted(SIZES, key=lambda m: n if m == ALL else m)
        }
        ax.legend(loc="lower right", bbox_to_anchor=(1, 1), ncols=2, borderaxespad=0.2)
        self._title = ax.set_title(" ", loc="left")
        self.picture.moving = [*self._lines.values(), self._title]
        self.picture.forget_background()
        self._epochs = epochs

    def describe(self, state):
        curves = state["curves"]
        ends = [f"{curves[m][1][-1]:.2f} with {_name(m)}" for m in reversed(SIZES) if m in curves]
        return (
            f"eta {state['eta']:g}, seed {state['seed']}: the full cost starts at "
            f"{curves[ALL][1][0]:.2f}; after epoch {state['epochs']} over "
            f"{state['examples']:,} digits it is {', '.join(ends)}."
        )


def _name(m):
    return m if m == ALL else f"m = {m}"


def _label(m, epochs, n):
    """Legend: size of the mini-batch and the number of steps that it allows."""
    steps = epochs * (1 if m == ALL else -(-n // m))
    return f"{f'all {n:,}' if m == ALL else _name(m)}: {steps:,} steps"


def _controls():
    return {
        "eta": controls.eta(ETAS, 0.5),
        "epochs": controls.epochs(2, most=3),
        "seed": controls.seed(),
    }
