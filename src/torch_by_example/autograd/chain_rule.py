"""The chain rule: multiply along a path, add over paths."""

import math

import torch
from matplotlib import pyplot as plt
from torch.autograd.graph import Node


def rates_multiply() -> None:
    """The slope of the whole is the product of the slopes of its parts.

    >>> rates_multiply()
    14.0 * 3.0 = 42.0
    42.0
    """
    x = torch.tensor(2.0, requires_grad=True)
    y = 3 * x + 1
    z = y**2
    z.backward()
    dy_dx = 3.0
    dz_dy = 2 * y.item()
    print(dz_dy, "*", dy_dx, "=", dz_dy * dy_dx)
    print(x.grad.item())


def sine_of_a_square() -> None:
    """By hand, by autograd and by two small steps: three times the same.

    >>> sine_of_a_square()
      0.9689   0.9689   0.9689
      1.0806   1.0806   1.0806
     -2.6146  -2.6146  -2.6146
    """
    for value in (0.5, 1.0, 2.0):
        x = torch.tensor(value, requires_grad=True)
        torch.sin(x**2).backward()
        by_hand = math.cos(value**2) * 2 * value
        right = math.sin((value + 1e-6) ** 2)
        left = math.sin((value - 1e-6) ** 2)
        steps = (right - left) / 2e-6
        print(f"{by_hand:8.4f} {x.grad.item():8.4f} {steps:8.4f}")


def two_layers() -> None:
    """Two layers of one weight each; the pieces and the whole.

    >>> two_layers()
    tensor(-4.) tensor(3.)
    tensor(-12.) tensor(-12.)
    """
    x = torch.tensor(3.0)
    w1 = torch.tensor(2.0, requires_grad=True)
    b1 = torch.tensor(1.0)
    w2 = torch.tensor(-4.0)
    b2 = torch.tensor(5.0)
    y1 = w1 * x + b1
    y2 = w2 * y1 + b2

    (dy2_dy1,) = torch.autograd.grad(y2, y1, retain_graph=True)
    (dy1_dw1,) = torch.autograd.grad(y1, w1, retain_graph=True)
    (dy2_dw1,) = torch.autograd.grad(y2, w1)
    print(dy2_dy1, dy1_dw1)
    print(dy2_dy1 * dy1_dw1, dy2_dw1)


def chain_cut() -> None:
    """item() cuts the chain: the first layer gets no gradient, no error.

    >>> chain_cut()
    tensor(6.) tensor(-12.)
    tensor(6.) None
    """
    x = torch.tensor(3.0)
    w1 = torch.tensor(2.0, requires_grad=True)
    w2 = torch.tensor(-4.0, requires_grad=True)
    y1 = w1 * x
    for hidden in (y1, y1.item()):
        w1.grad = w2.grad = None
        (w2 * hidden).backward()
        print(w2.grad, w1.grad)


def steps_back(node: Node, depth: int = 0) -> list[str]:
    """Follow a graph from a result back to its leaves.

    Args:
        node: The grad_fn of a result.
        depth: How many steps lie between the result and this node.

    Returns:
        One line for each step, with its name and, at a leaf, the value.
    """
    text = "  " * depth + node.name().rpartition("::")[2]
    if hasattr(node, "variable"):
        text += f"  value {node.variable.item()}"
    lines = [text]
    for following, _ in node.next_functions:
        if following is not None:
            lines += steps_back(following, depth + 1)
    return lines


def walk_the_graph() -> None:
    """From the result back to the leaves, over next_functions.

    >>> walk_the_graph()
    PowBackward0
      AddBackward0
        AddBackward0
          MulBackward0
            AccumulateGrad  value -4.0
            AddBackward0
              MulBackward0
                AccumulateGrad  value 2.0
              AccumulateGrad  value 1.0
          AccumulateGrad  value 5.0
    """
    x = torch.tensor(3.0)
    w1 = torch.tensor(2.0, requires_grad=True)
    b1 = torch.tensor(1.0, requires_grad=True)
    w2 = torch.tensor(-4.0, requires_grad=True)
    b2 = torch.tensor(5.0, requires_grad=True)
    y1 = w1 * x + b1
    y2 = w2 * y1 + b2
    loss = (y2 + 20) ** 2
    for line in steps_back(loss.grad_fn):
        print(line)


SIGNS = {
    "Add": "$+$",
    "Mul": r"$\times$",
    "Pow": r"$(\ )^{{{n}}}$",
    "Sin": r"$\mathrm{{sin}}$",
}


def sign_of(node: Node) -> str:
    """Say by a sign what a step does.

    Args:
        node: A step of a graph.

    Returns:
        Its sign in TeX, or its name if it has none.
    """
    kind = node.name().removesuffix("Backward0")
    exponent = getattr(node, "_saved_exponent", None)
    return SIGNS.get(kind, kind).format(n=exponent)


def depth_of_steps(last: Node) -> dict[Node, int]:
    """Collect the steps of a graph, over next_functions.

    Args:
        last: The grad_fn of a result.

    Returns:
        The depth of each step, on the longest way from the result.
    """
    depth = {last: 0}
    waiting = [last]
    for node in waiting:
        for source, _ in node.next_functions:
            if source is not None:
                depth[source] = max(depth.get(source, 0), depth[node] + 1)
                waiting.append(source)
    return depth


def uses(node: Node, source: Node) -> bool:
    """Tell whether a step uses what another one made.

    Args:
        node: A step of a graph.
        source: Another one.

    Returns:
        Whether a line of the graph joins them.
    """
    return any(other is source for other, _ in node.next_functions)


def place_of_steps(depth: dict[Node, int]) -> dict[Node, tuple[float, float]]:
    """Lay out a graph: the result on the right, leaves below other steps.

    Args:
        depth: The depth of each step.

    Returns:
        The x and y of each step.
    """
    place: dict[Node, tuple[float, float]] = {}
    for deep in range(max(depth.values()) + 1):
        column = [node for node in depth if depth[node] == deep]
        column.sort(key=lambda node: hasattr(node, "variable"))
        inner = sum(not hasattr(node, "variable") for node in column)
        top = max(inner - 1, 0) / 2
        for row, node in enumerate(column):
            beside = [y for user, (_, y) in place.items() if uses(user, node)]
            y = sum(beside) / max(len(beside), 1) + top - row
            place[node] = (-deep - (0.5 if 0 < inner <= row else 0), y)
    return place


def draw_graph(result: torch.Tensor, tensors: dict[str, torch.Tensor]) -> None:
    """Run the backward pass of a result, and draw the graph behind it.

    Above a box stands the value, below it the gradient. Where a value is
    used several times, each line has what came back along it.

    Args:
        result: The last step, shape ().
        tensors: All leaves and steps of the graph by their symbols in TeX.

    Raises:
        KeyError: A step has no symbol.
    """
    place = place_of_steps(depth_of_steps(result.grad_fn))
    sent: dict[Node, tuple[torch.Tensor, ...]] = {}
    for node in place:
        node.register_hook(lambda given, _, n=node: sent.update({n: given}))
    for tensor in tensors.values():
        tensor.retain_grad()
    result.backward()

    fig, ax = plt.subplots(figsize=(5.6, 2.0))
    middle = {"ha": "center", "va": "center"}

    def number(value: torch.Tensor, x: float, y: float, **style: str) -> None:
        ax.text(x, y, f"${round(value.item(), 4):g}$", **middle, **style)

    symbols = {t if t.is_leaf else t.grad_fn: s for s, t in tensors.items()}
    boxes = {}
    for node, (x, y) in place.items():
        symbol = symbols[getattr(node, "variable", node)]
        text = symbol if hasattr(node, "variable") else sign_of(node)
        box = {"boxstyle": "round", "facecolor": "none"}
        boxes[node] = ax.text(x, y, text, bbox=box, **middle)
        number(tensors[symbol], x, y + 0.3, color="C0")
        number(tensors[symbol].grad, x, y - 0.31, color="C1")
        users = [user for user in boxes if uses(user, node)]
        for user in users:
            patches = [boxes[n].get_bbox_patch() for n in (node, user)]
            arrow = {"arrowstyle": "->", "shrinkA": 1, "shrinkB": 1}
            arrow |= dict(zip(("patchA", "patchB"), patches, strict=True))
            ax.annotate("", place[user], (x, y), arrowprops=arrow)
            if len(users) > 1:
                end_x, end_y = place[user]
                up = 0.2 if end_y > y else -0.2
                share = sent[user][user.next_functions.index((node, 0))]
                half_x, half_y = (x + end_x) / 2, (y + end_y) / 2
                number(share, half_x - 0.07, half_y + up, color="C1")
    xs, ys = zip(*place.values(), strict=True)
    ax.set(xlim=(min(xs) - 0.3, 0.3), ylim=(min(ys) - 0.5, max(ys) + 0.5))
    ax.set_axis_off()


def draw_both_passes() -> None:
    """The graph as a picture: values above, gradients below.

    >>> draw_both_passes()
    """
    x = torch.tensor(3.0)
    w1 = torch.tensor(2.0, requires_grad=True)
    b1 = torch.tensor(1.0, requires_grad=True)
    w2 = torch.tensor(-4.0, requires_grad=True)
    b2 = torch.tensor(5.0, requires_grad=True)
    p1 = w1 * x
    y1 = p1 + b1
    p2 = w2 * y1
    y2 = p2 + b2
    d = y2 + 20
    loss = d**2
    named = {"$w_1$": w1, "$p_1$": p1, "$b_1$": b1, "$y_1$": y1, "$w_2$": w2}
    named |= {"$p_2$": p2, "$b_2$": b2, "$y_2$": y2, "$d$": d, "$C$": loss}
    draw_graph(loss, named)
    plt.show()


def backward_by_hand() -> None:
    """The backward pass is a few lines: each uses one above it.

    >>> backward_by_hand()
    -6.0 -6.0 -42.0 24.0 24.0 72.0
    """
    x, w1, b1, w2, b2 = 3.0, 2.0, 1.0, -4.0, 5.0
    y1 = w1 * x + b1
    y2 = w2 * y1 + b2
    # Backward: the gradient of the loss with respect to each name.
    dy2 = 2 * (y2 + 20)
    db2 = dy2
    dw2 = dy2 * y1
    dy1 = dy2 * w2
    db1 = dy1
    dw1 = dy1 * x
    print(dy2, db2, dw2, dy1, db1, dw1)


def two_paths() -> None:
    """Two paths lead from s to z: each is a product, and they are added.

    >>> two_paths()
    0.9019 + 0.3748 = 1.2767
    1.2767
    """
    s = torch.tensor(0.7, requires_grad=True)
    x = s**2
    y = torch.sin(s)
    z = x * y
    z.backward()
    through_x = y.item() * 2 * 0.7
    through_y = x.item() * math.cos(0.7)
    print(f"{through_x:.4f} + {through_y:.4f} = {through_x + through_y:.4f}")
    print(f"{s.grad.item():.4f}")


def draw_two_paths() -> None:
    """Both paths as a picture, each with its part of the gradient.

    >>> draw_two_paths()
    """
    s = torch.tensor(0.7, requires_grad=True)
    x = s**2
    y = torch.sin(s)
    z = x * y
    draw_graph(z, {"$s$": s, "$x$": x, "$y$": y, "$z$": z})
    plt.show()


def neuron_with_two_successors() -> None:
    """A neuron whose output goes two ways collects from both.

    >>> neuron_with_two_successors()
    1.1119 1.1119
    2.2238 2.2238
    0.5559 0.5559
    """
    x1, x2 = torch.tensor(2.0), torch.tensor(0.5)
    w1 = torch.tensor(1.0, requires_grad=True)
    w2 = torch.tensor(-2.0, requires_grad=True)
    w3, w4 = torch.tensor(0.5), torch.tensor(-1.5)
    z = w1 * x1 + w2 * x2
    a = torch.sigmoid(z)
    z3, z4 = w3 * a, w4 * a
    loss = (z3 - 1) ** 2 + (z4 - 1) ** 2
    for result in (z, z3, z4):
        result.retain_grad()
    loss.backward()

    dz = a * (1 - a) * (w3 * z3.grad + w4 * z4.grad)
    print(f"{dz.item():.4f} {z.grad.item():.4f}")
    print(f"{(dz * x1).item():.4f} {w1.grad.item():.4f}")
    print(f"{(dz * x2).item():.4f} {w2.grad.item():.4f}")


def input_of_its_own_layer() -> None:
    """The factor of a weight is what enters its layer, not the data.

    >>> input_of_its_own_layer()
    x 2.0000, hidden 0.7616
    dz/dw2 0.7616
    """
    x = torch.tensor(2.0)
    w1 = torch.tensor(0.5)
    w2 = torch.tensor(3.0, requires_grad=True)
    hidden = torch.tanh(w1 * x)
    z = w2 * hidden
    (dz_dw2,) = torch.autograd.grad(z, w2)
    print(f"x {x.item():.4f}, hidden {hidden.item():.4f}")
    print(f"dz/dw2 {dz_dw2.item():.4f}")


def layer_by_formula() -> None:
    """A whole layer, its weights and its bias: formula against autograd.

    >>> layer_by_formula()
    tensor([[13.0000, -1.1250],
            [ 1.5938, -3.1562],
            [ 4.1250,  0.8750]])
    tensor([[13.0000, -1.1250],
            [ 1.5938, -3.1562],
            [ 4.1250,  0.8750]])
    tensor([4.1250, 0.8750]) tensor([4.1250, 0.8750])
    """
    x = torch.tensor([[0.5, -2.0, 1.0], [3.0, 0.25, 1.0]])
    y = torch.tensor([[1.0, 0.0], [-1.0, 2.0]])
    w = torch.tensor([[2.0, 0.0], [1.0, -1.0], [0.5, 3.0]], requires_grad=True)
    b = torch.tensor([1.0, -2.0], requires_grad=True)
    z = x @ w + b
    torch.nn.functional.mse_loss(z, y).backward()

    dz = 2 * (z.detach() - y) / z.numel()
    print(w.grad)
    print(x.T @ dz)
    print(b.grad, dz.sum(dim=0))


def slopes_carried_forward() -> None:
    """Forward, each value carries its slope along: one pass an input.

    >>> slopes_carried_forward()
    forward:  z -0.8382, dz/dw 8.6415
    forward:  z -0.8382, dz/db 5.4816
    backward: 8.6415, 5.4816
    """
    for name, dw, db in (("w", 1.0, 0.0), ("b", 0.0, 1.0)):
        w, b = 2.0, 3.0
        p, dp = w * b, dw * b + w * db
        y, dy = math.sin(p), math.cos(p) * dp
        z, dz = y * b, dy * b + y * db
        print(f"forward:  z {z:.4f}, dz/d{name} {dz:.4f}")

    weight = torch.tensor(2.0, requires_grad=True)
    bias = torch.tensor(3.0, requires_grad=True)
    (torch.sin(weight * bias) * bias).backward()
    print(f"backward: {weight.grad.item():.4f}, {bias.grad.item():.4f}")


def cost(left: torch.Tensor, right: torch.Tensor) -> int:
    """Count what a product of two matrices multiplies.

    Args:
        left: Shape (m, n).
        right: Shape (n, p).

    Returns:
        n multiplications for each of its m * p elements.
    """
    return left.shape[0] * right.numel()


def cost_of_each_direction() -> None:
    """One output: from its side only rows of numbers are multiplied.

    >>> cost_of_each_direction()
    True
    from the output: 82000
    from the input:  8040000
    """
    last = torch.randn(1, 160, dtype=torch.float64)
    middle = torch.randn(160, 200, dtype=torch.float64)
    first = torch.randn(200, 250, dtype=torch.float64)
    from_output, from_input = (last @ middle) @ first, last @ (middle @ first)
    print(torch.allclose(from_output, from_input))
    print("from the output:", cost(last, middle) + cost(last @ middle, first))
    print("from the input: ", cost(middle, first) + cost(last, middle @ first))


def zero_in_the_chain() -> None:
    """One factor of zero, and all gradients before it are zero.

    >>> zero_in_the_chain()
    tensor(0.) tensor(12.)
    """
    w1 = torch.tensor(3.0, requires_grad=True)
    w2 = torch.tensor(0.0, requires_grad=True)
    y1 = w1 * 2
    y2 = w2 * y1
    (y2 + 1).square().backward()
    print(w1.grad, w2.grad)
