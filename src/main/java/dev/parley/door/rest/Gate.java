package dev.parley.door.rest;

import dev.parley.config.SignalSettings;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;

/// What holds for every request: pages of other origins change nothing, bodies are small, and no
/// answer stays in a cache.
@Provider
@PreMatching
public class Gate implements ContainerRequestFilter, ContainerResponseFilter {
  /// The largest body has a few names in it.
  static final int MAX_BODY = 16 * 1024;

  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

  @Inject SignalSettings settings;

  @Override
  public void filter(ContainerRequestContext request) {
    if (!SAFE.contains(request.getMethod())
        && crossOrigin(
            settings,
            request.getHeaderString("Origin"),
            request.getHeaderString(HttpHeaders.HOST),
            request.getHeaderString("Sec-Fetch-Site"))) {
      throw new Refusal(
          Response.Status.FORBIDDEN, "origin-refused", "pages of this origin may not do this");
    }
    if (request.getLength() > MAX_BODY) {
      throw tooLarge();
    }
    request.setEntityStream(new Limited(request.getEntityStream()));
  }

  /// Whether a request comes from a page of an origin that is not allowed. Browsers send `Origin`
  /// with every request that changes something; where a privacy tool took it away, Fetch Metadata
  /// tells the same. Without both it is no browser of today.
  static boolean crossOrigin(SignalSettings settings, String origin, String host, String site) {
    if (origin != null) {
      return !settings.origins().allows(origin, host);
    }
    return site != null && !site.equals("same-origin") && !site.equals("none");
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    response.getHeaders().putSingle(HttpHeaders.CACHE_CONTROL, "no-store");
    response.getHeaders().putSingle("X-Content-Type-Options", "nosniff");
  }

  private static Refusal tooLarge() {
    return new Refusal(
        Response.Status.REQUEST_ENTITY_TOO_LARGE,
        "body-too-large",
        "a body has at most " + MAX_BODY + " octets");
  }

  /// Counts what a chunked body really brings.
  private static final class Limited extends FilterInputStream {
    private int left = MAX_BODY;

    Limited(InputStream body) {
      super(body);
    }

    @Override
    public int read() throws IOException {
      int octet = super.read();
      if (octet >= 0) {
        count(1);
      }
      return octet;
    }

    @Override
    public int read(byte[] into, int at, int length) throws IOException {
      int octets = super.read(into, at, length);
      count(Math.max(octets, 0));
      return octets;
    }

    private void count(int octets) {
      left -= octets;
      if (left < 0) {
        throw tooLarge();
      }
    }
  }
}
