package org.peftbench.edge;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.peftbench.edge.FakeCloud.Mishap;
import org.peftbench.file.Sha256;
import org.peftbench.model.Tap;
import org.peftbench.result.EdgeUse;
import org.peftbench.result.Json;
import org.peftbench.wire.FeatureRequest;
import org.peftbench.wire.FeatureType;

/** What arrives is right, comes once, and stays, whatever happens on the way. */
class ReceiverTest {

  private static final int IMAGES = 10;
  private static final int SHARDS = 3;
  private static final Receiver.Wanted WANTED =
      new Receiver.Wanted(FakeCloud.BATCH, List.of(Tap.sum(6)), FeatureType.FLOAT16);

  @TempDir Path folder;
  private FakeCloud cloud;

  @BeforeEach
  void start() throws IOException {
    cloud = new FakeCloud();
  }

  @AfterEach
  void stop() {
    cloud.close();
  }

  private List<Path> images(int count) throws IOException {
    List<Path> images = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] content = new byte[40_000 + i];
      content[0] = (byte) i;
      images.add(Files.write(folder.resolve("image-" + i), content));
    }
    return images;
  }

  private Receiver receiver(int retries) {
    Backoff fast = new Backoff(Duration.ofMillis(1), Duration.ofMillis(5), 0);
    return new Receiver(
        CloudClient.of(cloud.reach(retries), fast),
        cloud.info,
        folder.resolve("features"),
        (done, of, text) -> {});
  }

  private Arrivals receive(int retries) throws IOException {
    return receiver(retries).receive(List.of(images(IMAGES)), WANTED).get(0);
  }

  private EdgeUse.Traffic received(int retries) throws IOException {
    try (Arrivals arrivals = receive(retries)) {
      assertEquals(IMAGES, arrivals.images());
      assertShards();
      return Arrivals.traffic(List.of(arrivals), 64);
    }
  }

  private FeatureRequest request() throws IOException {
    List<String> hashes = images(IMAGES).stream().map(Sha256::of).toList();
    return new FeatureRequest(
        cloud.info.fingerprint(), hashes, FakeCloud.BATCH, WANTED.taps(), WANTED.type());
  }

  private List<byte[]> contents() throws IOException {
    FeatureRequest request = request();
    return request.shards(FakeCloud.CONFIG, cloud.info.limits().shardBytes()).stream()
        .map(shard -> FakeCloud.content(request, shard))
        .toList();
  }

  private long shardBytes() throws IOException {
    return contents().stream().mapToLong(content -> content.length).sum();
  }

  private List<Path> kept(String suffix) throws IOException {
    try (Stream<Path> all = Files.walk(folder.resolve("features"))) {
      return all.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
    }
  }

  private void assertShards() throws IOException {
    List<Path> files = kept(".safetensors");
    List<byte[]> contents = contents();
    assertEquals(contents.size(), files.size());
    for (int i = 0; i < files.size(); i++) {
      assertArrayEquals(contents.get(i), Files.readAllBytes(files.get(i)));
    }
    assertEquals(List.of(), kept(".part"));
  }

  @Test
  void allIsSentAndComesOnceAndEveryByteIsCounted() throws IOException {
    EdgeUse.Traffic traffic = received(0);
    long fileBytes = IMAGES * 40_000 + 45;
    assertEquals(IMAGES, traffic.images());
    assertEquals(IMAGES, traffic.sentImages());
    assertEquals(fileBytes, traffic.imageFileBytes());
    assertEquals(IMAGES * 3 * 64 * 64, traffic.rawBytes());
    assertEquals(IMAGES * 65 * 128 * 2, traffic.tensorBytes());
    assertEquals(0, traffic.againBytes());
    assertEquals(0, traffic.reconnects());
    assertEquals(cloud.requests.size(), traffic.requests());
    long up = fileBytes + Json.MAPPER.writeValueAsBytes(request()).length;
    assertEquals(up, traffic.upBytes());
    assertTrue(traffic.downBytes() > shardBytes(), "the states of the job came too");
    assertTrue(traffic.downBytes() < shardBytes() + 4_000, "" + traffic.downBytes());
  }

  @Test
  void aShardThatTheDiskLostAPartOfComesAgainAndNoOther() throws IOException {
    received(0);
    int asked = cloud.requests.size();
    Path shard = kept(".safetensors").get(1);
    byte[] whole = Files.readAllBytes(shard);
    Files.write(shard, Arrays.copyOf(whole, whole.length / 2));
    received(0);
    List<String> again = cloud.requests.subList(asked, cloud.requests.size());
    assertEquals(
        1, again.stream().filter(request -> request.contains("/shards/")).count(), "" + again);
  }

  @Test
  void whatIsThereIsNotAskedForAgain() throws IOException {
    EdgeUse.Traffic first = received(0);
    int asked = cloud.requests.size();
    try (Arrivals again = receive(0)) {
      assertTrue(again.reused());
      assertEquals(first, Arrivals.traffic(List.of(again), 64));
    }
    assertEquals(asked, cloud.requests.size());
  }

  @ParameterizedTest
  @EnumSource(
      value = Mishap.class,
      names = {"CUT", "STALL"})
  void aBrokenTransferGoesOnFromTheLastByte(Mishap mishap) throws IOException {
    cloud.mishaps.add(mishap);
    EdgeUse.Traffic traffic = received(1);
    assertEquals(1, traffic.reconnects());
    assertEquals(0, traffic.againBytes());
    assertTrue(traffic.downBytes() < shardBytes() + 4_000, "" + traffic.downBytes());
    assertEquals(SHARDS + 1, cloud.count("GET /v1/jobs/"));
    assertEquals(1, cloud.requests.stream().filter(one -> one.contains(" bytes=")).count());
  }

  @Test
  void triesAreCountedAnewWithEachByteThatComes() throws IOException {
    for (int i = 0; i < 6; i++) {
      cloud.mishaps.add(Mishap.CUT);
    }
    assertEquals(6, received(1).reconnects());
  }

  @Test
  void whatIsDamagedIsFetchedOnceMore() throws IOException {
    cloud.mishaps.add(Mishap.LIE);
    EdgeUse.Traffic traffic = received(0);
    assertEquals(contents().get(0).length, traffic.againBytes());
  }

  @Test
  void whatIsDamagedTwiceIsNotKept() throws IOException {
    cloud.mishaps.addAll(List.of(Mishap.LIE, Mishap.LIE));
    CloudException damaged = assertThrows(CloudException.class, () -> receive(8));
    assertTrue(
        String.valueOf(damaged.getMessage()).contains("came twice with another content"),
        damaged.getMessage());
    assertEquals(List.of(), kept(".safetensors"));
  }

  @Test
  void whatIsSoundAndWasNotAskedForIsNotKept() throws IOException {
    cloud.mishaps.add(Mishap.OTHER);
    CloudException other = assertThrows(CloudException.class, () -> receive(8));
    assertTrue(String.valueOf(other.getMessage()).contains("expected"), other.getMessage());
    assertEquals(List.of(), kept(".safetensors"));
    assertEquals(List.of(), kept(".part"));
  }

  @Test
  void aShardWithoutItsHashIsRefused() {
    cloud.mishaps.add(Mishap.NAMELESS);
    CloudException nameless = assertThrows(CloudException.class, () -> receive(8));
    assertTrue(String.valueOf(nameless.getMessage()).contains("ETag"), nameless.getMessage());
  }

  @Test
  void aBusyCloudIsAskedAgainWhenItSays() throws IOException {
    cloud.mishaps.addAll(List.of(Mishap.BUSY, Mishap.NOT_YET, Mishap.NOT_YET));
    EdgeUse.Traffic traffic = received(1);
    assertEquals(0, traffic.reconnects());
    assertEquals(IMAGES, traffic.sentImages());
  }

  @Test
  void aCloudThatHasForgottenTheJobGetsItAgainAndNoImageTwice() throws IOException {
    cloud.mishaps.addAll(List.of(Mishap.CUT, Mishap.FORGET));
    EdgeUse.Traffic traffic = received(1);
    assertEquals(IMAGES, traffic.sentImages());
    assertEquals(0, traffic.againBytes());
  }

  @Test
  void imagesThatItHasLostAreSentAgainAndCountedSo() throws IOException {
    cloud.mishaps.add(Mishap.LOSE);
    EdgeUse.Traffic traffic = received(1);
    assertEquals(2 * IMAGES, traffic.sentImages());
    assertEquals(traffic.imageFileBytes(), traffic.againBytes());
  }

  @Test
  void anUnreachableCloudLeavesWhatHasComeAndTheNextRunAsksForTheRest() throws IOException {
    cloud.mishaps.add(Mishap.NOT_YET);
    received(0);
    Path second = kept("shard-00001.safetensors").get(0);
    Files.delete(second);
    cloud.mishaps.add(Mishap.CUT);
    UnreachableException gone = assertThrows(UnreachableException.class, () -> receive(0));
    assertTrue(String.valueOf(gone.getMessage()).contains("got 6 of 10 maps"), gone.getMessage());
    assertEquals(1, kept(".part").size());
    long half = Files.size(kept(".part").get(0));
    cloud.requests.clear();
    try (Arrivals rest = receive(0)) {
      assertFalse(rest.reused());
      assertShards();
    }
    assertEquals(1, cloud.count("GET /v1/jobs/"));
    assertTrue(cloud.requests.get(1).endsWith(" bytes=" + half + "-"), cloud.requests.toString());
    assertEquals(0, cloud.count("PUT"));
  }

  @Test
  void aPartThatIsWholeIsKeptWithoutAsking() throws IOException {
    received(0);
    Path third = kept("shard-00002.safetensors").get(0);
    String whole = third + "." + Sha256.of(third) + ".part";
    Files.move(third, Path.of(whole));
    cloud.requests.clear();
    try (Arrivals all = receive(0)) {
      assertShards();
    }
    assertEquals(0, cloud.count("GET"));
  }

  @Test
  void aShardThatIsNotWhatArrivedIsAskedForAgain() throws IOException {
    received(0);
    Path second = kept("shard-00001.safetensors").get(0);
    byte[] bytes = Files.readAllBytes(second);
    bytes[bytes.length - 1] ^= 1;
    Files.write(second, bytes);
    assertOneShardIsAskedForAgain();
    Files.delete(kept("shard-00002.sum").get(0)); // as an earlier version left it
    assertOneShardIsAskedForAgain();
    cloud.requests.clear();
    try (Arrivals all = receive(0)) {
      assertTrue(all.reused());
    }
    assertEquals(List.of(), cloud.requests);
  }

  private void assertOneShardIsAskedForAgain() throws IOException {
    cloud.requests.clear();
    try (Arrivals all = receive(0)) {
      assertFalse(all.reused());
      assertShards();
    }
    assertEquals(1, cloud.count("GET /v1/jobs/"));
  }

  @Test
  void imagesAreSentAFewRunsAhead() throws IOException {
    int images = 9 * FakeCloud.BATCH;
    try (Arrivals arrivals = receiver(0).receive(List.of(images(images)), WANTED).get(0)) {
      assertEquals(images, arrivals.images());
    }
    int first = firstShard();
    assertEquals(4 * FakeCloud.BATCH, puts(cloud.requests.subList(0, first)));
    assertEquals(images, puts(cloud.requests));
  }

  @Test
  void whatACloudHasNoRoomForYetIsSentWhenItIsNeeded() throws IOException {
    cloud.roomForImages = FakeCloud.BATCH;
    EdgeUse.Traffic traffic = received(0);
    assertEquals(FakeCloud.BATCH + 1, puts(cloud.requests.subList(0, firstShard())));
    assertEquals(IMAGES, traffic.sentImages());
    assertEquals(0, traffic.reconnects());
    long refused = 40_000 + FakeCloud.BATCH;
    assertTrue(traffic.againBytes() >= refused, "its body went in vain");
    assertTrue(traffic.againBytes() < refused + 200, "and no other");
  }

  private static long puts(List<String> requests) {
    return requests.stream().filter(request -> request.startsWith("PUT")).count();
  }

  private int firstShard() {
    List<String> requests = List.copyOf(cloud.requests);
    return requests.indexOf(
        requests.stream().filter(one -> one.contains("/shards/")).findFirst().orElseThrow());
  }

  @Test
  void aLongListIsSeveralJobsOfWholeBatches() throws IOException {
    cloud.close();
    cloud = new FakeCloud(2 * FakeCloud.BATCH + 1, 64 << 20);
    try (Arrivals arrivals = receive(0)) {
      assertEquals(IMAGES, arrivals.images());
    }
    assertEquals(
        List.of(2, 8),
        cloud.jobs.values().stream().map(one -> one.images().size()).sorted().toList());
  }

  @Test
  void aCloudGetsNoImageThatIsNotOfTheJob() {
    cloud.asksFor = Optional.of("0".repeat(64));
    CloudException curious = assertThrows(CloudException.class, () -> receive(8));
    assertTrue(
        String.valueOf(curious.getMessage()).contains("none of the job's"), curious.getMessage());
  }
}
