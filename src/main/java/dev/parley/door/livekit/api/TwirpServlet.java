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
    admit(request, response);
    if (request.getMethod().equals("OPTIONS")) {
      response.setStatus(HttpServletResponse.SC_NO_CONTENT);
      return;
    }
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

  /// Pages of every origin may call, as they may where LiveKit's own server answers: they need a
  /// token, and cookies count for nothing here (Fetch Standard, section 3.2).
  private static void admit(HttpServletRequest request, HttpServletResponse response) {
    response.setHeader("Access-Control-Allow-Origin", "*");
    String wished = request.getHeader("Access-Control-Request-Headers");
    if (wished != null) {
      boolean names = wished.matches("[A-Za-z0-9-]+(\\s*,\\s*[A-Za-z0-9-]+)*");
      response.setHeader("Access-Control-Allow-Methods", "POST");
      // An asterisk would not stand for Authorization.
      response.setHeader(
          "Access-Control-Allow-Headers", names ? wished : "Authorization, Content-Type");
      response.setIntHeader("Access-Control-Max-Age", 86_400);
    }
  }
}
