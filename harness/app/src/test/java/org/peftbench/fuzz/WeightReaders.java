package org.peftbench.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.peftbench.adapter.AdapterFile;
import org.peftbench.cell.Cell;
import org.peftbench.cell.Features;
import org.peftbench.cell.Split;
import org.peftbench.image.Normalization;
import org.peftbench.model.ViTConfig;
import org.peftbench.result.Json;
import org.peftbench.result.Records;
import org.peftbench.weights.BackboneWeights;
import org.peftbench.weights.FloatTensor;
import org.peftbench.weights.KnownWeight;
import org.peftbench.weights.Layout;
import org.peftbench.weights.SafetensorsWriter;
import org.peftbench.weights.TensorFile;
import org.peftbench.weights.WeightDownload;

/** What has tensors: backbones with their configuration, adapters. */
final class WeightReaders {

  private WeightReaders() {}

  static List<Reader> in(Path parent) throws Exception {
    Path folder = Files.createDirectory(parent.resolve("weights"));
    Path file = folder.resolve("file");
    byte[] safetensors = safetensors(folder, Map.of("format", "pt"));
    Path timm = resource("/vit/vit_timm.safetensors");
    byte[] config = Files.readAllBytes(resource("/vit/vit_config.json"));
    Path written = folder.resolve("config.json");
    return List.of(
        Reader.of("safetensors", List.of(safetensors), bytes -> tensors(Files.write(file, bytes))),
        Reader.of("npz", List.of(npz()), bytes -> tensors(Files.write(file, bytes))),
        Reader.of(
            "backbone",
            List.of(Files.readAllBytes(timm)),
            bytes -> backbone(Files.write(file, bytes), resource("/vit/vit_config.json"))),
        Reader.of(
            "backbone-config",
            List.of(config),
            bytes -> backbone(timm, Files.write(written, bytes))),
        Reader.of("adapter", List.of(adapter(folder)), bytes -> adapter(file, bytes)),
        note(folder, safetensors));
  }

  /** The note beside weights that were downloaded. */
  private static Reader note(Path folder, byte[] weights) throws IOException {
    KnownWeight known =
        new KnownWeight(
            "test",
            "vit-b16",
            List.of(URI.create("http://localhost/w")),
            Layout.TIMM,
            "Apache-2.0",
            Normalization.INCEPTION,
            32,
            Optional.empty(),
            OptionalLong.empty(),
            "");
    WeightDownload download = new WeightDownload(folder.resolve("downloads"));
    Files.write(
        Files.createDirectories(folder.resolve("downloads")).resolve("test.safetensors"), weights);
    download.fetch(known, (done, of) -> {});
    Path note = folder.resolve("downloads/test.safetensors.json");
    return Reader.of(
        "download-note",
        List.of(Files.readAllBytes(note)),
        bytes -> {
          Files.write(note, bytes);
          var unused = download.fetch(known, (done, of) -> {});
        });
  }

  private static Path resource(String name) throws Exception {
    return Path.of(Objects.requireNonNull(WeightReaders.class.getResource(name), name).toURI());
  }

  private static byte[] safetensors(Path folder, Map<String, String> metadata) throws IOException {
    Map<String, FloatTensor> tensors = new LinkedHashMap<>();
    tensors.put("head.weight", new FloatTensor(List.of(2L, 3L), new float[] {1, 2, 3, 4, 5, 6}));
    tensors.put("head.bias", new FloatTensor(List.of(2L), new float[] {0.5f, -0.5f}));
    Path file = folder.resolve("sample.safetensors");
    SafetensorsWriter.write(file, tensors, metadata);
    return Files.readAllBytes(file);
  }

  private static byte[] npz() throws IOException {
    byte[] header =
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }                 \n"
            .getBytes(UTF_8);
    byte[] npy =
        ByteBuffer.allocate(10 + header.length + 24)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
            .putShort((short) header.length)
            .put(header)
            .array();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (String name : List.of("one.npy", "two.npy")) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(npy);
      }
    }
    return bytes.toByteArray();
  }

  private static void tensors(Path path) throws IOException {
    try (TensorFile file = TensorFile.open(path)) {
      file.tensors().keySet().forEach(file::read);
    }
  }

  private static void backbone(Path path, Path config) {
    try (BackboneWeights weights = BackboneWeights.open(path, config)) {
      ViTConfig shape = weights.config();
      weights.check(shape);
      shape.tensorShapes().keySet().forEach(name -> weights.read(name, shape));
      var unused = weights.head();
    }
  }

  private static byte[] adapter(Path folder) throws IOException {
    Cell cell =
        Records.cell(
            Records.method("lora"),
            "cifar100",
            0,
            Records.protocol(Features.LIVE, Split.TEST, Optional.empty()));
    return safetensors(
        folder, Map.of("cell", Json.MAPPER.writeValueAsString(cell), "classes", "2"));
  }

  private static void adapter(Path path, byte[] bytes) throws IOException {
    try (AdapterFile file = AdapterFile.open(Files.write(path, bytes))) {
      var unused = file.cell().toString() + file.classes();
    }
  }
}
