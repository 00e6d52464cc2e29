from __future__ import annotations

from typing import TYPE_CHECKING, Any
from unittest import mock

import numpy as np
import pytest
from mpl_toolkits.mplot3d import Axes3D  # type: ignore[import-untyped]
from tests.figures.drawn import axes_of, data_of

from torch_by_example.optimise import himmelblau

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# From the exact solutions: four minima, four saddles, the maximum.
MINIMA = [(3, 2), (-2.805118, 3.131313), (-3.77931, -3.283186), (3.584428, -1.848127)]
SADDLES = [
    (3.385154, 0.073852),
    (0.086678, 2.884255),
    (-3.073026, -0.081353),
    (-0.127961, -1.953715),
]
MAXIMUM = (-0.270845, -0.923039)


def height(x: Any, y: Any) -> Any:  # noqa: ANN401 - numbers and arrays
    """Himmelblau's function, multiplied out."""
    return (
        x**4 + y**4 + 2 * x**2 * y + 2 * x * y**2 - 21 * x**2 - 13 * y**2
        - 14 * x - 22 * y + 170
    )  # fmt: skip


def slope(x: Any, y: Any) -> Any:  # noqa: ANN401 - numbers and arrays
    """Its gradient, multiplied out."""
    return np.array(
        [
            4 * x**3 + 4 * x * y + 2 * y**2 - 42 * x - 14,
            4 * y**3 + 2 * x**2 + 4 * x * y - 26 * y - 22,
        ]
    )


def contour_points(axes: Axes) -> list[tuple[float, np.ndarray]]:
    """Each level with the points of its lines."""
    (contours,) = axes.collections
    levels = contours.levels  # type: ignore[attr-defined]
    vertices = [np.asarray(path.vertices) for path in contours.get_paths()]
    return list(zip(levels, vertices, strict=True))


def assert_is_a_map(axes: Axes, reach: float) -> None:
    """The same scale both ways, a square around the origin, and both axes named."""
    assert axes.get_aspect() == 1
    corners = axes.dataLim.get_points()
    assert corners == pytest.approx(np.array([[-reach, -reach], [reach, reach]]))
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("$x$", "$y$")


def test_surface_has_the_heights_of_the_function() -> None:
    draw = Axes3D.plot_surface
    with mock.patch.object(
        Axes3D, "plot_surface", autospec=True, side_effect=draw
    ) as plot_surface:
        axes: Any = axes_of(himmelblau.draw_surface)
    _, x, y, z = plot_surface.call_args.args
    assert z == pytest.approx(height(x, y))
    assert (x.min(), x.max(), y.min(), y.max()) == (-5, 5, -5, 5)
    # Every height is drawn: none was left out to make the picture smaller.
    assert plot_surface.call_args.kwargs.keys() == {"cmap"}
    assert max(x.shape) <= 50
    assert (axes.elev, axes.azim) == (60, -30)
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("$x$", "$y$")


def test_contours_have_the_heights_of_the_function() -> None:
    axes = axes_of(himmelblau.draw_contours)
    assert_is_a_map(axes, 5)
    levels = [level for level, _ in contour_points(axes)]
    assert levels == [5, 20, 50, 100, 150, 250, 400]
    for level, points in contour_points(axes):
        heights = height(*points.T)
        # Straight between the points of the grid.
        assert heights == pytest.approx(np.full_like(heights, level), abs=2.5)
    (minima,) = axes.lines
    # All six decimals count.
    places = np.stack(data_of(minima), axis=1)
    assert places == pytest.approx(np.array(MINIMA), rel=0, abs=5e-7)
    shown = {text.get_text() for text in axes.texts}
    assert shown == {f"{level:g}" for level in levels}


def test_starts_lie_in_the_basin_of_their_end() -> None:
    axes = axes_of(himmelblau.draw_basins)
    assert_is_a_map(axes, 6)
    assert [tuple(np.ravel(data_of(line))) for line in axes.lines] == [
        pytest.approx(minimum) for minimum in MINIMA
    ]
    assert len({line.get_marker() for line in axes.lines}) == len(MINIMA)
    fills = axes.collections[::2]
    generator = np.random.default_rng(0)
    starts = generator.uniform(-5.9, 5.9, (300, 2))
    ends = starts.copy()
    for _ in range(2000):
        ends -= 0.001 * slope(*ends.T).T
    nearest = np.linalg.norm(ends[:, None] - np.array(MINIMA), axis=2).argmin(axis=1)
    paths = [fill.get_paths() for fill in fills]
    inside = np.array([path.contains_points(starts) for (path,) in paths])
    right = inside[nearest, np.arange(len(starts))]
    # Borders are as coarse as the grid.
    assert right.mean() > 0.95
    assert inside.sum(axis=0).max() == 1


def test_gradient_is_zero_at_the_flat_places() -> None:
    axes = axes_of(himmelblau.draw_flat_places)
    assert_is_a_map(axes, 5)
    expected = MINIMA, SADDLES, [MAXIMUM]
    markers = [line.get_marker() for line in axes.lines]
    assert markers == ["o", "x", "^"]
    for line, places in zip(axes.lines, expected, strict=True):
        found = np.stack(data_of(line), axis=1)
        assert found == pytest.approx(np.array(places), abs=1e-3)
        assert slope(*found.T) == pytest.approx(0, abs=0.1)


def test_contours_pass_through_the_saddles() -> None:
    axes = axes_of(himmelblau.draw_flat_places)
    heights = sorted(height(x, y) for x, y in SADDLES)
    for saddle, (level, points) in zip(
        sorted(SADDLES, key=lambda place: height(*place)),
        contour_points(axes),
        strict=True,
    ):
        assert level == pytest.approx(heights.pop(0), abs=1e-3)
        assert np.linalg.norm(points - saddle, axis=1).min() < 0.1
