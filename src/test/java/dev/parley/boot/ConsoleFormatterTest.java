package dev.parley.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.BindException;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class ConsoleFormatterTest {
  private static String formatted(Throwable thrown) {
    var line = new LogRecord(Level.SEVERE, "It failed");
    line.setLoggerName("server");
    line.setThrown(thrown);
    return new ConsoleFormatter().format(line);
  }

  @Test
  void aTakenPortIsOneLine() {
    String text = formatted(new IOException("no start", new BindException("Address in use")));
    assertEquals(1, text.lines().count(), text);
    assertTrue(text.contains("SEVERE  server: It failed (Address in use: a port is taken"), text);
  }

  @Test
  void anyOtherFailureKeepsItsStack() {
    String text = formatted(new IllegalStateException("a bug"));
    assertTrue(text.contains("java.lang.IllegalStateException: a bug"), text);
    assertTrue(text.contains("\tat "), text);
  }

  @Test
  void aPlainRecordIsOneLine() {
    assertEquals(1, formatted(null).lines().count());
  }
}
