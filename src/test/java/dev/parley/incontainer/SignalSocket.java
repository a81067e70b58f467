package dev.parley.incontainer;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A signaling socket as a program of somebody else's opens it, with the WebSocket client of the
/// JDK. Messages are taken in the order they came.
final class SignalSocket implements AutoCloseable {
  /// How long a test waits before it calls something missing.
  private static final long PATIENCE_SECONDS = 20;

  private final HttpClient client = HttpClient.newHttpClient();
  private final LinkedBlockingQueue<JsonObject> messages = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final WebSocket socket;

  private SignalSocket(URI address, String subprotocol, List<String> headers) {
    var builder = client.newWebSocketBuilder();
    for (int i = 0; i < headers.size(); i += 2) {
      builder.header(headers.get(i), headers.get(i + 1));
    }
    if (subprotocol != null) {
      builder.subprotocols(subprotocol);
    }
    socket = builder.buildAsync(address, new Ear()).join();
  }

  /// A socket that speaks `parley.v1`.
  ///
  /// @param headers names and values of the handshake, in turn
  static SignalSocket open(URI address, String... headers) {
    return new SignalSocket(address, "parley.v1", List.of(headers));
  }

  /// A socket without a subprotocol.
  static SignalSocket classic(URI address) {
    return new SignalSocket(address, null, List.of());
  }

  /// The subprotocol the server chose, empty where it chose none.
  String subprotocol() {
    return socket.getSubprotocol();
  }

  void send(String json) {
    socket.sendText(json, true).join();
  }

  /// Sends what the server may refuse before it has read all of it.
  void pour(String text) {
    socket.sendText(text, true).exceptionally(cut -> null).join();
  }

  void send(byte[] octets) {
    socket.sendBinary(ByteBuffer.wrap(octets), true).join();
  }

  /// Asks to come in.
  ///
  /// @param token an access token, or null
  void join(String token) {
    var join = Json.createObjectBuilder().add("type", "join").add("id", "j");
    send((token == null ? join : join.add("token", token)).build().toString());
  }

  /// The next message, whatever it is.
  JsonObject next() {
    try {
      JsonObject next = null;
      for (int i = 0; i < 10 * PATIENCE_SECONDS && next == null; i++) {
        boolean over = closed.isDone();
        next = messages.poll(over ? 0 : 100, TimeUnit.MILLISECONDS);
        if (over) {
          break;
        }
      }
      if (next == null) {
        throw new AssertionError("no message came; closed: " + closed.getNow(null));
      }
      return next;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// The next message, which has to be of a type.
  JsonObject next(String type) {
    JsonObject next = next();
    if (!type.equals(next.getString("type", null))) {
      throw new AssertionError("wanted " + type + ", got " + next);
    }
    return next;
  }

  /// The code the server closed with.
  int closeCode() {
    try {
      return closed.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError("the server did not close", e);
    }
  }

  /// Lost like a socket in a tunnel: no close frame.
  @Override
  public void close() {
    socket.abort();
    client.shutdownNow();
    client.close();
  }

  /// Puts the pieces of a message together.
  private final class Ear implements WebSocket.Listener {
    private final StringBuilder held = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      held.append(data);
      if (last) {
        messages.add(Json.createReader(new StringReader(held.toString())).readObject());
        held.setLength(0);
      }
      from.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      closed.complete(code);
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      closed.completeExceptionally(error);
    }
  }
}
