package dev.parley.interop;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A wire between a browser and the server that a test can cut: a TCP proxy on a loopback port. It
/// serves a few files of its own, so that a page from elsewhere has the server's origin.
final class Front implements AutoCloseable {
  private static final int HEAD_LIMIT = 16_384;

  private final ServerSocket listener;
  private final URI server;
  private final Map<String, Path> files;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile boolean dark;

  /// @param files what to serve from disk, by path
  Front(URI server, Map<String, Path> files) {
    this.server = server;
    this.files = files;
    try {
      listener = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  URI http() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  /// Cuts every connection and lets no new one through until [#mend].
  void cut() {
    dark = true;
    sockets.forEach(Front::shut);
  }

  void mend() {
    dark = false;
  }

  @Override
  public void close() {
    cut();
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket browser = listener.accept();
        sockets.add(browser);
        if (dark) {
          shut(browser);
        } else {
          Thread.ofVirtual().start(() -> serve(browser));
        }
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket browser) {
    try {
      byte[] head = oneRequest(head(browser.getInputStream()));
      String line = new String(head, StandardCharsets.ISO_8859_1).lines().findFirst().orElse("");
      Path file = line.startsWith("GET ") ? files.get(line.split("[ ?]")[1]) : null;
      if (file != null) {
        byte[] body = Files.readAllBytes(file);
        String answer =
            "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nConnection: close\r\n"
                + "Content-Length: %d\r\n\r\n".formatted(body.length);
        browser.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
        browser.getOutputStream().write(body);
        shut(browser);
        return;
      }
      Socket behind = new Socket(server.getHost(), server.getPort());
      sockets.add(behind);
      behind.getOutputStream().write(head);
      Thread.ofVirtual().start(() -> pump(behind, browser));
      pump(browser, behind);
    } catch (IOException e) {
      shut(browser);
    }
  }

  private static byte[] head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    for (int last = 0; head.size() < HEAD_LIMIT; ) {
      int octet = in.read();
      if (octet < 0) {
        throw new IOException("no request");
      }
      head.write(octet);
      last = last << 8 | octet;
      if (last == 0x0d0a0d0a) {
        break;
      }
    }
    return head.toByteArray();
  }

  /// Asks the server to close after the answer, so that each connection carries one request and
  /// this proxy sees the head of each.
  private static byte[] oneRequest(byte[] head) {
    return new String(head, StandardCharsets.ISO_8859_1)
        .replaceFirst("(?i)\r\nConnection: keep-alive\r\n", "\r\nConnection: close\r\n")
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void pump(Socket from, Socket to) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      in.transferTo(out);
    } catch (IOException e) {
      // cut, or one side is gone: both are
    }
    shut(from);
    shut(to);
  }

  private static void shut(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // it is gone anyway
    }
  }
}
