import numpy as np
import pytest

from course.lesson05 import many_bowls
from nnlib import descent

START = (-0.8, 0.6)


def test_the_sum_of_bowls_is_the_mean_of_its_terms():
    total = many_bowls.noisy_sum(n=30, rng=5)
    v = np.array([0.3, -0.7])
    terms = [np.sum((v - p) ** 2) for p in total.centers]
    assert total.cost(v) == pytest.approx(np.mean(terms))
    assert total.cost(v, [2, 7]) == pytest.approx((terms[2] + terms[7]) / 2)
    assert total.gradient(total.centers.mean(axis=0)) == pytest.approx([0, 0])
    assert total.gradient(v, [4]) == pytest.approx(2 * (v - total.centers[4]))
    spread = np.mean(np.sum((total.centers - total.centers.mean(axis=0)) ** 2, axis=1))
    distance = np.sum((v - total.centers.mean(axis=0)) ** 2)
    assert total.cost(v) == pytest.approx(distance + spread)


def test_noisy_sum_is_reproducible_and_spreads_as_asked():
    assert (many_bowls.noisy_sum(rng=3).centers == many_bowls.noisy_sum(rng=3).centers).all()
    centers = many_bowls.noisy_sum(n=20000, spread=0.4, rng=1).centers
    assert centers.mean(axis=0) == pytest.approx([0.2, -0.2], abs=0.02)
    assert centers.std(axis=0) == pytest.approx([0.4, 0.4], abs=0.02)


def test_one_batch_of_everything_is_gradient_descent():
    total = many_bowls.noisy_sum()
    path = many_bowls.stochastic_gradient_descent(total, START, 0.1, 6, 100, rng=0)
    np.testing.assert_allclose(
        path.points, descent.gradient_descent(total, START, 0.1, 6).points, rtol=1e-12
    )


def test_every_epoch_uses_every_term_once_in_a_new_order():
    """With eta 1/2 and single terms, each step lands on the center of the term it used."""
    total = many_bowls.noisy_sum(n=7)
    path = many_bowls.stochastic_gradient_descent(total, START, 0.5, 2, 1, rng=2)
    epochs = path.points[1:8], path.points[8:]
    for visited in epochs:
        np.testing.assert_allclose(np.sort(visited, axis=0), np.sort(total.centers, axis=0))
    assert not np.allclose(*epochs)


def test_the_last_mini_batch_may_be_smaller():
    total = many_bowls.noisy_sum(n=7)
    assert many_bowls.stochastic_gradient_descent(total, START, 0.1, 3, 3, rng=0).steps == 9


def test_a_small_mini_batch_can_raise_the_full_cost():
    total = many_bowls.noisy_sum()
    near = total.centers.mean(axis=0)
    path = many_bowls.stochastic_gradient_descent(total, near, 0.1, 1, 1, rng=0)
    assert path.costs[1] > path.costs[0]
    assert path.costs == pytest.approx([total.cost(v) for v in path.points])


def test_stochastic_descent_follows_its_seed_and_refuses_nonsense():
    total = many_bowls.noisy_sum()
    first, again, other = (
        many_bowls.stochastic_gradient_descent(total, START, 0.1, 1, 10, rng=seed)
        for seed in (1, 1, 2)
    )
    assert (first.points == again.points).all()
    assert not (first.points == other.points).all()
    for epochs, m, words in ((-1, 10, "epochs is -1"), (1, 0, "mini_batch_size is 0")):
        with pytest.raises(ValueError, match=words):
            many_bowls.stochastic_gradient_descent(total, START, 0.1, epochs, m)
    with pytest.raises(ValueError, match="expected two finite numbers"):
        many_bowls.stochastic_gradient_descent(total, 1.0, 0.1, 1, 10)


def test_stochastic_descent_in_one_variable():
    total = many_bowls.noisy_sum(n=30, rng=5, variables=1)
    middle = total.centers.mean()
    assert total.cost(0.7) == pytest.approx(np.mean((0.7 - total.centers) ** 2))
    assert total.gradient(0.7) == pytest.approx(2 * (0.7 - middle))
    assert total.cost(np.linspace(-1, 1, 5)).shape == (5,)
    whole = many_bowls.stochastic_gradient_descent(total, total.start, 0.5, 1, 30, rng=0)
    assert whole.points[-1] == pytest.approx(middle)
    small = many_bowls.stochastic_gradient_descent(total, total.start, 0.05, 20, 3, rng=0)
    assert len(small.points) == 201
    assert abs(small.points[-1] - middle) < 0.2
    assert small.costs[-1] == pytest.approx(total.cost(small.points[-1]))
