package dev.parley.door.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.servlet.FilterChain;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Where an address leads, told from what the filter asks of the container.
final class PageFilterTest {
  private final Map<String, String> headers = new TreeMap<>();
  private String led = "nowhere";

  @Test
  void aRoomHasTheMeetingPageWhateverItsName() throws Exception {
    for (String name : new String[] {"demo", "room.js", "index.html", "page"}) {
      assertEquals("forward /room/index.html", visit("/room/" + name, null));
    }
  }

  @Test
  void theFilesOfThePageAreServedAsTheyAre() throws Exception {
    assertEquals("chain", visit("/room/page/room.js", null));
    assertEquals("no-cache", headers.get("Cache-Control"));
    assertEquals("chain", visit("/", null));
  }

  @Test
  void aSlashTooManyIsTakenAwayAndTheInvitationKept() throws Exception {
    assertEquals("nowhere", visit("/room/demo/", "invite=abc"));
    assertEquals("../demo?invite=abc", headers.get("Location"));
  }

  @Test
  void otherDoorsKeepTheirOwnCaching() throws Exception {
    assertEquals("chain", visit("/api/v1/rooms", null));
    assertEquals(null, headers.get("Cache-Control"));
  }

  @Test
  void everyAnswerCarriesEveryHeader() throws Exception {
    visit("/api/v1/rooms", null);
    for (PageHeader each : PageHeader.values()) {
      assertEquals(each.value(), headers.get(each.header()));
    }
  }

  private String visit(String path, String query) throws Exception {
    led = "nowhere";
    headers.clear();
    FilterChain chain = (request, response) -> led = "chain";
    new PageFilter().doFilter(request(path, query), response(), chain);
    return led;
  }

  private HttpServletRequest request(String path, String query) {
    return proxy(
        HttpServletRequest.class,
        (method, arguments) ->
            switch (method) {
              case "getServletPath", "getRequestURI" -> path;
              case "getQueryString" -> query;
              case "getRequestDispatcher" -> dispatcher((String) arguments[0]);
              default -> null;
            });
  }

  private RequestDispatcher dispatcher(String target) {
    return proxy(
        RequestDispatcher.class,
        (method, arguments) -> {
          led = method + " " + target;
          return null;
        });
  }

  private HttpServletResponse response() {
    return proxy(
        HttpServletResponse.class,
        (method, arguments) -> {
          if (method.equals("setHeader")) {
            headers.put((String) arguments[0], (String) arguments[1]);
          }
          return null;
        });
  }

  private interface Answers {
    Object answer(String method, Object[] arguments);
  }

  private static <T> T proxy(Class<T> type, Answers answers) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> answers.answer(method.getName(), arguments)));
  }
}
