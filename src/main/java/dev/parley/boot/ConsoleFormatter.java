package dev.parley.boot;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.BindException;
import java.time.ZoneId;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/// One line a record on the console of `parley.jar`, with the stack of a failure below it, except
/// where a port is taken: that is the administrator's to mend, and a line says it all.
///
/// The build puts a copy into the root of the jar, where the JDK's logging looks for it.
public final class ConsoleFormatter extends Formatter {
  @Override
  public String format(LogRecord line) {
    return "%1$tF %1$tT %2$-7s %3$s: %4$s%5$s%n"
        .formatted(
            line.getInstant().atZone(ZoneId.systemDefault()),
            line.getLevel(),
            line.getLoggerName(),
            formatMessage(line),
            failure(line.getThrown()));
  }

  private static String failure(Throwable thrown) {
    if (thrown == null) {
      return "";
    }
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException
          || cause.toString().contains(BindException.class.getName())) {
        return " (" + cause.getMessage() + ": a port is taken; see --port)";
      }
    }
    var stack = new StringWriter();
    thrown.printStackTrace(new PrintWriter(stack, true));
    return System.lineSeparator() + stack;
  }
}
