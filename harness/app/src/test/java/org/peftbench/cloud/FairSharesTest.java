package org.peftbench.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.peftbench.file.Sha256;
import org.peftbench.result.Json;
import org.peftbench.wire.Api;
import org.peftbench.wire.FeatureRequest;

/** Several edges at one cloud. */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
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
        cloud.settle();
      }
      List<byte[]> first = List.of(TestCloud.image(1));
      assertEquals(List.of(0), cloud.open(cloud.request(first, 1)).ready());
      assertEquals(5, cloud.computer.batches.size(), "what was fetched is still on the shelf");
    }
  }

  @Test
  void aJobLargerThanTheCacheIsComputedAsItIsFetched() throws Exception {
    List<byte[]> images = TestCloud.images(40);
    try (TestCloud cloud = small(10)) {
      FeatureRequest request = cloud.request(images, 1);
      cloud.open(request);
      fetchOneByOne(cloud, request, images, "one");
      assertEquals(images.size(), cloud.computer.batches.size());
    }
  }

  @Test
  void whatIsWaitedForComesBeforeWhatFillsTheCache() throws Exception {
    List<byte[]> images = TestCloud.images(40);
    try (TestCloud cloud = small(20)) {
      FeatureRequest request = cloud.request(images, 1);
      cloud.open(request);
      for (byte[] image : images.subList(1, 40)) { // all but the first that is needed
        cloud.put(image);
      }
      fetchOneByOne(cloud, request, images, "one");
    }
  }

  @Test
  void onlyWhatIsNeededNextIsComputedAhead() throws Exception {
    List<byte[]> images = TestCloud.images(20);
    try (TestCloud cloud = TestCloud.start(cache, TestCloud.computer().free())) {
      for (byte[] image : images) {
        cloud.put(image);
      }
      FeatureRequest request = cloud.request(images, 1);
      assertEquals(List.of(), cloud.openFrom(request, 10).missing());
      cloud.shard(request.id(), 10 + Api.RUNS_AHEAD);
      assertTrue(cloud.state(request.id()).ready().get(0) >= 10, "what is before is not needed");
      assertTrue(cloud.computer.batches.size() <= 2 + 2 * Api.RUNS_AHEAD);
    }
  }

  @Test
  void whoFetchesNothingLeavesRoomForOthers() throws Exception {
    List<byte[]> images = TestCloud.images(60);
    try (TestCloud cloud = small(20)) {
      for (int job = 0; job < 10; job++) {
        List<byte[]> own = images.subList(4 * job, 4 * job + 4);
        cloud.open(cloud.request(own, 1), Api.EDGE, "flood");
        for (byte[] image : own) {
          cloud.put(image, Api.EDGE, "flood");
        }
      }
      FeatureRequest small = cloud.request(images.subList(40, 60), 1);
      cloud.open(small, Api.EDGE, "one");
      fetchOneByOne(cloud, small, images.subList(40, 60), "one");
    }
  }

  /** An image of a batch does not make room for the next one of it. */
  @Test
  void batchesBecomeWholeInACacheThatOthersFill() throws Exception {
    List<byte[]> images = TestCloud.images(32);
    int batch = 4;
    try (TestCloud cloud = small(16)) {
      FeatureRequest idle = cloud.request(images.subList(0, 16), batch);
      cloud.open(idle, Api.EDGE, "idle");
      for (byte[] image : images.subList(0, 16)) {
        cloud.put(image, Api.EDGE, "idle");
      }
      List<byte[]> own = images.subList(16, 32);
      FeatureRequest request = cloud.request(own, batch);
      cloud.open(request, Api.EDGE, "one");
      for (int number = 0; number < own.size() / batch; number++) {
        for (byte[] image : own.subList(batch * number, batch * (number + 1))) {
          assertEquals(201, cloud.put(image, Api.EDGE, "one").statusCode());
        }
        assertEquals(200, cloud.shard(request.id(), number, Api.EDGE, "one").statusCode());
      }
    }
  }

  @Test
  void twoWhoShareAJobBothGetAllOfIt() throws Exception {
    List<byte[]> images = TestCloud.images(30);
    try (TestCloud cloud = small(12)) {
      FeatureRequest request = cloud.request(images, 1);
      cloud.open(request, Api.EDGE, "one");
      for (int number = 0; number < images.size(); number++) {
        fetch(cloud, request, images, number, "one");
        if (number >= 20) {
          cloud.open(request, Api.EDGE, "two");
          fetch(cloud, request, images, number - 20, "two");
        }
      }
    }
  }

  /** A cloud whose cache has so many images' features, and little besides. */
  private TestCloud small(int images) {
    long room = (long) images * TestCloud.BYTES_OF_AN_IMAGE;
    return TestCloud.start(cache, room, TestCloud.Setup.USUAL, TestCloud.computer().free());
  }

  private static void fetchOneByOne(
      TestCloud cloud, FeatureRequest request, List<byte[]> images, String edge) throws Exception {
    for (int number = 0; number < images.size(); number++) {
      fetch(cloud, request, images, number, edge);
    }
  }

  private static void fetch(
      TestCloud cloud, FeatureRequest request, List<byte[]> images, int number, String edge)
      throws Exception {
    HttpResponse<byte[]> sent = cloud.put(images.get(number), Api.EDGE, edge);
    assertTrue(sent.statusCode() < 300, TestCloud.text(sent));
    assertEquals(200, cloud.shard(request.id(), number, Api.EDGE, edge).statusCode());
  }

  private static HttpResponse<byte[]> post(TestCloud cloud, int image, String edge)
      throws Exception {
    FeatureRequest request = cloud.request(List.of(TestCloud.image(image)), 1);
    return cloud.send("POST", Api.JOBS, Json.MAPPER.writeValueAsBytes(request), Api.EDGE, edge);
  }
}
