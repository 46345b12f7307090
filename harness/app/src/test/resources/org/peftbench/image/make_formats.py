"""Made formats/ with Pillow 12.3.0: one small image per way of storing one, and what Pillow reads.

Pillow writes neither 4:4:0 nor arithmetic codes: subsampled-440.jpg, arithmetic.jpg, lossy.webp and wide.ppm are files
that failed, of which only what Pillow reads is made here.

Usage: python make_formats.py resize/wide.jpg formats
"""
import io
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
gray = [struct.pack(">8H", 0, 1, 100, 255, 256, 300, 40000, 65535)]
png("gray16.png", 16, 0, 16, rows=gray)
png("gray16-transparent-value.png", 16, 0, 16, chunk(b"tRNS", struct.pack(">H", 300)), gray)
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

scans = (OUT / "progressive.jpg").read_bytes()
third = [at for at in range(len(scans)) if scans[at : at + 2] == b"\xff\xda"][2]
write("progressive-first-scans.jpg", scans[:third] + b"\xff\xd9")
(OUT / "without-end-mark.jpg").write_bytes(plain[:-2])  # Pillow wants the mark, and needs it for nothing
(OUT / "without-end-mark.jpg.expected.ppm").write_bytes((OUT / "not-subsampled.jpg.expected.ppm").read_bytes())
write("bytes-between-segments.jpg", plain[:20] + b"\1\2\3" + plain[20:])
save("lossy-alpha.webp", alpha := Image.merge("RGBA", [*PHOTO.split(), PHOTO.convert("L")]), quality=60, exact=True)

save("palette.gif", PHOTO.quantize(30))
save("interlaced.gif", PHOTO.quantize(5), interlace=True)
save("transparent.gif", PHOTO.quantize(9), transparency=4)
save("rgb24.bmp", PHOTO)
save("rgba32.bmp", alpha)
save("palette8.bmp", PHOTO.quantize(200))
save("bits.bmp", PHOTO.convert("1"))
save("lzw.tif", PHOTO, compression="tiff_lzw")
save("palette.tif", PHOTO.quantize(30), compression="tiff_adobe_deflate")
save("bits.tif", PHOTO.convert("1"), compression="packbits")
save("gray16.tif", PHOTO.convert("I").point(lambda level: level * 200).convert("I;16"))


def bmp(name, height, bits, compression, between, data):
    header = struct.pack("<IiiHHIIiiII", 40, 10, height, 1, bits, compression, len(data), 2835, 2835, len(between) // 4, 0)
    start = 14 + len(header) + len(between)
    write(name, b"BM" + struct.pack("<IHHI", start + len(data), 0, 0, start) + header + between + data)


words = noise(10 * 6 * 2)
bmp("rgb555.bmp", 6, 16, 0, b"", words)
bmp("rgb565-from-top.bmp", -6, 16, 3, struct.pack("<III", 0xF800, 0x7E0, 0x1F), words)
runs = [bytes([4, y, 0, 3, 1, 2, 3, 0, 3, 15 - y, 0, 0]) for y in range(6)]
bmp("runs8.bmp", 6, 8, 1, noise(16 * 4), b"".join(runs) + b"\0\1")

for name in ("subsampled-440.jpg", "arithmetic.jpg", "lossy.webp", "wide.ppm"):
    expect(name)

write("binary.pbm", b"P4\n8 1\n" + bytes([0b10110000]))
write("gray-of-15.pgm", b"P5\n# a comment\n4 1\n15\n" + bytes([1, 2, 14, 15]))
write("gray16.pgm", b"P5\n4 1\n65535\n" + struct.pack(">4H", 0, 255, 300, 65535))
write("of-100.ppm", b"P6\n4 1\n100\n" + bytes([0, 4, 8, 12, 16, 20, 50, 70, 90, 99, 100, 255]))
write("ascii.pbm", b"P1\n# bits\n9 2\n010101010\n1 1 1 0 0 0 1 1 1\n")
write("bits-of-9.pbm", b"P4\n9 2\n" + bytes([0b10110000, 0x80, 0b01010101, 0]))
write("ascii.ppm", b"P3\n2 1\n255\n1 2 3 4 5 6\n")

grid = Image.new("F", (7, 7))
grid.putdata([float((i * i * 7 + 3 * i) % 23) for i in range(49)])
for side in (4, 11):
    values = list(grid.resize((side, side), Image.BICUBIC).getdata())
    (OUT / f"grid7to{side}.txt").write_text("".join(f"{value!r}\n" for value in values))
