package dev.parley.door.whip;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// The container's end of [WhipDoor]. No thread waits while the media half makes its answer.
@WebServlet(
    urlPatterns = {"/whip/*", "/whep/*"},
    asyncSupported = true)
public class WhipServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Inject private transient WhipDoor door;

  /// All methods, PATCH and unknown ones too.
  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    var answer = door.answer(ask(request)).toCompletableFuture();
    if (answer.isDone()) {
      Reply.now(door, response, answer.join());
    } else {
      var reply = Reply.later(door, request.startAsync());
      answer.thenAccept(reply::send);
    }
  }

  private static Ask ask(HttpServletRequest request) throws IOException {
    String info = request.getPathInfo() == null ? "/" : request.getPathInfo();
    String[] segments = info.substring(1).split("/", 3);
    boolean deeper = segments.length == 3 && !segments[2].isEmpty();
    return new Ask(
        request.getServletPath().equals("/whep") ? Way.WHEP : Way.WHIP,
        request.getMethod(),
        request.getRequestURI().replaceFirst("/+$", ""),
        deeper ? null : segment(segments, 0),
        segment(segments, 1),
        headers(request),
        // One more tells that there were too many.
        request.getInputStream().readNBytes(Ask.MOST + 1));
  }

  private static String segment(String[] segments, int index) {
    return index < segments.length && !segments[index].isEmpty() ? segments[index] : null;
  }

  private static Map<String, String> headers(HttpServletRequest request) {
    var headers = new HashMap<String, String>();
    for (String name : Collections.list(request.getHeaderNames())) {
      headers.put(
          name.toLowerCase(Locale.ROOT),
          String.join(", ", Collections.list(request.getHeaders(name))));
    }
    return headers;
  }
}
