package dev.parley.protocol.stun;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The registries against the tables of IANA, in both directions.
class StunRegistryTest {
  private static final Set<Integer> RFCS = Set.of(8489, 8656, 8445, 6062, 5780, 8016, 7635);

  private record Row(int code, String name, int rfc) implements Comparable<Row> {
    @Override
    public int compareTo(Row other) {
      return Integer.compare(code, other.code);
    }
  }

  @Test
  void hasTheMethodsOfIana() throws IOException {
    assertEquals(
        iana("stun-methods.csv"),
        rows(StunMethod.values(), m -> new Row(m.code(), m.label(), m.rfc())));
  }

  @Test
  void hasTheAttributesOfIana() throws IOException {
    assertEquals(
        iana("stun-attributes.csv"),
        rows(StunAttribute.values(), a -> new Row(a.code(), a.label(), a.rfc())));
  }

  @Test
  void hasTheErrorsOfIana() throws IOException {
    assertEquals(
        iana("stun-errors.csv"),
        rows(StunError.values(), e -> new Row(e.code(), e.phrase(), e.rfc())));
  }

  @Test
  void hasThePasswordAlgorithmsOfIana() throws IOException {
    assertEquals(
        iana("stun-password-algorithms.csv"),
        rows(StunPasswordAlgorithm.values(), a -> new Row(a.code(), a.label(), 8489)));
  }

  @Test
  void hasTheSecurityFeaturesOfIana() throws IOException {
    assertEquals(
        iana("stun-security-features.csv"),
        rows(StunNonceCookie.Feature.values(), f -> new Row(f.bit(), f.label(), 8489)));
  }

  @Test
  void findsARowByItsCodeAndNothingByAnother() {
    for (int code = 0; code <= 0xffff; code++) {
      int wanted = code;
      StunAttribute row =
          Arrays.stream(StunAttribute.values())
              .filter(a -> a.code() == wanted)
              .findFirst()
              .orElse(null);
      assertSame(row, StunAttribute.of(code));
    }
    for (StunMethod method : StunMethod.values()) {
      assertSame(method, StunMethod.of(method.code()));
    }
    assertNull(StunMethod.of(0));
    assertNull(StunMethod.of(0x080));
    assertNull(StunMethod.of(0xfff));
    assertSame(StunError.STALE_NONCE, StunError.of(438));
    assertNull(StunError.of(439));
  }

  @Test
  void requiresComprehensionOfTheLowerHalfOnly() {
    assertEquals(true, StunAttribute.USERNAME.comprehensionRequired());
    assertEquals(false, StunAttribute.SOFTWARE.comprehensionRequired());
    assertEquals(true, StunAttribute.comprehensionRequired(0x7fff));
    assertEquals(false, StunAttribute.comprehensionRequired(0x8000));
  }

  private static <T> String rows(T[] values, Function<T, Row> row) {
    return text(Arrays.stream(values).map(row).toList());
  }

  private static String iana(String table) throws IOException {
    try (InputStream in = StunRegistryTest.class.getResourceAsStream("/iana/" + table)) {
      String csv = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text(
          csv.lines()
              .skip(1)
              .map(line -> line.split(","))
              .filter(cells -> cells.length > 2 && cells[2].startsWith("[RFC"))
              .map(
                  cells ->
                      new Row(
                          Integer.decode(cells[0]),
                          cells[1],
                          Integer.parseInt(cells[2].substring(4, 8))))
              .filter(row -> RFCS.contains(row.rfc()))
              .toList());
    }
  }

  private static String text(List<Row> rows) {
    return new TreeSet<>(rows).stream().map(Row::toString).collect(Collectors.joining("\n"));
  }
}
