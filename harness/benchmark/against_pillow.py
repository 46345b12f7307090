#!/usr/bin/env python3
"""Whether images become the bytes that Pillow makes of them, on every Java, and how long both take.

Takes image files of a folder, and what Pillow stores of one of them in every way that is read (subsamplings,
progressive, lossy and lossless WebP, every PNG, GIF, BMP, TIFF and PNM); decodes them and resizes them to a square with
Pillow and with the program's classes, which must be built. Needs Pillow.

    python3 against_pillow.py FOLDER [--files 200] [--image-size 224] [--rounds 3] [--java HOME ...]

Prints a line for each file that differs and the times of the folder's files; ends with 1 if any differs. Time with
`--java` of one home only, on a quiet machine.
"""
from __future__ import annotations

import argparse
import hashlib
import os
import pathlib
import subprocess
import sys
import tempfile
import time

import PIL
from PIL import Image, features

HERE = pathlib.Path(__file__).resolve().parent
CLASSES = HERE.parent / "dist" / "target" / "lib" / "*"
# As the workers of a run: the first compiler alone, which is what a short cell has.
OPTIONS = ["-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-RangeCheckElimination", "-Xmx1g"]
TURNS = 4  # each in a process of its own, in turns with Pillow's, because machines have their moods


def variants(photo: Image.Image, folder: pathlib.Path) -> list[pathlib.Path]:
    """A photo in every way of storing it."""
    rgb = photo.convert("RGB").resize((187, 131))
    odd = rgb.crop((0, 0, 41, 29))
    files: list[pathlib.Path] = []

    def save(image: Image.Image, name: str, **how: object) -> None:
        files.append(folder / name)
        image.save(files[-1], **how)

    for name, image in (("photo", rgb), ("odd", odd)):
        for sampling in ("4:4:4", "4:2:2", "4:2:0"):
            for progressive in (False, True):
                word = sampling.replace(":", "") + ("-progressive" if progressive else "")
                save(image, f"{name}-{word}.jpg", quality=83, subsampling=sampling, progressive=progressive)
        save(image.convert("L"), f"{name}-gray.jpg")
        save(image.convert("CMYK"), f"{name}-four-inks.jpg")
        save(image, f"{name}-restarts.jpg", restart_marker_rows=1)
        for quality in (10, 50, 80, 95, 100):
            save(image, f"{name}-{quality}.webp", quality=quality)
        save(image, f"{name}-lossless.webp", lossless=True)
        alpha = image.copy()
        alpha.putalpha(image.convert("L"))
        save(alpha, f"{name}-alpha.webp", quality=70, exact=True)
        save(alpha, f"{name}-alpha-lossless.webp", lossless=True, exact=True)
        wide = image.convert("I").point(lambda level: level * 200).convert("I;16")
        forms = {"rgb": image, "gray": image.convert("L"), "palette": image.quantize(200), "few": image.quantize(7),
                 "bits": image.convert("1"), "alpha": alpha, "gray-alpha": alpha.convert("LA"), "wide": wide}
        for form, stored in forms.items():
            save(stored, f"{name}-{form}.png")
            if form in ("rgb", "gray", "palette", "few", "bits", "alpha"):
                save(stored, f"{name}-{form}.bmp")
            for packing in (None, "tiff_lzw", "tiff_adobe_deflate", "packbits"):
                if form != "gray-alpha":
                    save(stored, f"{name}-{form}-{packing or 'plain'}.tif", compression=packing)
            if form in ("rgb", "gray", "bits"):
                save(stored, f"{name}-{form}.ppm")
            if form in ("gray", "palette", "few", "bits"):
                save(stored, f"{name}-{form}.gif")
        save(image.quantize(20), f"{name}-interlaced.gif", interlace=True)
        save(image.quantize(20), f"{name}-transparent.gif", transparency=3)
    return files


def hashed(image: Image.Image) -> str:
    sizes = image.width.to_bytes(4, "big") + image.height.to_bytes(4, "big")
    return hashlib.sha256(sizes + image.tobytes()).hexdigest()


def decoded(file: pathlib.Path) -> Image.Image:
    with Image.open(file) as image:
        return image.convert("RGB")


def pillows(file: pathlib.Path, size: int) -> str:
    image = decoded(file)
    return hashed(image) + " " + hashed(image.resize((size, size), Image.Resampling.BICUBIC))


def pillows_times(files: list[pathlib.Path], size: int, rounds: int) -> tuple[float, float]:
    """Milliseconds an image to decode and to resize, in the best round."""
    times: list[tuple[float, float]] = []
    for _ in range(rounds):
        start = time.perf_counter()
        images = [decoded(file) for file in files]
        middle = time.perf_counter()
        for image in images:
            image.resize((size, size), Image.Resampling.BICUBIC)
        times.append((middle - start, time.perf_counter() - middle))
    return min(t[0] for t in times) * 1e3 / len(files), min(t[1] for t in times) * 1e3 / len(files)


def ours(home: str, files: list[pathlib.Path], size: int, rounds: int) -> list[str]:
    java = [os.path.join(home, "bin", "java") if home else "java"]
    command = java + OPTIONS + ["-cp", str(CLASSES), str(HERE / "DecodeImages.java"), str(size), str(rounds)]
    run = subprocess.run(command, input="\n".join(map(str, files)), text=True, stdout=subprocess.PIPE, check=True)
    return run.stdout.splitlines()


def ours_times(home: str, files: list[pathlib.Path], size: int, rounds: int) -> tuple[float, float]:
    decode, resize = ours(home, files, size, rounds)[-1].split()
    return float(decode), float(resize)


def compared(home: str, files: list[pathlib.Path], expected: list[str], size: int) -> int:
    """How many differ."""
    found = ours(home, files, size, 0)[: len(files)]
    different = [(file, told) for file, told, pillow in zip(files, found, expected) if told != pillow]
    for file, told in different:
        print(f"{file.name}: {told if told.startswith('refused') else 'other pixels'}")
    print(f"{home or 'java'}: {len(files) - len(different)} of {len(files)} files as Pillow's")
    return len(different)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--files", type=int, default=200)
    parser.add_argument("--image-size", type=int, default=224)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--java", nargs="+", default=[""], metavar="HOME")
    args = parser.parse_args()
    suffixes = {".jpg", ".jpeg", ".png", ".webp"}
    real = sorted(f for f in args.folder.rglob("*") if f.suffix.lower() in suffixes)[: args.files]
    if not real:
        parser.error(f"no images in {args.folder}")
    print(f"Pillow {PIL.__version__}, libjpeg-turbo {features.version('libjpeg_turbo')}, "
          f"libwebp {features.version('webp')}")
    with tempfile.TemporaryDirectory() as folder:
        files = real + variants(decoded(real[0]), pathlib.Path(folder))
        expected = [pillows(file, args.image_size) for file in files]
        different = sum(compared(home, files, expected, args.image_size) for home in args.java)
    for home in args.java:
        turns = [(ours_times(home, real, args.image_size, args.rounds), pillows_times(real, args.image_size, args.rounds))
                 for _ in range(TURNS)]
        (decode, resize), (decode_p, resize_p) = (map(min, zip(*times)) for times in zip(*turns))
        print(f"{home or 'java'}: decode {decode:.2f} ms an image, Pillow {decode_p:.2f} ({decode / decode_p:.2f}); "
              f"resize {resize:.2f}, Pillow {resize_p:.2f} ({resize / resize_p:.2f})")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
