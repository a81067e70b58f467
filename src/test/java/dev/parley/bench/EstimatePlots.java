package dev.parley.bench;

import dev.parley.lab.PathCourse;
import dev.parley.lab.PathCourse.Look;
import dev.parley.lab.PathScenario;
import dev.parley.lab.PathSource;
import dev.parley.lab.Paths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/// Draws what the estimate does on each of [Paths], an SVG each under `target/plots`: capacity,
/// estimate, rate sent and queue.
final class EstimatePlots {
  private static final int WIDTH = 1_000;
  private static final int HEIGHT = 560;
  private static final int LEFT = 60;
  private static final int RATES = 360;
  private static final int TOP = 30;
  private static final int QUEUES = 100;
  private static final double MOST_QUEUE = 400;

  private EstimatePlots() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of("target/plots"));
    List<String> wanted = List.of(arguments);
    for (Paths path : Paths.values()) {
      if (!wanted.isEmpty() && !wanted.contains(path.name())) {
        continue;
      }
      draw(folder, path, "elastic", PathSource.elastic(1));
      draw(folder, path, "layered", PathSource.layered(2, 2));
    }
  }

  private static void draw(Path folder, Paths path, String kind, PathSource source)
      throws IOException {
    PathScenario scenario = path.run(source);
    String name = path.name().toLowerCase(Locale.ROOT) + "-" + kind;
    Files.writeString(folder.resolve(name + ".svg"), svg(name, scenario.course()));
    System.out.printf(
        Locale.ROOT,
        "%-32s within 15 %%: %3.0f %% of the time after 5 s, queue mean %3.0f ms most %4.0f ms%n",
        name,
        100 * scenario.course().within(5, 1e9, 0.15),
        scenario.course().mean(5, 1e9, Look::queue),
        scenario.course().most(5, 1e9, Look::queue));
  }

  private static String svg(String name, PathCourse course) {
    List<Look> looks = course.looks();
    double end = looks.getLast().time();
    double most = 1.25 * course.most(0, end, Look::capacity);
    var out = new StringBuilder();
    out.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 1000 560" font-family="sans-serif" font-size="12">
        <rect width="100%%" height="100%%" fill="white"/><text x="%d" y="18" font-size="15">%s</text>
        """
            .formatted(WIDTH, HEIGHT, LEFT, name));
    for (int i = 0; i <= 5; i++) {
      double rate = most * i / 5;
      grid(out, TOP + RATES * (1 - i / 5.0), "%.2f".formatted(rate / 1e6));
    }
    int floor = TOP + RATES + 30 + QUEUES;
    for (int i = 0; i <= 2; i++) {
      grid(out, floor - QUEUES * i / 2.0, "%.0f ms".formatted(MOST_QUEUE * i / 2));
    }
    for (int second = 0; second <= end; second += 5) {
      out.append(
          "<text x=\"%.0f\" y=\"%d\">%d s</text>%n".formatted(x(second, end), HEIGHT - 8, second));
    }
    line(out, looks, end, "#bbb", TOP + RATES, RATES / most, most, look -> sent(course, look));
    line(out, looks, end, "black", TOP + RATES, RATES / most, most, Look::capacity);
    line(out, looks, end, "#d33", TOP + RATES, RATES / most, most, Look::estimate);
    line(out, looks, end, "#36c", floor, QUEUES / MOST_QUEUE, MOST_QUEUE, Look::queue);
    out.append(
        "<text x=\"620\" y=\"18\">Mbit/s: black capacity, red estimate, grey sent; blue queue"
            + "</text></svg>");
    return out.toString();
  }

  private static void grid(StringBuilder out, double y, String label) {
    out.append(
        "<path d=\"M%d %.1fH%d\" stroke=\"#eee\"/><text x=\"8\" y=\"%.1f\">%s</text>%n"
            .formatted(LEFT, y, WIDTH, y + 4, label));
  }

  private static void line(
      StringBuilder out,
      List<Look> looks,
      double end,
      String colour,
      int floor,
      double scale,
      double most,
      ToDoubleFunction<Look> of) {
    out.append("<polyline fill=\"none\" stroke=\"").append(colour).append("\" points=\"");
    for (Look look : looks) {
      double value = Math.min(most, of.applyAsDouble(look));
      out.append("%.1f,%.1f ".formatted(x(look.time(), end), floor - scale * value));
    }
    out.append("\"/>\n");
  }

  private static double sent(PathCourse course, Look look) {
    return course.mean(look.time() - 0.3, look.time() + 0.01, Look::sent);
  }

  private static double x(double time, double end) {
    return LEFT + (WIDTH - LEFT - 10) * time / end;
  }
}
