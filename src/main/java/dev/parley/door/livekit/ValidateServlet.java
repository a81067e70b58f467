package dev.parley.door.livekit;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/// Answers clients that ask why their socket was refused.
@WebServlet(urlPatterns = {"/rtc/validate", "/rtc/v1/validate"})
public class ValidateServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Inject private transient Gate gate;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Gate.write(gate.verdict(request), response);
  }

  @Override
  protected void doOptions(HttpServletRequest request, HttpServletResponse response) {
    response.setHeader("Access-Control-Allow-Origin", "*");
    response.setHeader("Access-Control-Allow-Methods", "GET, HEAD");
    response.setHeader("Access-Control-Allow-Headers", "Authorization");
  }
}
