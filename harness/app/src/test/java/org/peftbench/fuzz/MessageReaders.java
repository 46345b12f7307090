package org.peftbench.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.peftbench.WrongInputException;
import org.peftbench.cell.BackboneChoice;
import org.peftbench.cell.Phase;
import org.peftbench.cloud.MalformedCall;
import org.peftbench.edge.CloudClient;
import org.peftbench.edge.CloudException;
import org.peftbench.image.Interpolation;
import org.peftbench.image.Normalization;
import org.peftbench.link.Message;
import org.peftbench.link.Order;
import org.peftbench.model.Precision;
import org.peftbench.model.Tap;
import org.peftbench.model.ViTConfig;
import org.peftbench.result.Failure;
import org.peftbench.result.Json;
import org.peftbench.result.PhaseCost;
import org.peftbench.wire.Api;
import org.peftbench.wire.CloudInfo;
import org.peftbench.wire.FeatureRequest;
import org.peftbench.wire.FeatureType;
import org.peftbench.wire.Reach;

/** What processes say to each other: edge and cloud, parent and child. */
final class MessageReaders {

  private static final ViTConfig CONFIG = ViTConfig.named(ViTConfig.POCKET);
  private static final CloudInfo INFO =
      new CloudInfo(
          Api.VERSION,
          new BackboneChoice(ViTConfig.POCKET, "random", "", 64, ViTConfig.Pooling.CLS),
          Interpolation.BICUBIC,
          Normalization.IMAGENET,
          Precision.FLOAT32,
          "fake",
          new CloudInfo.Limits(1 << 16, 1000, 4, 1 << 20));

  private static @Nullable HttpServer server;
  private static volatile byte[] answer = {};

  private MessageReaders() {}

  static List<Reader> in(Path parent) throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", MessageReaders::answer);
    server.start();
    CloudClient client = CloudClient.of(reach(server.getAddress().getPort()), 0);
    FeatureRequest request =
        new FeatureRequest(
            INFO.fingerprint(),
            List.of("a".repeat(64)),
            1,
            List.of(Tap.block(1)),
            FeatureType.FLOAT32);
    return List.of(
        Reader.of("cloud-info", List.of(json(INFO)), bytes -> ask(bytes, client::info)),
        Reader.of("cloud-norm", List.of(norm()), bytes -> ask(bytes, () -> client.norm(CONFIG))),
        Reader.of(
            "cloud-request",
            List.of(json(request)),
            bytes -> MalformedCall.parse(bytes, FeatureRequest.class)),
        new Reader(
            "child-message", messages(), MessageReaders::hear, JsonProcessingException.class),
        new Reader("parent-order", orders(), MessageReaders::obey, JsonProcessingException.class));
  }

  static void close() {
    if (server != null) {
      server.stop(0);
    }
  }

  private static Reach reach(int port) {
    return new Reach(
        "http://127.0.0.1:" + port,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0,
        20_000,
        Optional.empty(),
        "loopback",
        "edge");
  }

  private static void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = answer;
      exchange.getRequestBody().readAllBytes();
      exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(body);
      }
    }
  }

  private static void ask(byte[] body, Runnable question) {
    answer = body;
    try {
      question.run();
    } catch (CloudException e) {
      throw new WrongInputException(String.valueOf(e.getMessage()), e);
    }
  }

  private static byte[] json(Object value) throws IOException {
    return Json.MAPPER.writeValueAsBytes(value);
  }

  private static byte[] norm() throws IOException {
    int bytes = CONFIG.width() * Float.BYTES;
    byte[] header =
        """
        {"norm.weight":{"dtype":"F32","shape":[%1$d],"data_offsets":[0,%2$d]},\
        "norm.bias":{"dtype":"F32","shape":[%1$d],"data_offsets":[%2$d,%3$d]}}"""
            .formatted(CONFIG.width(), bytes, 2 * bytes)
            .getBytes(UTF_8);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(header.length).array());
    all.write(header);
    all.write(new byte[2 * bytes]);
    return all.toByteArray();
  }

  private static List<byte[]> messages() throws IOException {
    return List.of(
        said(new Message.Entering(Phase.TRAIN)),
        said(new Message.Reused(new PhaseCost(Phase.EXTRACT, 1.5, Optional.of(4096L)))),
        said(new Message.Progress(1, 2, "images")),
        said(new Message.EngineWorks("works", List.of(1.5, 2.5))),
        said(new Message.Failed(Failure.Reason.ERROR, "no")));
  }

  private static byte[] said(Message message) throws IOException {
    return Json.MAPPER.writerFor(Message.class).writeValueAsBytes(message);
  }

  private static List<byte[]> orders() throws IOException {
    return List.of(
        Json.MAPPER
            .writerFor(Order.class)
            .writeValueAsBytes(new Order.VerifyBackbone("a", "b", Optional.empty())),
        Json.MAPPER.writerFor(Order.class).writeValueAsBytes(new Order.GoOn()));
  }

  private static void hear(byte[] bytes) throws IOException {
    var unused = Json.MAPPER.readValue(new String(bytes, UTF_8), Message.class);
  }

  private static void obey(byte[] bytes) throws IOException {
    var unused = Json.MAPPER.readValue(new String(bytes, UTF_8), Order.class);
  }
}
