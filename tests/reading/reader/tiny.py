"""A classifier of a few hundred bytes in a folder, written as exporters write one: model, tokenizer, config.

The model is `logits = mean(table[input_ids])`: each word votes with a row of numbers. ONNX is protobuf, of which
this needs two kinds of field, so it is written by hand (onnx.proto3: ModelProto, GraphProto, NodeProto).
"""

import json
import struct
from collections.abc import Mapping, Sequence
from pathlib import Path

INT64, FLOAT = 7, 1
VOTES: Mapping[str, tuple[float, float]] = {
    "[UNK]": (0.0, 0.0),
    "[PAD]": (0.0, 0.0),
    "lost": (4.0, -4.0),
    "late": (3.0, -3.0),
    "thank": (-4.0, 4.0),
    "kind": (-3.0, 3.0),
}
"""Words, and how they vote for LABEL_0 (unhappy) and LABEL_1 (content)."""


def write(folder: Path, votes: Mapping[str, Sequence[float]] = VOTES, **config: object) -> Path:
    """Put model.onnx, tokenizer.json and config.json into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    width = len(next(iter(votes.values())))
    named = {str(number): f"LABEL_{number}" for number in range(width)}
    (folder / "model.onnx").write_bytes(model([list(row) for row in votes.values()]))
    (folder / "tokenizer.json").write_text(json.dumps(tokenizer(list(votes))))
    (folder / "config.json").write_text(json.dumps({"id2label": named, **config}))
    return folder


def tokenizer(words: Sequence[str]) -> dict[str, object]:
    """Words between spaces, in lower case, by number."""
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [],
        "normalizer": {"type": "Lowercase"},
        "pre_tokenizer": {"type": "Whitespace"},
        "post_processor": None,
        "decoder": None,
        "model": {
            "type": "WordLevel",
            "vocab": {word: number for number, word in enumerate(words)},
            "unk_token": "[UNK]",
        },
    }


def model(table: Sequence[Sequence[float]]) -> bytes:
    """The bytes of model.onnx."""
    nodes = [
        _node("Gather", ["table", "input_ids"], "rows"),
        _node("ReduceMean", ["rows"], "logits", _ints("axes", [1]) + _int("keepdims", 0)),
    ]
    graph = b"".join(_part(1, node) for node in nodes) + _text(2, "tiny") + _part(5, _table(table))
    graph += _part(11, _value("input_ids", INT64, ["batch", "length"]))
    graph += _part(12, _value("logits", FLOAT, ["batch", len(table[0])]))
    return _number(1, 8) + _part(7, graph) + _part(8, _number(2, 13))  # IR version 8, operators of version 13


def _table(rows: Sequence[Sequence[float]]) -> bytes:
    flat = [each for row in rows for each in row]
    sizes = _number(1, len(rows)) + _number(1, len(rows[0]))
    return sizes + _number(2, FLOAT) + _text(8, "table") + _part(9, struct.pack(f"<{len(flat)}f", *flat))


def _node(kind: str, inputs: Sequence[str], output: str, attributes: bytes = b"") -> bytes:
    return b"".join(_text(1, each) for each in inputs) + _text(2, output) + _text(4, kind) + attributes


def _ints(name: str, values: Sequence[int]) -> bytes:
    return _part(5, _text(1, name) + b"".join(_number(8, each) for each in values) + _number(20, 7))


def _int(name: str, value: int) -> bytes:
    return _part(5, _text(1, name) + _number(3, value) + _number(20, 2))


def _value(name: str, kind: int, shape: Sequence[int | str]) -> bytes:
    sizes = [_number(1, each) if isinstance(each, int) else _text(2, each) for each in shape]
    tensor = _number(1, kind) + _part(2, b"".join(_part(1, each) for each in sizes))
    return _text(1, name) + _part(2, _part(1, tensor))


def _text(field: int, words: str) -> bytes:
    return _part(field, words.encode())


def _part(field: int, inside: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(inside)) + inside


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _varint(value: int) -> bytes:
    low, rest = value & 0x7F, value >> 7
    return bytes([low | 0x80]) + _varint(rest) if rest else bytes([low])
