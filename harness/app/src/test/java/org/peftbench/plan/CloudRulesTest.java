package org.peftbench.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.peftbench.image.Refusal.assertRefused;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peftbench.cell.BackboneChoice;
import org.peftbench.cell.Cell;
import org.peftbench.cell.Device;
import org.peftbench.cell.Features;
import org.peftbench.cell.Protocol;
import org.peftbench.file.Folders;
import org.peftbench.file.Sha256;
import org.peftbench.image.Interpolation;
import org.peftbench.image.Normalization;
import org.peftbench.link.Order;
import org.peftbench.model.Precision;
import org.peftbench.model.ViTConfig;
import org.peftbench.task.TaskFiles;
import org.peftbench.wire.Api;
import org.peftbench.wire.CloudAccess;
import org.peftbench.wire.CloudInfo;
import org.peftbench.wire.FeatureType;
import org.peftbench.wire.Reach;

/** A cloud decides what its features depend on; the methods are those of this module's tests. */
class CloudRulesTest {

  private static final int BATCH = 64;
  private static final int TRAIN = 6;
  private static final int TEST = 6;

  @TempDir Path folder;
  private Path data;
  private Path weights;
  private CloudInfo cloud;

  @BeforeEach
  void write() throws IOException {
    data = folder.resolve("data");
    TaskFiles.write(data.resolve("mine"));
    weights = Files.write(folder.resolve("some.safetensors"), new byte[] {1});
    cloud =
        new CloudInfo(
            Api.VERSION,
            new BackboneChoice(
                "vit-s16", "theirs.npz", Sha256.of(weights), 96, ViTConfig.Pooling.MEAN),
            Interpolation.BILINEAR,
            Normalization.NONE,
            Precision.TF32,
            "engine",
            new CloudInfo.Limits(1, 1, BATCH, 1));
  }

  /** Says nothing of what a cloud decides. */
  private RequestBuilder request() {
    return new RequestBuilder(data).backbone("").weights("").normalizeAsUsual();
  }

  private Plan plan(RequestBuilder request, FeatureType type) {
    Reach reach =
        new Reach(
            "http://here",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            0,
            1,
            Optional.empty(),
            "as it is",
            "test");
    return new Planner(
            new Methods(Optional::empty), folders(), new TaskFinder(folders(), task -> {}))
        .plan(
            request.build().from(new CloudAccess(reach, cloud, type, 50)),
            folder.resolve("features"));
  }

  private void assertDiffers(RequestBuilder request, String... words) {
    assertRefused(() -> plan(request, FeatureType.FLOAT32), words);
  }

  @Test
  void whatIsNotGivenIsTheClouds() {
    PlannedCell planned = plan(request(), FeatureType.FLOAT16).cells().get(0);
    Cell cell = planned.cell();
    Protocol protocol = cell.protocol();
    assertEquals(cloud.backbone(), cell.backbone());
    assertEquals(Interpolation.BILINEAR, protocol.interpolation());
    assertEquals(Normalization.NONE, protocol.normalize());
    assertEquals(Precision.TF32, protocol.precision(), "it is the cloud's GPU that has it");
    assertEquals(Features.CLOUD_FLOAT16, protocol.features());
    assertEquals(Optional.empty(), planned.network().weights(), "no weights are needed here");
    Order.RunPass order = PlannedCell.order(List.of(planned), Device.CPU, Optional.empty());
    assertEquals(planned.remote().map(PlannedCell.Remote::access), order.cloud());
  }

  @Test
  void everyTypeIsAnotherCell() {
    assertEquals(
        List.of(Features.CLOUD, Features.CLOUD_FLOAT16, Features.CLOUD_INT8),
        List.of(FeatureType.values()).stream()
            .map(type -> plan(request(), type).cells().get(0).cell().protocol().features())
            .toList());
  }

  @Test
  void whatIsGivenAndTheSameIsNoDifference() {
    RequestBuilder same =
        request()
            .backbone("vit-s16")
            .weights(weights.toString())
            .imageSize(96)
            .pooling(ViTConfig.Pooling.MEAN)
            .interpolation(Interpolation.BILINEAR)
            .normalize(Normalization.NONE)
            .precision(Precision.TF32);
    assertEquals(plan(request(), FeatureType.INT8), plan(same, FeatureType.INT8));
  }

  @Test
  void whatDiffersIsRefusedWithBoth() throws IOException {
    assertDiffers(request().backbone("vit-b16"), "--backbone vit-b16", "expected vit-s16");
    assertDiffers(request().imageSize(224), "--image-size 224", "expected 96");
    assertDiffers(request().pooling(ViTConfig.Pooling.CLS), "--pool cls", "expected mean");
    assertDiffers(
        request().interpolation(Interpolation.BICUBIC),
        "--interpolation bicubic",
        "expected bilinear");
    assertDiffers(
        request().normalize(Normalization.IMAGENET), "--normalize imagenet", "expected none");
    assertDiffers(request().precision(Precision.FLOAT32), "--precision float32", "expected tf32");
    Path other = Files.write(folder.resolve("other.safetensors"), new byte[] {2});
    assertDiffers(
        request().weights(other.toString()),
        "--weights " + other + " (SHA-256 " + Sha256.of(other).substring(0, 12),
        "expected theirs.npz (SHA-256 " + cloud.backbone().weightsSha256().substring(0, 12));
    assertDiffers(request().weights("random"), "--weights random", "expected theirs.npz");
    assertDiffers(request().weights("vit-pocket-world"), "--weights vit-pocket-world (SHA-256 ");
    assertDiffers(
        request().weights(folder.resolve("none.npz").toString()), "there is no weight file");
  }

  @Test
  void aMethodThatChangesItsBackboneIsRefused() {
    assertDiffers(
        request().methods("probe,shift"),
        "shift changes its backbone",
        "only side methods run on an edge");
  }

  @Test
  void whatWillArriveIsKnownBefore() {
    int images = TRAIN + TEST;
    PlannedCell all = plan(request(), FeatureType.INT8).cells().get(0);
    assertEquals(images * (384L + 4), all.remote().orElseThrow().bytes(), "the representation");
    PlannedCell few = plan(request().limitTest(1), FeatureType.FLOAT32).cells().get(0);
    assertEquals((TRAIN + 1) * 384L * 4, few.remote().orElseThrow().bytes());
  }

  @Test
  void batchesThatACloudDoesNotTakeAreNoted() {
    assertEquals(List.of(), notes(request().batchSize(BATCH)));
    List<String> notes = notes(request().batchSize(BATCH + 1));
    assertEquals(1, notes.size());
    assertTrue(notes.get(0).contains("64 images at most, not on batches of 65"), notes.get(0));
  }

  private List<String> notes(RequestBuilder request) {
    return plan(request, FeatureType.FLOAT32).notes().stream()
        .filter(note -> note.startsWith("the cloud"))
        .toList();
  }

  private Folders folders() {
    return new Folders(Map.of("BENCH_CACHE", folder.toString()));
  }
}
