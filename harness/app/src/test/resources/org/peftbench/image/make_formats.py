"""Made formats/ with Pillow 12.3.0: one small image per way of storing one, and what Pillow reads.

Usage: python make_formats.py resize/wide.jpg formats
"""
import random
import struct
import sys
import zlib
from pathlib import Path

from PIL import Image, ImageCms

PHOTO, OUT = Image.open(sys.argv[1]).convert("RGB").resize((24, 17)), Path(sys.argv[2])
random.seed(1)


def expect(name):
    Image.open(OUT / name).convert("RGB").save(OUT / (name + ".expected.ppm"))


def save(name, image, **options):
    image.save(OUT / name, **options)
    expect(name)


def write(name, data):
    (OUT / name).write_bytes(data)
    expect(name)


def noise(count):
    return bytes(random.randrange(256) for _ in range(count))


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(name, depth, color, row_bytes, extra=b"", rows=None):
    rows = rows or [noise(row_bytes) for _ in range(4)]
    header = struct.pack(">IIBBBBB", 8, len(rows), depth, color, 0, 0, 0)
    data = zlib.compress(b"".join(b"\0" + row for row in rows))
    write(name, b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + extra + chunk(b"IDAT", data) + chunk(b"IEND", b""))


png("gray1.png", 1, 0, 1)
png("gray2.png", 2, 0, 2)
png("gray4.png", 4, 0, 4)
png("gray16.png", 16, 0, 16, rows=[struct.pack(">8H", 0, 1, 100, 255, 256, 300, 40000, 65535)])
png("gray8-linear-gamma.png", 8, 0, 8, chunk(b"gAMA", struct.pack(">I", 100000)))
png("gray8-transparent-value.png", 8, 0, 8, chunk(b"tRNS", struct.pack(">H", 3)), [bytes(range(8))])
png("gray8-alpha.png", 8, 4, 16)
png("gray16-alpha.png", 16, 4, 32)
png("rgb8-linear-gamma.png", 8, 2, 24, chunk(b"gAMA", struct.pack(">I", 100000)))
png("rgb8-transparent-value.png", 8, 2, 24, chunk(b"tRNS", struct.pack(">HHH", 3, 4, 5)), [bytes(range(24))])
png("rgb16.png", 16, 2, 48)
png("rgba16.png", 16, 6, 64)
palette = chunk(b"PLTE", bytes(range(30, 39))) + chunk(b"tRNS", bytes([0, 128, 255]))
png("palette4-transparent.png", 4, 3, 4, palette, [bytes([0x01, 0x21, 0x12, 0x20])])

swapped = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
red, green = swapped.find(b"rXYZ"), swapped.find(b"gXYZ")
swapped[red : red + 4], swapped[green : green + 4] = b"gXYZ", b"rXYZ"
for kind in ("png", "jpg", "webp"):
    save("odd-profile." + kind, PHOTO, icc_profile=bytes(swapped), **({"lossless": True} if kind == "webp" else {}))

save("progressive.jpg", PHOTO, progressive=True)
save("subsampled-422.jpg", PHOTO, subsampling=1)
save("not-subsampled.jpg", PHOTO, subsampling=0)
save("stored-as-rgb.jpg", PHOTO, keep_rgb=True)
plain = (OUT / "not-subsampled.jpg").read_bytes()
write("without-jfif.jpg", plain[:2] + plain[20:])
save("cmyk.jpg", PHOTO.convert("CMYK"))
ycck = bytearray((OUT / "cmyk.jpg").read_bytes())
ycck[ycck.find(b"Adobe") + 11] = 2
write("ycck.jpg", bytes(ycck))
save("lossless-alpha.webp", PHOTO.convert("RGBA"), lossless=True)

write("binary.pbm", b"P4\n8 1\n" + bytes([0b10110000]))
write("gray-of-15.pgm", b"P5\n# a comment\n4 1\n15\n" + bytes([1, 2, 14, 15]))
write("gray16.pgm", b"P5\n4 1\n65535\n" + struct.pack(">4H", 0, 255, 300, 65535))
write("ascii.ppm", b"P3\n2 1\n255\n1 2 3 4 5 6\n")

grid = Image.new("F", (7, 7))
grid.putdata([float((i * i * 7 + 3 * i) % 23) for i in range(49)])
for side in (4, 11):
    values = list(grid.resize((side, side), Image.BICUBIC).getdata())
    (OUT / f"grid7to{side}.txt").write_text("".join(f"{value!r}\n" for value in values))
