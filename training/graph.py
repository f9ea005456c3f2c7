"""The trained network in, two ONNX graphs out, written node by node with the fused operators of onnxruntime.

A tracing exporter leaves attention and normalisation in small pieces; here each is one operator, weights are int8 with a
scale a column, and activations are quantised as they come. 7 of the 8 bits are used: processors without VNNI add pairs of
products in 16 bits, which full int8 weights overflow.
"""

import numpy as np
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from torch import nn

from training.encoder import Encoder, Layer
from training.model import Tagger
from training.namer import HIDDEN, LAYERS, Namer
from training.outliers import Range

TOP = 63
LEAST = -0.17  # a GELU gives nothing below
Floats = NDArray[np.float32]


class Graph:
    """A graph under construction: constants and nodes, each node named after its output."""

    def __init__(self, *, floating: bool) -> None:
        """Start empty; `floating` leaves every weight as it is."""
        self.floating, self.nodes, self.constants = floating, [], []  # type: ignore[var-annotated]

    def constant(self, value: NDArray[np.generic]) -> str:
        """Store a constant and return its name."""
        name = f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, kind: str, inputs: list[str], *, domain: str = "", outputs: int = 1, **attributes: object) -> str:
        """Add a node and return the name of its first output; the others follow as `name_1`, `name_2`."""
        name = f"n{len(self.nodes)}"
        names = [name, *(f"{name}_{i}" for i in range(1, outputs))]
        self.nodes.append(helper.make_node(kind, inputs, names, domain=domain, **attributes))
        return name

    def fused(self, kind: str, inputs: list[str], **attributes: object) -> str:
        """Add one of onnxruntime's own operators."""
        return self.node(kind, inputs, domain="com.microsoft", **attributes)

    def linear(self, x: str, weight: Floats, bias: Floats, *, exact: bool = False) -> str:
        """Add `x @ weight.T + bias`, in int8 unless `exact`."""
        if self.floating or exact:
            return self.node("Add", [self.node("MatMul", [x, self.constant(weight.T)]), self.constant(bias)])
        return self.fused("DynamicQuantizeMatMul", [x, *(self.constant(v) for v in rounded(weight, bias))])

    def ranged(self, x: str, weight: Floats, bias: Floats, usual: Range) -> str:
        """Add `x @ weight.T + bias` in int8 for the usual values, in floating point for what reaches over them.

        `x` comes out of a GELU. Only `usual.places` may be larger than `usual.ceiling`; what is above it is multiplied apart.
        """
        if self.floating:
            return self.linear(x, weight, bias)
        step = (usual.ceiling - LEAST) / 255
        scale, zero = self.constant(np.array(step, np.float32)), self.constant(np.array(round(-LEAST / step), np.uint8))
        places, top = self.constant(np.array(usual.places)), self.constant(np.array(usual.ceiling, np.float32))
        table, scales, zeros, added = (self.constant(v) for v in rounded(weight, bias))
        small = self.node("QuantizeLinear", [x, scale, zero])  # what does not fit is cut off at the ceiling
        inside = self.fused("MatMulIntegerToFloat", [small, table, scale, scales, zero, zeros, added])
        over = self.node("Relu", [self.node("Sub", [self.node("Gather", [x, places], axis=-1), top])])
        return self.node("Add", [inside, self.node("MatMul", [over, self.constant(weight.T[list(usual.places)])])])

    def norm(self, x: str, skip: str, layer: nn.LayerNorm) -> str:
        """Add `LayerNorm(x + skip)`; as two operators it takes a fifth of the time of onnxruntime's fused one."""
        inputs = [self.node("Add", [x, skip]), self.constant(_of(layer.weight)), self.constant(_of(layer.bias))]
        return self.node("LayerNormalization", inputs, epsilon=layer.eps, axis=-1)

    def model(self, inputs: dict[str, list[object]], outputs: dict[str, str], integers: tuple[str, ...] = ()) -> bytes:
        """Close the graph: names of its inputs with their shapes, and of its outputs with the nodes that give them."""
        for name, node in outputs.items():
            self.nodes.append(helper.make_node("Identity", [node], [name]))
        kinds = {n: TensorProto.INT64 if n in integers else TensorProto.FLOAT for n in inputs}
        ins = [helper.make_tensor_value_info(n, kinds[n], shape) for n, shape in inputs.items()]
        outs = [helper.make_tensor_value_info(n, TensorProto.FLOAT, None) for n in outputs]
        graph = helper.make_graph(self.nodes, "onrecord", ins, outs, self.constants)
        opsets = [helper.make_opsetid("", 20), helper.make_opsetid("com.microsoft", 1)]
        made: bytes = helper.make_model(graph, opset_imports=opsets, ir_version=10).SerializeToString()
        return made


def rounded(weight: Floats, bias: Floats) -> tuple[NDArray[np.generic], ...]:
    """Round a weight (outputs, inputs) to seven bits: a table (inputs, outputs), a scale and a zero for each output, the bias."""
    scale = (np.abs(weight).max(1) / TOP + 1e-12).astype(np.float32)
    return np.round(weight / scale[:, None]).astype(np.int8).T, scale, np.zeros(len(scale), np.int8), bias


def _of(parameter: nn.Parameter) -> Floats:
    return parameter.detach().cpu().numpy().astype(np.float32)


def _layer(g: Graph, x: str, layer: Layer, usual: Range | None) -> str:
    weight = np.concatenate([_of(f.weight) for f in (layer.q, layer.k, layer.v)])
    bias = np.concatenate([_of(f.bias) for f in (layer.q, layer.k, layer.v)])
    qkv = g.linear(x, weight, bias)
    parts = g.node("Split", [qkv], outputs=3, axis=-1, num_outputs=3)
    attended = g.fused("MultiHeadAttention", [parts, f"{parts}_1", f"{parts}_2"], num_heads=layer.heads)
    x = g.norm(g.linear(attended, _of(layer.ao.weight), _of(layer.ao.bias)), x, layer.aln)
    wide = g.fused("FastGelu", [g.linear(x, _of(layer.fi.weight), _of(layer.fi.bias))])
    back = _of(layer.fo.weight), _of(layer.fo.bias)
    return g.norm(g.ranged(wide, *back, usual) if usual else g.linear(wide, *back), x, layer.oln)


def encoder(net: Tagger, usual: list[Range], *, floating: bool = False) -> bytes:
    """Return the graph from embeddings `x` (1, n, 384) to `vectors` (1, n, 384), `cue` (1, n, 3) and what `namer` reads.

    That is `layer0`, `layer2` and so on, which are (1, n, 384) each; the last is `vectors`.
    """
    g = Graph(floating=floating)
    part: Encoder = net.encoder
    length = g.node("Slice", [g.node("Shape", ["x"]), *(g.constant(np.array([i])) for i in (1, 2))])
    ends = [g.constant(np.array([0])), length, g.constant(np.array([0]))]
    places = g.node("Unsqueeze", [g.node("Slice", [g.constant(_of(part.pos.weight)), *ends]), g.constant(np.array([0]))])
    x = g.norm("x", places, part.ln)
    after = [x]
    for layer, values in zip(part.layers, usual, strict=True):
        after.append(x := _layer(g, x, layer, values))  # type: ignore[arg-type]
    cue = g.linear(x, _of(net.cue.weight), _of(net.cue.bias), exact=True)
    given = {"vectors": x, "cue": cue, **{f"layer{i}": after[i] for i in LAYERS[:-1]}}
    return g.model({"x": [1, "n", part.pos.weight.shape[1]]}, given)


def linker(net: Tagger, usual: Range, *, floating: bool = False) -> bytes:
    """Return the graph from `vectors` (1, n, 384), `cues` (k, 384) and `far` (k, n) to `labels` (k, n, 7)."""
    g = Graph(floating=floating)
    head = net.linker
    pieces = g.linear("vectors", _of(head.piece.weight), _of(head.piece.bias), exact=True)
    both = g.linear("cues", _of(head.cue.weight), _of(head.cue.bias), exact=True)
    both = g.node("Unsqueeze", [both, g.constant(np.array([1]))])
    shift = g.node("Split", [both], outputs=2, axis=-1, num_outputs=2)
    scale = g.node("Add", [f"{shift}_1", g.constant(np.ones(1, np.float32))])
    x = g.node("Add", [g.node("Mul", [pieces, scale]), shift])
    x = g.node("Add", [x, g.node("Gather", [g.constant(_of(head.far.weight)), "far"], axis=0)])
    weights = [g.constant(_of(head.norm.weight)), g.constant(_of(head.norm.bias))]
    x = g.node("LayerNormalization", [x, *weights], epsilon=head.norm.eps, axis=-1)
    x = _layer(g, g.node("Gelu", [x], approximate="none"), head.layer, usual)
    labels = g.linear(x, _of(head.out.weight), _of(head.out.bias), exact=True)
    shapes: dict[str, list[object]] = {
        "vectors": [1, "n", net.encoder.pos.weight.shape[1]],
        "cues": ["k", head.cue.in_features],
        "far": ["k", "n"],
    }
    return g.model(shapes, {"labels": labels}, integers=("far",))


def namer(net: Namer, *, floating: bool = False) -> bytes:
    """Return the graph from `layer0` to `layer12` (1, n, 384) and `shapes` (1, n) to `name` (1, n, 7)."""
    g = Graph(floating=floating)
    parts = _of(net.piece.weight).reshape(len(net.piece.bias), len(LAYERS), -1)
    x = g.node("Gather", [g.constant(_of(net.shape.weight)), "shapes"], axis=0)
    # a layer at a time, because each has its own largest value
    for i, layer in enumerate(LAYERS):
        bias = _of(net.piece.bias) if i == 0 else np.zeros(len(net.piece.bias), np.float32)
        x = g.node("Add", [x, g.linear(f"layer{layer}", parts[:, i], bias)])
    weights = [g.constant(_of(net.norm.weight)), g.constant(_of(net.norm.bias))]
    x = g.node("LayerNormalization", [x, *weights], epsilon=net.norm.eps, axis=-1)
    for layer in net.layers:
        x = _layer(g, x, layer, None)  # type: ignore[arg-type]
    name = g.linear(x, _of(net.outs["names"].weight), _of(net.outs["names"].bias), exact=True)  # type: ignore[arg-type]
    shapes: dict[str, list[object]] = {f"layer{i}": [1, "n", HIDDEN] for i in LAYERS}
    return g.model({**shapes, "shapes": [1, "n"]}, {"name": name}, integers=("shapes",))
