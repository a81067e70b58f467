package dev.parley.interop.browser;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/// One WebSocket that speaks W3C WebDriver BiDi: commands with an `id` answered once, and events.
final class BidiConnection implements WebSocket.Listener, AutoCloseable {
  private static final long ANSWER_SECONDS = 60;

  /// Hears the browser's events.
  interface Ear {
    void heard(String method, JsonObject parameters);
  }

  private final HttpClient client = HttpClient.newHttpClient();
  private final Map<Long, CompletableFuture<JsonObject>> pending = new ConcurrentHashMap<>();
  private final List<Ear> ears = new CopyOnWriteArrayList<>();
  private final AtomicLong ids = new AtomicLong();
  private final StringBuilder partial = new StringBuilder();
  private WebSocket socket;

  private BidiConnection() {}

  static BidiConnection to(URI address) {
    BidiConnection connection = new BidiConnection();
    connection.socket =
        connection.client.newWebSocketBuilder().buildAsync(address, connection).join();
    return connection;
  }

  void listen(Ear ear) {
    ears.add(ear);
  }

  /// Sends a command and waits for its result.
  ///
  /// @throws BrowserFailure where the browser answers with an error, or not at all
  JsonObject command(String method, JsonObject parameters) {
    long id = ids.incrementAndGet();
    CompletableFuture<JsonObject> answer = new CompletableFuture<>();
    pending.put(id, answer);
    String text =
        Json.createObjectBuilder()
            .add("id", id)
            .add("method", method)
            .add("params", parameters)
            .build()
            .toString();
    try {
      synchronized (this) { // one send at a time, as java.net.http asks for
        socket.sendText(text, true).join();
      }
      JsonObject message = answer.get(ANSWER_SECONDS, TimeUnit.SECONDS);
      if ("error".equals(message.getString("type", ""))) {
        throw new BrowserFailure(method + ": " + message.getString("message", "no message"));
      }
      return message.getJsonObject("result");
    } catch (ExecutionException | TimeoutException e) {
      throw new BrowserFailure(method + ": no answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BrowserFailure(method + ": interrupted", e);
    } finally {
      pending.remove(id);
    }
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    partial.append(data);
    if (last) {
      String text = partial.toString();
      partial.setLength(0);
      received(Json.createReader(new StringReader(text)).readObject());
    }
    from.request(1);
    return null;
  }

  private void received(JsonObject message) {
    if ("event".equals(message.getString("type", ""))) {
      ears.forEach(ear -> ear.heard(message.getString("method"), message.getJsonObject("params")));
    } else if (!message.isNull("id")) {
      CompletableFuture<JsonObject> answer = pending.get(message.getJsonNumber("id").longValue());
      if (answer != null) {
        answer.complete(message);
      }
    }
  }

  @Override
  public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    pending.values().forEach(it -> it.completeExceptionally(new BrowserFailure("socket closed")));
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    pending.values().forEach(it -> it.completeExceptionally(error));
  }

  @Override
  public void close() {
    socket.abort();
    client.shutdownNow();
  }
}
