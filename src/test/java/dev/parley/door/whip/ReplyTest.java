package dev.parley.door.whip;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What becomes of a session whose client goes away before it has its answer.
class ReplyTest {
  private final WhipStage stage = new WhipStage();
  private final List<String> told = new ArrayList<>();
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private AsyncListener listener;
  private boolean gone;

  private final HttpServletResponse response =
      proxy(
          HttpServletResponse.class,
          (self, method, arguments) -> {
            switch (method.getName()) {
              case "setStatus" -> told.add("status " + arguments[0]);
              case "flushBuffer" -> {
                if (gone) {
                  throw new IOException("broken pipe");
                }
              }
              case "getOutputStream" -> {
                return output();
              }
              default -> {}
            }
            return null;
          });

  private final AsyncContext context =
      proxy(
          AsyncContext.class,
          (self, method, arguments) -> {
            switch (method.getName()) {
              case "addListener" -> listener = (AsyncListener) arguments[0];
              case "complete" -> told.add("complete");
              case "getResponse" -> {
                return response;
              }
              default -> {}
            }
            return null;
          });

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(ReplyTest.class.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private ServletOutputStream output() {
    return new ServletOutputStream() {
      @Override
      public void write(int octet) {
        written.write(octet);
      }

      @Override
      public boolean isReady() {
        return true;
      }

      @Override
      public void setWriteListener(WriteListener listener) {
        throw new IllegalStateException();
      }
    };
  }

  /// A request that waits for the media half.
  private Reply waiting() {
    var answer = stage.request("POST", "/whip/r").token("obs").send();
    var reply = Reply.later(stage.door, context);
    answer.thenAccept(reply::send);
    return reply;
  }

  @Test
  void anAnswerIsWrittenOnce() {
    waiting();
    stage.answers(WhipStage.ANSWER);
    assertEquals(List.of("status 201", "complete"), told);
    assertEquals(WhipStage.ANSWER, written.toString());
    assertEquals(1, stage.door.sessions());
  }

  @Test
  void aClientThatIsGoneWhenTheAnswerIsWrittenLeavesNothing() {
    waiting();
    gone = true;
    stage.answers(WhipStage.ANSWER);
    assertEquals(0, stage.door.sessions());
    assertEquals(List.of(), stage.signaling.present("r"));
  }

  @Test
  void aClientThatGoesWhileItWaitsLeavesNothing() throws IOException {
    waiting();
    listener.onError(null);
    stage.answers(WhipStage.ANSWER);
    assertEquals(List.of("complete"), told);
    assertEquals("", written.toString());
    assertEquals(0, stage.door.sessions());
  }

  @Test
  void anAnswerThatNeverComesEndsWithTheContainersPatience() throws IOException {
    waiting();
    listener.onTimeout(null);
    listener.onComplete(null);
    stage.answers(WhipStage.ANSWER);
    assertEquals(List.of("status 504", "complete"), told);
    assertEquals(0, stage.door.sessions());
  }
}
