package dev.parley.door.livekit;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/// Refuses sockets by the status of the upgrade, which the SDKs read.
@WebFilter(urlPatterns = {"/rtc", "/rtc/v1"})
public class UpgradeFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;

  @Inject private transient Gate gate;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if ("websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
      var verdict = gate.verdict(request);
      if (!verdict.open()) {
        Gate.write(verdict, response);
        return;
      }
    }
    chain.doFilter(request, response);
  }
}
