# SPDX-License-Identifier: Apache-2.0
"""A short sound that begins with the audio rhythm label of GB 45438-2025 (short-long short-short).

Whole numbers only, so that the file is the same on every machine: a sine is a table of a quarter wave by
Bhaskara's formula.
"""
import struct

RATE = 8000
DOT = RATE * 12 // 100
RHYTHM = ((1, 1), (3, 3), (1, 1), (1, 7))  # a tone and the silence behind it, in dots
TUNE = (392, 440, 523, 587, 523, 440, 392, 330)  # hertz, half a second each


def sine(turn, of):
    """32767 times the sine of `turn`/`of` of a full turn (Bhaskara I, within 0.2 %)."""
    half, at = divmod(turn % of * 2, of)
    x = at * (of - at)
    value = 32767 * 16 * x // (5 * of * of - 4 * x)
    return -value if half else value


def tone(hertz, length, level):
    """Rises and falls over 5 ms; `level` in percent."""
    ramp = RATE // 200
    for i in range(length):
        edge = min(i, length - 1 - i, ramp)
        yield sine(i * hertz, RATE) * level * edge // (100 * ramp)


def samples():
    out = [0] * RATE
    for sound, silence in RHYTHM:
        out += tone(1000, sound * DOT, 40)
        out += [0] * (silence * DOT)
    for hertz in TUNE:
        out += [(a + b // 3) for a, b in zip(tone(hertz, RATE // 2, 30), tone(2 * hertz, RATE // 2, 30))]
    return out + [0] * (RATE // 2)


def chunk(kind, data):
    return kind + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)


def wav(value):
    """The sound, and the label in the chunk of TC260-PG-202510A."""
    body = (chunk(b"fmt ", struct.pack("<HHIIHH", 1, 1, RATE, 2 * RATE, 2, 16))
            + chunk(b"data", b"".join(struct.pack("<h", s) for s in samples())) + chunk(b"AIGC", value.encode()))
    return chunk(b"RIFF", b"WAVE" + body)
