package org.peftbench.cloud;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peftbench.file.Sha256;
import org.peftbench.model.Tap;
import org.peftbench.result.Json;
import org.peftbench.wire.Api;
import org.peftbench.wire.CloudInfo;
import org.peftbench.wire.FeatureRequest;
import org.peftbench.wire.FeatureType;
import org.peftbench.wire.JobState;
import org.peftbench.wire.Refusal;

/** What a cloud answers, over a real connection. */
class CloudServerTest {

  @TempDir Path cache;

  @Test
  void anEdgeGetsWhatItAskedFor() throws Exception {
    List<byte[]> images = TestCloud.images(10);
    try (TestCloud cloud = TestCloud.start(cache, TestCloud.computer().free())) {
      assertEquals(cloud.info, Json.MAPPER.readValue(cloud.get(Api.INFO).body(), CloudInfo.class));
      assertArrayEquals(TestCloud.NORM, cloud.get(Api.NORM).body());
      FeatureRequest request = cloud.request(images, 8);
      JobState job = cloud.open(request);
      assertEquals(request.id(), job.id());
      assertEquals(request.images(), job.missing());
      assertEquals(3, job.shards()); // 8 images in shards of 4, then 2
      List<byte[]> shards = cloud.fetch(request, images);
      assertEquals(3, shards.size());
      assertTrue(shards.get(0).length > 4 * TestCloud.BYTES_OF_AN_IMAGE);
      assertEquals(List.of(0, 1, 2), cloud.state(job.id()).ready());
      assertEquals(List.of(8, 2), batches(cloud));
      assertEquals(
          List.of(4, 4),
          cloud.computer.batches.get(0).pieces().stream().map(Computer.Piece::images).toList());
    }
  }

  private static List<Integer> batches(TestCloud cloud) {
    return cloud.computer.batches.stream().map(batch -> batch.images().size()).toList();
  }

  @Test
  void nothingIsSentOrComputedTwice() throws Exception {
    List<byte[]> images = TestCloud.images(8);
    List<byte[]> first;
    try (TestCloud cloud = TestCloud.start(cache, TestCloud.computer().free())) {
      FeatureRequest request = cloud.request(images, 8);
      first = cloud.fetch(request, images);
      assertEquals(List.of(), cloud.open(request).missing());
      assertEquals(204, cloud.put(images.get(0)).statusCode());
      assertEquals(1, cloud.computer.batches.size());
      // The same run of the backbone as part of another job.
      List<byte[]> more = Stream.concat(images.stream(), Stream.of(TestCloud.image(99))).toList();
      cloud.fetch(cloud.request(more, 8), more);
      assertEquals(List.of(8, 1), batches(cloud));
    }
    try (TestCloud restarted = TestCloud.start(cache, TestCloud.computer())) {
      FeatureRequest request = restarted.request(images, 8);
      String id = request.id();
      assertEquals(404, restarted.get(Api.job(id)).statusCode());
      JobState job = restarted.open(request);
      assertEquals(List.of(0, 1), job.ready());
      assertEquals(List.of(), job.missing());
      assertArrayEquals(first.get(1), restarted.shard(id, 1).body());
      assertEquals(List.of(), restarted.computer.batches);
    }
  }

  @Test
  void whatWasDamagedMeanwhileIsComputedAgain() throws Exception {
    List<byte[]> images = TestCloud.images(2);
    byte[] shard;
    try (TestCloud cloud = TestCloud.start(cache, TestCloud.computer().free())) {
      shard = cloud.fetch(cloud.request(images, 2), images).get(0);
    }
    for (String folder : List.of("shards", "images")) {
      try (Stream<Path> files = Files.list(cache.resolve(folder))) {
        for (Path file : files.toList()) {
          byte[] bytes = Files.readAllBytes(file);
          bytes[bytes.length - 1]++;
          Files.write(file, bytes);
        }
      }
    }
    Files.write(cache.resolve("partial").resolve("17"), shard);
    try (TestCloud cloud = TestCloud.start(cache, TestCloud.computer().free())) {
      assertEquals(
          0, Optional.ofNullable(cache.resolve("partial").toFile().list()).orElseThrow().length);
      FeatureRequest request = cloud.request(images, 2);
      cloud.open(request);
      assertEquals(202, cloud.get(Api.shard(request.id(), 0)).statusCode());
      while (cloud.state(request.id()).ready().isEmpty()) {
        for (String missing : cloud.state(request.id()).missing()) {
          byte[] lost = images.get(request.images().indexOf(missing));
          assertEquals(201, cloud.put(lost).statusCode());
        }
        cloud.get(Api.shard(request.id(), 0));
      }
      assertArrayEquals(shard, cloud.shard(request.id(), 0).body());
    }
  }

  @Test
  void aTransferGoesOnWhereItStopped() throws Exception {
    List<byte[]> images = TestCloud.images(4);
    try (TestCloud cloud = TestCloud.start(cache, TestCloud.computer().free())) {
      FeatureRequest request = cloud.request(images, 4);
      byte[] whole = cloud.fetch(request, images).get(0);
      String path = Api.shard(request.id(), 0);
      String tag = "\"" + Sha256.of(whole) + "\"";
      HttpResponse<byte[]> head = cloud.send("HEAD", path, new byte[0]);
      assertEquals(200, head.statusCode());
      assertEquals(tag, header(head, "ETag"));
      assertEquals(Integer.toString(whole.length), header(head, "Content-Length"));
      HttpResponse<byte[]> rest = cloud.get(path, "Range", "bytes=100-", "If-Range", tag);
      assertEquals(206, rest.statusCode());
      assertEquals(
          "bytes 100-%d/%d".formatted(whole.length - 1, whole.length),
          header(rest, "Content-Range"));
      assertArrayEquals(Arrays.copyOfRange(whole, 100, whole.length), rest.body());
      assertArrayEquals(
          Arrays.copyOfRange(whole, 5, 10), cloud.get(path, "Range", "bytes=5-9").body());
      assertArrayEquals(
          Arrays.copyOfRange(whole, whole.length - 7, whole.length),
          cloud.get(path, "Range", "bytes=-7").body());
      assertEquals(200, cloud.get(path, "Range", "bytes=5-9", "If-Range", "\"x\"").statusCode());
      assertEquals(200, cloud.get(path, "Range", "bytes=0-1,5-6").statusCode());
      assertEquals(200, cloud.get(path, "Range", "lines=1-2").statusCode());
      HttpResponse<byte[]> beyond = cloud.get(path, "Range", "bytes=" + whole.length + "-");
      assertEquals(416, beyond.statusCode());
      assertEquals("bytes */" + whole.length, header(beyond, "Content-Range"));
      assertEquals(304, cloud.get(path, "If-None-Match", tag).statusCode());
    }
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  @Test
  void whatIsNotReadyIsWaitedFor() throws Exception {
    List<byte[]> images = TestCloud.images(1);
    try (TestCloud cloud = TestCloud.start(cache, TestCloud.computer())) {
      FeatureRequest request = cloud.request(images, 1);
      cloud.open(request);
      cloud.put(images.get(0));
      HttpResponse<byte[]> early = cloud.get(Api.shard(request.id(), 0));
      assertEquals(202, early.statusCode());
      assertEquals("0", header(early, "Retry-After"));
      cloud.computer.free();
      assertEquals(200, cloud.shard(request.id(), 0).statusCode());
      assertEquals(404, cloud.get(Api.shard(request.id(), 1)).statusCode());
    }
  }

  @Test
  void nobodyIsKeptWaitingForLongerThanItSays() throws Exception {
    CloudSettings.Times patient =
        new CloudSettings.Times(
            Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofDays(1), Duration.ofDays(2));
    TestCloud.Setup setup =
        new TestCloud.Setup(TestCloud.OPEN, patient, CloudSettings.Most.at(10_000));
    List<byte[]> images = TestCloud.images(1);
    try (TestCloud cloud = TestCloud.start(cache, 1 << 20, setup, TestCloud.computer())) {
      String id = cloud.open(cloud.request(images, 1)).id();
      assertEquals(202, cloud.get(Api.shard(id, 0), Api.PREFER, "wait=0").statusCode());
      assertEquals(202, cloud.get(Api.shard(id, 0), Api.PREFER, "wait=1").statusCode());
    }
  }

  @Test
  void oneImageIsAskedForAndAnsweredAtOnce() throws Exception {
    byte[] image = TestCloud.image(5);
    try (TestCloud cloud = TestCloud.start(cache, TestCloud.computer().free())) {
      String path = Api.FEATURES + "?want=" + encoded(cloud.request(List.of(image), 1));
      HttpResponse<byte[]> answer = cloud.send("POST", path, image);
      assertEquals(200, answer.statusCode());
      assertEquals("\"" + Sha256.of(answer.body()) + "\"", header(answer, "ETag"));
      assertEquals(1, cloud.computer.batches.size());
      assertEquals(400, cloud.send("POST", path, TestCloud.image(6)).statusCode());
      String two = Api.FEATURES + "?want=" + encoded(cloud.request(TestCloud.images(2), 2));
      assertEquals(400, cloud.send("POST", two, image).statusCode());
    }
  }

  private static String encoded(FeatureRequest request) throws Exception {
    return URLEncoder.encode(Json.MAPPER.writeValueAsString(request), StandardCharsets.UTF_8);
  }

  @Test
  void anotherCloudIsRefusedBeforeAnyImage() throws Exception {
    try (TestCloud cloud = TestCloud.start(cache, TestCloud.computer())) {
      FeatureRequest mine = cloud.request(TestCloud.images(1), 1);
      Refusal refusal = refused(cloud, 409, with(mine, "another", mine.taps(), 1));
      assertEquals(Optional.of("another"), refusal.given());
      assertEquals(Optional.of(cloud.info.fingerprint()), refusal.expected());
    }
  }

  @Test
  void whatIsTooMuchOrNotThereIsRefused() throws Exception {
    try (TestCloud cloud = TestCloud.start(cache, TestCloud.computer())) {
      FeatureRequest mine = cloud.request(TestCloud.images(1), 1);
      refused(cloud, 413, with(mine, mine.cloud(), mine.taps(), 9));
      refused(cloud, 413, cloud.request(TestCloud.images(501), 8));
      refused(cloud, 400, with(mine, mine.cloud(), List.of(Tap.block(7)), 1));
      refused(cloud, 400, with(mine, mine.cloud(), List.of(Tap.sum(6).pooled(3)), 1));
      List<Tap> many = Stream.generate(() -> Tap.block(1)).limit(1024).toList();
      refused(cloud, 413, with(mine, mine.cloud(), many, 1));
    }
  }

  private static FeatureRequest with(FeatureRequest mine, String cloud, List<Tap> taps, int batch) {
    return new FeatureRequest(cloud, mine.images(), batch, taps, FeatureType.FLOAT32);
  }

  private static Refusal refused(TestCloud cloud, int status, FeatureRequest request)
      throws Exception {
    HttpResponse<byte[]> answer =
        cloud.send("POST", Api.JOBS, Json.MAPPER.writeValueAsBytes(request));
    assertEquals(status, answer.statusCode(), TestCloud.text(answer));
    return Json.MAPPER.readValue(answer.body(), Refusal.class);
  }

  @Test
  void imagesAreWhatTheyAreSaidToBe() throws Exception {
    byte[] image = TestCloud.image(1);
    try (TestCloud cloud = TestCloud.start(cache, TestCloud.computer())) {
      assertEquals(
          400, cloud.send("PUT", Api.image(Sha256.of(image)), TestCloud.image(2)).statusCode());
      byte[] text = "hello".getBytes(StandardCharsets.US_ASCII);
      assertEquals(415, cloud.put(text).statusCode());
      byte[] pnm = "P6\n1 1\n255\nabc".getBytes(StandardCharsets.US_ASCII);
      assertEquals(201, cloud.put(pnm).statusCode());
      assertEquals(413, cloud.put(new byte[100_001]).statusCode());
      assertEquals(400, cloud.put(Arrays.copyOf(image, 20)).statusCode());
      byte[] vast = image.clone();
      Arrays.fill(vast, 16, 24, (byte) 0x0f); // a width and a height of millions
      assertEquals(400, cloud.put(vast).statusCode());
      String path = Api.image(Sha256.of(image));
      assertEquals(404, cloud.send("HEAD", path, new byte[0]).statusCode());
      assertEquals(201, cloud.put(image).statusCode());
      assertEquals(200, cloud.send("HEAD", path, new byte[0]).statusCode());
      assertEquals(405, cloud.get(path).statusCode());
      try (Stream<Path> files = Files.list(cache.resolve("images"))) {
        assertEquals(2, files.count());
      }
      try (Stream<Path> files = Files.list(cache.resolve("partial"))) {
        assertEquals(0, files.count());
      }
    }
  }

  @Test
  void aBatchThatCannotBeComputedFailsItsJobAlone() throws Exception {
    List<byte[]> images = TestCloud.images(2);
    try (TestCloud cloud = TestCloud.start(cache, TestCloud.computer().free())) {
      cloud.computer.trouble = Optional.of("broken image ");
      FeatureRequest bad = cloud.request(images.subList(0, 1), 1);
      cloud.open(bad);
      cloud.put(images.get(0));
      HttpResponse<byte[]> answer = cloud.shard(bad.id(), 0);
      assertEquals(422, answer.statusCode());
      // Named by its hash, not by where this server keeps it.
      assertEquals(
          "broken image " + bad.images().get(0),
          Json.MAPPER.readValue(answer.body(), Refusal.class).error());
      assertEquals(
          Optional.of("broken image " + bad.images().get(0)), cloud.state(bad.id()).failed());
      cloud.computer.trouble = Optional.empty();
      cloud.fetch(cloud.request(images.subList(1, 2), 1), images);
      cloud.fetch(bad, images); // who asks again gets another try
    }
  }

  @Test
  void aCacheWithoutRoomFailsTheJobAndNotTheCloud() throws Exception {
    List<byte[]> images = TestCloud.images(8);
    int imageBytes = images.stream().mapToInt(image -> image.length).sum();
    long room = imageBytes + 5L * TestCloud.BYTES_OF_AN_IMAGE;
    try (TestCloud cloud =
        TestCloud.start(cache, room, TestCloud.Setup.USUAL, TestCloud.computer().free())) {
      FeatureRequest large = cloud.request(images, 8);
      assertEquals(
          413, cloud.send("POST", Api.JOBS, Json.MAPPER.writeValueAsBytes(large)).statusCode());
      FeatureRequest some = cloud.request(images.subList(0, 4), 4);
      cloud.open(some);
      for (byte[] image : images.subList(0, 4)) {
        assertEquals(201, cloud.put(image).statusCode());
      }
      HttpResponse<byte[]> answer = cloud.shard(some.id(), 0);
      assertEquals(507, answer.statusCode());
      assertTrue(TestCloud.text(answer).contains("the cache has no room for"));
      assertEquals(200, cloud.get(Api.INFO).statusCode());
    }
  }

  @Test
  void eachRequestIsALine() throws Exception {
    try (TestCloud cloud = TestCloud.start(cache, TestCloud.computer())) {
      cloud.get(Api.INFO, Api.EDGE, "roof");
      cloud.settle();
      cloud.get("/v1/jobs/x?secret=1");
      cloud.settle();
      CloudLog.Answered first = cloud.requests.get(0);
      assertEquals("anybody/roof", first.owner());
      assertEquals(200, first.status());
      assertTrue(first.bytesOut() > 100);
      assertEquals("/v1/jobs/x", cloud.requests.get(1).path());
      assertEquals(1, cloud.requests.get(1).toString().lines().count());
    }
  }
}
