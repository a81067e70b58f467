package dev.parley.door.page;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;

/// Gives `/room/{name}` the meeting page and every answer its [PageHeader]s.
///
/// The page itself reads the room's name from its address and says when it is not a good one.
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class PageFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;

  /// A room's address has one segment after `/room/`; the files of the page lie one deeper, under
  /// `/room/page/`, so no room's name can hide them.
  private static final Pattern ROOM = Pattern.compile("/room/[^/]+");

  private static final String ROOM_PAGE = "/room/index.html";
  private static final Pattern SLASHED = Pattern.compile("/room/[^/]+/");

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    for (PageHeader each : PageHeader.values()) {
      response.setHeader(each.header(), each.value());
    }
    String path = path(request);
    if (isPage(path)) {
      // Names carry no version, so browsers ask each time whether a file is the same still.
      response.setHeader("Cache-Control", "no-cache");
    }
    if (SLASHED.matcher(path).matches()) {
      // The page's links are relative to an address without the slash. So is the target: it begins
      // with `../`, and no name can make it another site.
      String uri = request.getRequestURI();
      String last = uri.substring(uri.lastIndexOf('/', uri.length() - 2) + 1, uri.length() - 1);
      String query = request.getQueryString();
      response.setStatus(HttpServletResponse.SC_MOVED_PERMANENTLY);
      response.setHeader("Location", "../" + last + (query == null ? "" : "?" + query));
    } else if (ROOM.matcher(path).matches()) {
      request.getRequestDispatcher(ROOM_PAGE).forward(request, response);
    } else {
      chain.doFilter(request, response);
    }
  }

  private static String path(HttpServletRequest request) {
    String rest = request.getPathInfo();
    return rest == null ? request.getServletPath() : request.getServletPath() + rest;
  }

  private static boolean isPage(String path) {
    return path.endsWith("/")
        || path.endsWith(".html")
        || path.endsWith(".js")
        || path.endsWith(".css")
        || path.startsWith("/room/");
  }
}
