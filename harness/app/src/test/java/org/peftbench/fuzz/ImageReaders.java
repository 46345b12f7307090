package org.peftbench.fuzz;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.peftbench.image.ImageDecoder;

/** Images of every format. */
final class ImageReaders {

  private ImageReaders() {}

  static List<Reader> in(Path parent) throws Exception {
    Path file = Files.createDirectory(parent.resolve("images")).resolve("file");
    Map<String, List<byte[]>> formats = new TreeMap<>();
    for (String name :
        List.of(
            "gray1.png",
            "gray16.png",
            "palette4-transparent.png",
            "rgb16.png",
            "odd-profile.png",
            "progressive.jpg",
            "cmyk.jpg",
            "subsampled-422.jpg",
            "subsampled-440.jpg",
            "arithmetic.jpg",
            "bytes-between-segments.jpg",
            "lossless-alpha.webp",
            "odd-profile.webp",
            "lossy.webp",
            "lossy-alpha.webp",
            "palette.gif",
            "interlaced.gif",
            "rgb24.bmp",
            "rgb565-from-top.bmp",
            "runs8.bmp",
            "lzw.tif",
            "palette.tif",
            "bits.tif",
            "binary.pbm",
            "bits-of-9.pbm",
            "gray16.pgm",
            "of-100.ppm",
            "ascii.ppm")) {
      String format = name.endsWith("m") ? "pnm" : name.substring(name.lastIndexOf('.') + 1);
      formats.computeIfAbsent(format, any -> new ArrayList<>()).add(resource(name));
    }
    formats.get("pnm").add("P5 2 2 255 ....".getBytes(US_ASCII));
    List<Reader> readers = new ArrayList<>();
    formats.forEach(
        (format, samples) ->
            readers.add(Reader.of(format, samples, bytes -> decode(Files.write(file, bytes)))));
    return readers;
  }

  private static byte[] resource(String name) throws Exception {
    String path = "/org/peftbench/image/formats/" + name;
    return Files.readAllBytes(
        Path.of(Objects.requireNonNull(ImageReaders.class.getResource(path), path).toURI()));
  }

  private static void decode(Path file) throws IOException {
    ImageDecoder.check(file);
    var unused = ImageDecoder.decode(file);
  }
}
