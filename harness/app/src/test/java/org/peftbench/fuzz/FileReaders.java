package org.peftbench.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.peftbench.cell.BackboneChoice;
import org.peftbench.cell.BackboneMemory;
import org.peftbench.cell.Features;
import org.peftbench.cell.Phase;
import org.peftbench.cuda.CudaSets;
import org.peftbench.model.Tap;
import org.peftbench.model.ViTConfig;
import org.peftbench.plugin.MethodDescription;
import org.peftbench.plugin.PluginJar;
import org.peftbench.plugin.UnusableJarException;
import org.peftbench.result.Json;
import org.peftbench.result.PhaseCost;
import org.peftbench.result.RecordFolder;
import org.peftbench.spi.PeftMethod;
import org.peftbench.task.DataDirectory;
import org.peftbench.task.ListName;
import org.peftbench.task.TaskFiles;
import org.peftbench.task.TaskFolder;
import org.peftbench.train.FeatureStore;
import org.peftbench.train.StagedFeatures;
import org.peftbench.tune.Spaces;
import org.peftbench.tune.Studies;
import org.peftbench.tune.StudyFolder;
import org.peftbench.tune.TunedFile;
import org.peftbench.video.FrameChoice;
import org.peftbench.video.FrameFormat;
import org.peftbench.video.FramesOf;
import org.peftbench.video.VideoFacts;

/** Lists, records, choices, notes and jars. */
final class FileReaders {

  private FileReaders() {}

  static List<Reader> in(Path parent) throws Exception {
    Path folder = Files.createDirectory(parent.resolve("files"));
    List<Reader> readers = new ArrayList<>();
    readers.add(images(folder));
    readers.add(clips(folder));
    readers.add(record(folder, "whole.json"));
    readers.add(record(folder, "schema3/lora__pocket_count__seed0__28596838d1d4.json"));
    readers.addAll(tuning(folder));
    readers.addAll(features(folder));
    readers.add(frames(folder));
    readers.add(cudaNote(folder));
    readers.add(jar(folder));
    return readers;
  }

  private static Reader images(Path folder) throws IOException {
    Path data = Files.createDirectory(folder.resolve("lists"));
    Path list = TaskFiles.write(data.resolve("mine")).resolve("train800.txt");
    byte[] sample = Files.readAllBytes(list);
    return Reader.of(
        "list",
        List.of(sample),
        bytes -> {
          Files.write(list, bytes);
          TaskFolder task = DataDirectory.open(data).task("mine");
          task.check(ListName.TRAIN800);
          var unused = task.images(ListName.TRAIN800);
        });
  }

  private static Reader clips(Path folder) throws IOException {
    Path data = Files.createDirectory(folder.resolve("clips"));
    Path task = TaskFiles.write(data.resolve("mine"));
    byte[] image = Files.readAllBytes(task.resolve("images/test/0.pgm"));
    for (int i = 1; i < 4; i++) {
      Path clip = Files.createDirectories(task.resolve("jump"));
      Files.write(clip.resolve("img_0000" + i + ".pgm"), image);
    }
    byte[] sample = "jump 3 0\njump/img_%05d.pgm 1\n".getBytes(UTF_8);
    return Reader.of(
        "clip-list",
        List.of(sample),
        bytes -> {
          Files.write(task.resolve("train800.txt"), bytes);
          TaskFolder read = DataDirectory.open(data).task("mine").withFrames(2);
          if (read.hasClips(ListName.TRAIN800)) {
            read.check(ListName.TRAIN800);
            var unused = read.clips(ListName.TRAIN800);
          }
        });
  }

  private static Reader record(Path folder, String name) throws Exception {
    Path records = Files.createDirectory(folder.resolve("records-" + name.replace('/', '-')));
    Path resource =
        Path.of(Objects.requireNonNull(RecordFolder.class.getResource(name), "no " + name).toURI());
    byte[] sample = Files.readAllBytes(resource);
    String file =
        name.startsWith("schema3")
            ? String.valueOf(resource.getFileName())
            : RecordFolder.fileName(
                Json.MAPPER.readValue(sample, org.peftbench.result.CellRecord.class).cell());
    return Reader.of(
        name.startsWith("schema3") ? "earlier-record" : "record",
        List.of(sample),
        bytes -> {
          Files.write(records.resolve(file), bytes);
          var unused = RecordFolder.open(records).readAll();
        });
  }

  private static List<Reader> tuning(Path folder) throws IOException {
    TunedFile probe = Studies.probe(false);
    Path tuned = folder.resolve("tuned.json");
    probe.write(tuned);
    byte[] choice = Files.readAllBytes(tuned);
    StudyFolder study = new StudyFolder(folder.resolve("study"));
    study.begin(probe.definition());
    Path definition = folder.resolve("study/study.json");
    byte[] defined = Files.readAllBytes(definition);
    Path space = folder.resolve("space.json");
    byte[] spaced =
        """
        {"lr": {"min": 1e-5, "max": 0.1, "log": true}, "weight-decay": {"choices": [0.1, 0.05]}}
        """
            .getBytes(UTF_8);
    MethodDescription linear =
        new MethodDescription(
            "linear", "linear", false, "", "", List.of(), List.of(), List.of(), "", "");
    return List.of(
        Reader.of(
            "tuned",
            List.of(choice),
            bytes -> {
              var unused = TunedFile.read(Files.write(tuned, bytes));
            }),
        Reader.of(
            "study",
            List.of(defined),
            bytes -> {
              Files.write(definition, bytes);
              var unused = study.goOn(probe.definition());
            }),
        Reader.of(
            "space",
            List.of(spaced),
            bytes -> {
              Files.write(space, bytes);
              var unused =
                  Spaces.find(
                      space.toString(),
                      List.of(linear),
                      Map.of("linear", Map.of()),
                      (method, options) -> new TreeMap<>(options));
            }));
  }

  private static List<Reader> features(Path folder) throws IOException {
    ViTConfig config = new ViTConfig(16, 8, 3, 4, 2, 1, 8, 1e-6, ViTConfig.Pooling.CLS);
    List<Tap> taps = List.of(Tap.block(1));
    FeatureStore.Key key =
        new FeatureStore.Key(
            new BackboneChoice("vit-ti16", "random", "", 16, ViTConfig.Pooling.CLS),
            "data",
            "train800",
            "bicubic",
            "imagenet",
            List.of("block 1"),
            Features.CACHED,
            BackboneMemory.STREAMED,
            "PyTorch");
    PhaseCost cost = new PhaseCost(Phase.EXTRACT, 1.5, Optional.of(4096L));
    FeatureStore finished = new FeatureStore(folder.resolve("finished"));
    try (StagedFeatures staged = finished.stage(key, taps, config, whom -> {})) {
      finished.finish(key, staged, cost);
    }
    Path extract = find(folder.resolve("finished"), "extract.json");
    FeatureStore begun = new FeatureStore(folder.resolve("begun"));
    try (StagedFeatures staged = begun.stage(key, taps, config, whom -> {})) {
      staged.reached(new StagedFeatures.State(0, 0, cost));
    }
    Path state = find(folder.resolve("begun"), "state.json");
    return List.of(
        Reader.of(
            "feature-cost",
            List.of(Files.readAllBytes(extract)),
            bytes -> {
              Files.write(extract, bytes);
              var unused = finished.cost(key);
            }),
        Reader.of(
            "staged-state",
            List.of(Files.readAllBytes(state)),
            bytes -> {
              Files.write(state, bytes);
              begun.stage(key, taps, config, whom -> {}).close();
            }));
  }

  private static Path find(Path folder, String name) throws IOException {
    try (var files = Files.walk(folder)) {
      return files.filter(file -> file.endsWith(name)).findAny().orElseThrow();
    }
  }

  private static Reader frames(Path folder) throws IOException {
    Path frames = Files.createDirectory(folder.resolve("frames"));
    byte[] sample =
        Json.PRETTY.writeValueAsBytes(
            new FramesOf(
                "a.mp4",
                "a".repeat(64),
                new VideoFacts("h264", 64, 48, OptionalDouble.of(2.5), OptionalDouble.of(25)),
                "FFmpeg 7.1",
                new FrameChoice(
                    OptionalDouble.of(5), OptionalInt.of(32), 100, FrameFormat.JPG, false),
                12));
    return new Reader(
        "frames",
        List.of(sample),
        bytes -> {
          Files.write(frames.resolve("frames.json"), bytes);
          var unused = FramesOf.read(frames);
        },
        IOException.class);
  }

  private static Reader cudaNote(Path folder) throws IOException {
    Path sets = Files.createDirectory(folder.resolve("cuda"));
    Path library = Files.createDirectories(sets.resolve("lib"));
    Files.createFile(library.resolve("libtorch.so"));
    Files.createFile(library.resolve("libtorch_cuda.so"));
    Files.writeString(library.resolve("build-version"), "2.7.1+cu128\n");
    byte[] sample =
        "{\"library\":\"%s\",\"origin\":\"--from maven\"}".formatted(library).getBytes(UTF_8);
    return Reader.of(
        "cuda-note",
        List.of(sample),
        bytes -> {
          Files.write(sets.resolve("in-use.json"), bytes);
          var unused = new CudaSets(Map.of(), sets).find();
        });
  }

  private static Reader jar(Path folder) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("META-INF/MANIFEST.MF"));
      zip.write(
          "Manifest-Version: 1.0\nBench-Spi-Version: %d\n"
              .formatted(PeftMethod.SPI_VERSION)
              .getBytes(UTF_8));
      zip.putNextEntry(new ZipEntry("META-INF/services/" + PeftMethod.class.getName()));
      zip.write("mine.Method\n".getBytes(UTF_8));
    }
    Path file = folder.resolve("methods.jar");
    return new Reader(
        "jar",
        List.of(bytes.toByteArray()),
        mutant -> {
          var unused = PluginJar.read(Files.write(file, mutant));
        },
        UnusableJarException.class);
  }
}
