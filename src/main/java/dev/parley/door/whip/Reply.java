package dev.parley.door.whip;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;

/// One answer on its way to the client: written once, or told to be undelivered.
final class Reply implements AsyncListener {
  /// Only where a promise was broken: the door's own patience ends long before.
  private static final long CONTAINERS_PATIENCE_MILLIS = 60_000;

  private final WhipDoor door;
  private final AsyncContext context;
  private final AtomicBoolean over = new AtomicBoolean();

  private Reply(WhipDoor door, AsyncContext context) {
    this.door = door;
    this.context = context;
  }

  static Reply later(WhipDoor door, AsyncContext context) {
    var reply = new Reply(door, context);
    context.setTimeout(CONTAINERS_PATIENCE_MILLIS);
    context.addListener(reply);
    return reply;
  }

  static void now(WhipDoor door, HttpServletResponse response, Answer answer) throws IOException {
    try {
      write(response, answer);
    } catch (IOException e) {
      door.undelivered(answer);
      throw e;
    }
  }

  /// From whatever thread the answer came on.
  void send(Answer answer) {
    if (!over.compareAndSet(false, true)) {
      door.undelivered(answer);
      return;
    }
    try {
      write((HttpServletResponse) context.getResponse(), answer);
    } catch (IOException | IllegalStateException e) {
      door.undelivered(answer);
    }
    finish();
  }

  private static void write(HttpServletResponse response, Answer answer) throws IOException {
    response.setStatus(answer.status());
    answer.headers().forEach(header -> response.addHeader(header.name(), header.value()));
    if (answer.body() != null) {
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      response.setContentType(answer.type());
      response.setContentLength(body.length);
      response.getOutputStream().write(body);
    }
    // Now, so that a client that is gone is noticed here.
    response.flushBuffer();
  }

  private void finish() {
    try {
      context.complete();
    } catch (IllegalStateException e) {
      // The container has ended it already.
    }
  }

  @Override
  public void onComplete(AsyncEvent event) {
    over.set(true);
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    if (over.compareAndSet(false, true)) {
      ((HttpServletResponse) context.getResponse()).setStatus(504);
      finish();
    }
  }

  @Override
  public void onError(AsyncEvent event) {
    if (over.compareAndSet(false, true)) {
      finish();
    }
  }

  @Override
  public void onStartAsync(AsyncEvent event) {
    // Nobody starts it anew.
  }
}
