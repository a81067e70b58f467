package dev.parley.door.livekit.api;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/// The container's end of [TwirpDoor].
@WebServlet(urlPatterns = "/twirp/*")
public class TwirpServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Inject private transient TwirpDoor door;

  /// All methods of HTTP, to refuse them alike.
  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String info = request.getPathInfo();
    var call =
        new Call(
            request.getMethod(),
            info == null ? "" : info.substring(1),
            request.getContentType(),
            request.getHeader("Authorization"),
            // One more tells that there were too many.
            request.getInputStream().readNBytes(Call.MOST + 1));
    var answer = door.answer(call);
    response.setStatus(answer.status());
    response.setContentType(answer.type());
    response.setContentLength(answer.body().length);
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Content-Type-Options", "nosniff");
    if (answer.status() == HttpServletResponse.SC_UNAUTHORIZED) {
      response.setHeader("WWW-Authenticate", "Bearer");
    }
    response.getOutputStream().write(answer.body());
  }
}
