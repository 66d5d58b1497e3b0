"""A reader of vector tiles, written from the specification apart from what writes them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass
class ReadLayer:
    """One layer: its name, and of each shape what it tells, its type and its rings, lines or points."""

    name: str = ""
    extent: int = 0
    version: int = 0
    shapes: list[tuple[dict[str, Any], int, list[list[tuple[int, int]]]]] = field(default_factory=list)


def read_tile(data: bytes) -> dict[str, ReadLayer]:
    """Every layer by its name."""
    layers = [_layer(content) for number, content in _fields(data) if number == 3]
    return {layer.name: layer for layer in layers}


def _fields(data: bytes) -> list[tuple[int, Any]]:
    at, found = 0, []
    while at < len(data):
        key, at = _varint(data, at)
        if key & 7 == 0:
            value, at = _varint(data, at)
        elif key & 7 == 2:
            long, at = _varint(data, at)
            value, at = data[at : at + long], at + long
        else:
            raise AssertionError(f"wire type {key & 7}")
        found.append((key >> 3, value))
    return found


def _varint(data: bytes, at: int) -> tuple[int, int]:
    number = shift = 0
    while True:
        byte = data[at]
        number |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            return number, at


def _layer(data: bytes) -> ReadLayer:
    layer, keys, values, features = ReadLayer(), [], [], []
    for number, content in _fields(data):
        if number == 1:
            layer.name = content.decode()
        elif number == 2:
            features.append(content)
        elif number == 3:
            keys.append(content.decode())
        elif number == 4:
            ((kind, value),) = _fields(content)
            values.append(value.decode() if kind == 1 else value)
        elif number == 5:
            layer.extent = content
        elif number == 15:
            layer.version = content
    for feature in features:
        parts = dict(_fields(feature))
        tags = _numbers(parts[2])
        about = {keys[key]: values[value] for key, value in zip(tags[::2], tags[1::2], strict=True)}
        layer.shapes.append((about, parts[3], _geometry(_numbers(parts[4]))))
    return layer


def _numbers(data: bytes) -> list[int]:
    at, found = 0, []
    while at < len(data):
        number, at = _varint(data, at)
        found.append(number)
    return found


def _geometry(numbers: list[int]) -> list[list[tuple[int, int]]]:
    at, x, y, lines = 0, 0, 0, []
    while at < len(numbers):
        command, times = numbers[at] & 7, numbers[at] >> 3
        at += 1
        if command == 7:
            lines[-1].append(lines[-1][0])
            continue
        for _ in range(times):
            x, y = x + _step(numbers[at]), y + _step(numbers[at + 1])
            at += 2
            if command == 1:
                lines.append([])
            lines[-1].append((x, y))
    return lines


def _step(number: int) -> int:
    return (number >> 1) ^ -(number & 1)
