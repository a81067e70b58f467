package dev.parley.lab;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// An application that receives webhooks, with a check of the signature written from RFC 7515 and
/// RFC 7519 so that tests do not believe the server's own.
public final class HookReceiver implements AutoCloseable {
  /// An event as it came.
  ///
  /// @param body the text of it
  /// @param authorization the header
  public record Received(
      String id, String event, String room, JsonObject whole, String body, String authorization) {}

  private final HttpServer server;
  private final String key;
  private final byte[] secret;
  private final List<Received> received = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();

  /// What is answered with 500 instead of being received.
  public volatile Predicate<Received> refuses = event -> false;

  public HookReceiver(String key, String secret) {
    this.key = key;
    this.secret = secret.getBytes(StandardCharsets.UTF_8);
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/hook", this::answer);
    server.start();
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook");
  }

  /// What has come so far, duplicates too, in the order it came.
  public List<Received> received() {
    synchronized (received) {
      return List.copyOf(received);
    }
  }

  /// What was wrong with requests.
  public List<String> faults() {
    synchronized (received) {
      return List.copyOf(faults);
    }
  }

  /// Waits until so much has come; for twenty seconds.
  public List<Received> await(Predicate<List<Received>> enough) {
    Instant limit = Instant.now().plusSeconds(20);
    synchronized (received) {
      while (!enough.test(List.copyOf(received))) {
        if (Instant.now().isAfter(limit)) {
          throw new AssertionError("received only " + received.size() + ", faults " + faults);
        }
        try {
          received.wait(100);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new IllegalStateException(e);
        }
      }
      return List.copyOf(received);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String fault = fault(exchange, body);
      String text = new String(body, StandardCharsets.UTF_8);
      var event = Json.createReader(new StringReader(text)).readObject();
      var one =
          new Received(
              event.getString("id"),
              event.getString("event"),
              event.getJsonObject("room").getString("name"),
              event,
              text,
              exchange.getRequestHeaders().getFirst("Authorization"));
      boolean refused = refuses.test(one);
      synchronized (received) {
        if (fault != null) {
          faults.add(fault);
        } else if (!refused) {
          received.add(one);
        }
        received.notifyAll();
      }
      exchange.sendResponseHeaders(fault != null ? 401 : refused ? 500 : 200, -1);
    }
  }

  private String fault(HttpExchange exchange, byte[] body) {
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    if (!"application/webhook+json".equals(type)) {
      return "Content-Type " + type;
    }
    String[] parts = exchange.getRequestHeaders().getFirst("Authorization").split("\\.");
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      byte[] expected =
          mac.doFinal((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
      if (!MessageDigest.isEqual(expected, Base64.getUrlDecoder().decode(parts[2]))) {
        return "signature";
      }
      String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
      var read = Json.createReader(new StringReader(claims)).readObject();
      String hash =
          Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(body));
      boolean right =
          read.getString("iss").equals(key)
              && read.getString("sha256").equals(hash)
              && read.getInt("exp") > Instant.now().getEpochSecond();
      return right ? null : "claims " + read;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
