package dev.parley.door.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.room.RoomRefused;
import dev.parley.signal.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What must hold for the sources of the pages, whatever a browser makes of them.
final class PageSourcesTest {
  private static final Path WEBAPP = Path.of("src", "main", "webapp");
  private static final Path WORDS = WEBAPP.resolve("page").resolve("words.js");

  /// What the policy would block: inline scripts, styles and handlers, and other hosts.
  private static final Pattern INLINE =
      Pattern.compile(
          "<script(?![^>]*\\bsrc=)|<style|\\sstyle=|\\son[a-z]+=|(?:src|href)=\"(?:https?:)?//");

  /// What would turn text into markup.
  private static final Pattern MARKUP =
      Pattern.compile("innerHTML|outerHTML|insertAdjacentHTML|document\\.write|\\beval\\(");

  @Test
  void nothingInThePagesNeedsALooserPolicy() throws IOException {
    for (Path page : sources(".html")) {
      Matcher inline = INLINE.matcher(Files.readString(page));
      assertTrue(!inline.find(), () -> page + ": " + inline.group());
    }
    assertTrue(!PageHeader.POLICY.value().contains("unsafe"));
  }

  @Test
  void noScriptTurnsTextIntoMarkup() throws IOException {
    for (Path script : sources(".js")) {
      Matcher markup = MARKUP.matcher(Files.readString(script));
      assertTrue(!markup.find(), () -> script + ": " + markup.group());
    }
  }

  @Test
  void everyRefusalOfARoomHasItsWords() throws IOException {
    String words = Files.readString(WORDS);
    Stream<String> signaling =
        Stream.of(ErrorCode.values())
            .map(ErrorCode::code)
            .filter(code -> !List.of("bad-request", "not-joined", "already-joined").contains(code));
    Stream<String> rooms = Stream.of(RoomRefused.Reason.values()).map(RoomRefused.Reason::code);
    List<String> missing =
        Stream.concat(signaling, rooms)
            .filter(code -> !Pattern.compile("(?m)^  '?" + code + "'?: ").matcher(words).find())
            .distinct()
            .toList();
    assertEquals(List.of(), missing);
  }

  @Test
  void textIsReadableInBothColourSchemes() throws IOException {
    Map<String, double[]> colours = colours();
    String pairs =
        """
        ink paper, ink sheet, ink hover, ink accent-wash, ink danger-wash, ink-soft paper,
        ink-soft sheet, ink-soft field, ink-soft hover, accent paper, accent sheet,
        on-accent accent, on-accent accent-strong, on-danger danger, on-danger danger-strong,
        danger sheet, danger-strong danger-wash, on-warn warn-wash, tile-ink tile, paper ink\
        """;
    for (String pair : pairs.split(",\\s+")) {
      atLeast(4.5, pair, colours);
    }
    for (String pair :
        "outline paper,outline sheet,outline field,focus paper,focus sheet".split(",")) {
      atLeast(3, pair, colours);
    }
  }

  private static void atLeast(double ratio, String pair, Map<String, double[]> colours) {
    double[] one = colours.get(pair.split(" ")[0]);
    double[] other = colours.get(pair.split(" ")[1]);
    for (int scheme = 0; scheme < 2; scheme++) {
      double light = Math.max(one[scheme], other[scheme]) + 0.05;
      double dark = Math.min(one[scheme], other[scheme]) + 0.05;
      assertTrue(light / dark >= ratio, pair + " has " + light / dark);
    }
  }

  /// The luminance of each colour token, light and dark (WCAG 2.2, relative luminance).
  private static Map<String, double[]> colours() throws IOException {
    Map<String, double[]> colours = new TreeMap<>();
    Matcher token =
        Pattern.compile("--([\\w-]+): (?:light-dark\\()?#(\\w{6})(?:, #(\\w{6})\\))?")
            .matcher(Files.readString(WEBAPP.resolve("tokens.css")));
    while (token.find()) {
      double first = luminance(token.group(2));
      double second = token.group(3) == null ? first : luminance(token.group(3));
      colours.put(token.group(1), new double[] {first, second});
    }
    return colours;
  }

  private static double luminance(String hex) {
    int rgb = Integer.parseInt(hex, 16);
    return 0.2126 * linear(rgb >> 16)
        + 0.7152 * linear(rgb >> 8 & 255)
        + 0.0722 * linear(rgb & 255);
  }

  private static double linear(int channel) {
    double share = channel / 255.0;
    return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
  }

  private static List<Path> sources(String ending) throws IOException {
    try (Stream<Path> all = Files.walk(WEBAPP)) {
      return all.filter(path -> path.toString().endsWith(ending)).toList();
    }
  }
}
