package org.peftbench.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peftbench.file.Sha256;
import org.peftbench.result.Json;
import org.peftbench.wire.Api;
import org.peftbench.wire.FeatureRequest;

/** Several edges at one cloud. */
class FairSharesTest {

  @TempDir Path cache;

  @Test
  void whoFloodsGetsNoMoreThanItsShare() throws Exception {
    List<byte[]> images = TestCloud.images(40);
    try (TestCloud cloud = TestCloud.start(cache, TestCloud.computer())) {
      for (byte[] image : images) {
        cloud.put(image, Api.EDGE, "flood");
      }
      cloud.open(cloud.request(images.subList(0, 20), 1), Api.EDGE, "flood");
      cloud.open(cloud.request(images.subList(20, 24), 1), Api.EDGE, "flood");
      cloud.open(cloud.request(images.subList(30, 34), 1), Api.EDGE, "one");
      cloud.open(cloud.request(images.subList(34, 38), 1), Api.EDGE, "two");
      cloud.computer.letThrough.release(12);
      List<String> order = order(cloud, 12);
      long ofOne = order.stream().filter(hashes(images, 30, 34)::contains).count();
      long ofTwo = order.stream().filter(hashes(images, 34, 38)::contains).count();
      assertTrue(ofOne >= 3 && ofTwo >= 3, "of 12 runs " + ofOne + " and " + ofTwo);
    }
  }

  private static List<String> hashes(List<byte[]> images, int from, int to) {
    return images.subList(from, to).stream().map(Sha256::of).toList();
  }

  private static List<String> order(TestCloud cloud, int runs) {
    while (cloud.computer.batches.size() < runs) {
      Thread.onSpinWait();
    }
    List<String> order = new ArrayList<>();
    for (Computer.Batch batch : cloud.computer.batches) {
      order.add(String.valueOf(batch.images().get(0).getFileName()));
    }
    return order;
  }

  @Test
  void twoWhoWantTheSameHaveItComputedOnce() throws Exception {
    List<byte[]> images = TestCloud.images(2);
    try (TestCloud cloud = TestCloud.start(cache, TestCloud.computer())) {
      FeatureRequest request = cloud.request(images, 2);
      cloud.open(request, Api.EDGE, "one");
      cloud.open(request, Api.EDGE, "two");
      for (byte[] image : images) {
        cloud.put(image);
      }
      cloud.computer.free();
      assertEquals(200, cloud.shard(request.id(), 0, Api.EDGE, "one").statusCode());
      assertEquals(200, cloud.shard(request.id(), 0, Api.EDGE, "two").statusCode());
      assertEquals(1, cloud.computer.batches.size());
    }
  }

  @Test
  void jobsAndRequestsAreBounded() throws Exception {
    CloudSettings.Most few = new CloudSettings.Most(100, 5, 2, 3);
    TestCloud.Setup setup = new TestCloud.Setup(TestCloud.OPEN, TestCloud.TIMES, few);
    try (TestCloud cloud = TestCloud.start(cache, 1 << 20, setup, TestCloud.computer())) {
      assertEquals(201, post(cloud, 1, "one").statusCode());
      assertEquals(201, post(cloud, 2, "one").statusCode());
      HttpResponse<byte[]> third = post(cloud, 3, "one");
      assertEquals(429, third.statusCode());
      assertEquals(Optional.of("10"), third.headers().firstValue("Retry-After"));
      assertEquals(201, post(cloud, 1, "one").statusCode()); // it has that job
      assertEquals(201, post(cloud, 4, "two").statusCode());
      assertEquals(429, post(cloud, 5, "two").statusCode());
      int refused = 0;
      for (int i = 0; i < 20; i++) {
        refused += cloud.get(Api.INFO, Api.EDGE, "fast").statusCode() == 429 ? 1 : 0;
      }
      assertTrue(refused > 0, "20 requests at once of at most 10");
      assertEquals(200, cloud.get(Api.INFO, Api.EDGE, "slow").statusCode());
      assertEquals(400, cloud.get(Api.INFO, Api.EDGE, "no word").statusCode());
    }
  }

  @Test
  void aJobThatWasFetchedCountsNoMore() throws Exception {
    CloudSettings.Most one = new CloudSettings.Most(100, 10_000, 1, 1);
    TestCloud.Setup setup = new TestCloud.Setup(TestCloud.OPEN, TestCloud.TIMES, one);
    try (TestCloud cloud = TestCloud.start(cache, 1 << 20, setup, TestCloud.computer().free())) {
      for (int image = 1; image <= 5; image++) {
        List<byte[]> images = List.of(TestCloud.image(image));
        assertEquals(1, cloud.fetch(cloud.request(images, 1), images).size());
      }
      List<byte[]> first = List.of(TestCloud.image(1));
      assertEquals(List.of(0), cloud.open(cloud.request(first, 1)).ready());
      assertEquals(5, cloud.computer.batches.size(), "what was fetched is still on the shelf");
    }
  }

  @Test
  void aJobLargerThanTheCacheIsComputedAsItIsFetched() throws Exception {
    List<byte[]> images = TestCloud.images(40);
    long room = 10L * TestCloud.BYTES_OF_AN_IMAGE;
    try (TestCloud cloud =
        TestCloud.start(cache, room, TestCloud.Setup.USUAL, TestCloud.computer().free())) {
      FeatureRequest request = cloud.request(images, 1);
      cloud.open(request);
      fetchOneByOne(cloud, request, images, 0, "one");
      assertEquals(images.size(), cloud.computer.batches.size());
    }
  }

  @Test
  void whoFetchesNothingLeavesRoomForOthers() throws Exception {
    List<byte[]> images = TestCloud.images(60);
    long room = 30L * TestCloud.BYTES_OF_AN_IMAGE;
    try (TestCloud cloud =
        TestCloud.start(cache, room, TestCloud.Setup.USUAL, TestCloud.computer().free())) {
      FeatureRequest flood = cloud.request(images.subList(0, 40), 1);
      cloud.open(flood, Api.EDGE, "flood");
      int sent = 0;
      while (cloud.put(images.get(sent), Api.EDGE, "flood").statusCode() == 201) {
        sent++;
      }
      assertEquals(429, cloud.put(images.get(sent), Api.EDGE, "flood").statusCode());
      FeatureRequest small = cloud.request(images.subList(40, 60), 1);
      cloud.open(small, Api.EDGE, "one");
      fetchOneByOne(cloud, small, images.subList(40, 60), 0, "one");
      fetchOneByOne(cloud, flood, images.subList(0, 40), sent, "flood");
      assertEquals(images.size(), cloud.computer.batches.size(), "nothing is computed twice");
    }
  }

  private static void fetchOneByOne(
      TestCloud cloud, FeatureRequest request, List<byte[]> images, int sent, String edge)
      throws Exception {
    for (int number = 0; number < images.size(); number++) {
      if (number >= sent) {
        assertEquals(201, cloud.put(images.get(number), Api.EDGE, edge).statusCode());
      }
      assertEquals(200, cloud.shard(request.id(), number, Api.EDGE, edge).statusCode());
    }
  }

  private static HttpResponse<byte[]> post(TestCloud cloud, int image, String edge)
      throws Exception {
    FeatureRequest request = cloud.request(List.of(TestCloud.image(image)), 1);
    return cloud.send("POST", Api.JOBS, Json.MAPPER.writeValueAsBytes(request), Api.EDGE, edge);
  }
}
