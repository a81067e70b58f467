package dev.parley.interop;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The pages as files on a loopback port, without the server behind them; those of the tests lie
/// beside them.
final class PageFiles implements AutoCloseable {
  private static final List<Path> ROOTS =
      List.of(
          Path.of("src", "main", "webapp"),
          Path.of("src", "test", "browser"),
          Path.of("src", "test", "node", "node_modules", "livekit-client", "dist"));

  private final HttpServer server;

  PageFiles() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", PageFiles::serve);
    server.start();
  }

  URI http() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private static void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath().substring(1);
      for (Path root : ROOTS) {
        Path file = root.resolve(path).normalize();
        if (file.startsWith(root) && Files.isRegularFile(file)) {
          byte[] body = Files.readAllBytes(file);
          String type = path.endsWith(".js") ? "text/javascript" : "text/html; charset=utf-8";
          exchange.getResponseHeaders().set("Content-Type", type);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          return;
        }
      }
      exchange.sendResponseHeaders(404, -1);
    }
  }
}
