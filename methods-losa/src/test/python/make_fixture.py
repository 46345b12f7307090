"""Writes losa.txt: LoSA's equations in plain PyTorch, apart from all Java code.

Run in this folder:

    python make_fixture.py > ../resources/org/peftbench/methods/losa/losa.txt
"""

import sys
from pathlib import Path

import torch

sys.path.insert(0, str(Path(__file__).parents[4] / "harness/testkit/src/main/python"))
from small_vit import *  # noqa: E402,F403

DEPTH, RANK, FRAMES, CLIP, SEED = 4, 3, 2, 2, 20240205

TOKENS = (IMAGE // PATCH) ** 2 + 1


def projections(s, prefix, length, suffix, left):
    """Down and up along an axis of some length; from the left for tokens, from the right for channels."""
    s[prefix + "down" + suffix] = draw(RANK, length, scale=0.4)
    s[prefix + "up" + suffix] = draw(length, RANK, scale=0.4)
    if left:
        s[prefix + "down_bias"] = draw(RANK, 1)
        s[prefix + "up_bias"] = draw(length, 1)
    else:
        s[prefix + "down.bias"] = draw(RANK)
        s[prefix + "up.bias"] = draw(length)


def side_network(frames, clip=1):
    s = {}
    for i in range(1, DEPTH + 1):
        projections(s, f"mixer_{i}.channel.", WIDTH, ".weight", False)
        if frames == 1:
            projections(s, f"mixer_{i}.token.space.", TOKENS, "", True)
            if clip > 1:
                projections(s, f"mixer_{i}.token.time.", clip, "", True)
        else:
            projections(s, f"mixer_{i}.token.space.", (TOKENS - 1) // frames, "", True)
            projections(s, f"mixer_{i}.token.time.", frames, "", True)
    return s


def channel(x, s, p, bias):
    h = x @ s[p + "down.weight"].T + (s[p + "down.bias"] if bias else 0)
    return gelu(h) @ s[p + "up.weight"].T + (s[p + "up.bias"] if bias else 0)


def along(x, s, p, bias):
    """Mixes the last axis but one, written with the axis moved to the end."""
    x = x.transpose(-1, -2)
    h = x @ s[p + "down"].T + (s[p + "down_bias"][:, 0] if bias else 0)
    y = gelu(h) @ s[p + "up"].T + (s[p + "up_bias"][:, 0] if bias else 0)
    return y.transpose(-1, -2)


def token(x, s, p, bias, frames, clip=1):
    if clip > 1:
        # Maps of CLIP frames one after the other: within each frame, then each token over the frames.
        space = along(x, s, p + "space.", bias)
        mixed = x + space
        out = []
        for first in range(0, x.shape[0], clip):
            one = mixed[first : first + clip]
            over = [along(one[:, n], s, p + "time.", bias) for n in range(TOKENS)]
            out.append(space[first : first + clip] + torch.stack(over, 1))
        return torch.cat(out)
    if frames == 1:
        return along(x, s, p + "space.", bias)
    out = torch.zeros_like(x)
    per_frame = (TOKENS - 1) // frames
    video = torch.stack([x[:, 1 + t * per_frame : 1 + (t + 1) * per_frame] for t in range(frames)], 1)
    space = torch.stack([along(video[:, t], s, p + "space.", bias) for t in range(frames)], 1)
    mixed = video + space
    time = torch.stack([along(mixed[:, :, n], s, p + "time.", bias) for n in range(per_frame)], 2)
    out = torch.cat([out[:, :1], (space + time).flatten(1, 2)], 1)
    return out


def losa(z, w, s, mixers="both", stride=1, frames=1, scale=1.0, bias=True, skip=True, start="last", clip=1):
    depths = [i for i in range(stride, DEPTH, stride)] + [DEPTH]
    y = {"last": z[DEPTH], "embedding": z[0], "zero": torch.zeros_like(z[0])}[start]
    for i, depth in enumerate(depths, 1):
        x = z[depth] + y
        c, t = f"mixer_{i}.channel.", f"mixer_{i}.token."
        if mixers == "channel":
            g = channel(x, s, c, bias)
        elif mixers == "token":
            g = token(x, s, t, bias, frames, clip)
        elif skip:
            mixed = channel(x, s, c, bias)
            g = mixed + token(x + mixed, s, t, bias, frames, clip)
        else:
            g = token(channel(x, s, c, bias), s, t, bias, frames, clip)
        y = y + scale * g
    each = norm(y, w, "norm")[:, 0]
    return torch.stack([each[first : first + clip].mean(0) for first in range(0, len(each), clip)])


def main():
    print("# Made by src/test/python/make_fixture.py.")
    draws.manual_seed(SEED)
    w = backbone(DEPTH)
    side, video = side_network(1), side_network(FRAMES)
    top = head()
    images, labels = images_and_labels()
    clip = side_network(1, CLIP)
    emit_all("backbone.", w)
    emit_all("side.", side)
    emit_all("video.", video)
    emit_all("clip.", clip)
    emit_all("head.", top)
    emit("images", images)
    emit("labels", labels)
    emit("clip.labels", labels[::CLIP])

    z = tokens_after_each_block(images, w, DEPTH)
    variants = {
        "default": {"bias": False},
        "biased": {},
        "channel": {"mixers": "channel"},
        "token": {"mixers": "token"},
        "chained": {"skip": False, "scale": 0.5},
        "strided": {"stride": 3, "start": "embedding"},
        "zero": {"start": "zero"},
        "video": {"frames": FRAMES},
        "clip": {"clip": CLIP},
    }
    networks = {"video": video, "clip": clip}
    for name, options in variants.items():
        emit(name + ".representation", losa(z, w, networks.get(name, side), **options))
    # Without biases; what a variant does not read must not be trained.
    used = {key: value for key, value in side.items() if "bias" not in key}
    train("default", lambda s: losa(z, w, s, **variants["default"]), used, top, labels)
    train("video", lambda s: losa(z, w, s, **variants["video"]), video, top, labels)
    train("clip", lambda s: losa(z, w, s, **variants["clip"]), clip, top, labels[::CLIP])


main()
