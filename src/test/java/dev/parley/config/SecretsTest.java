package dev.parley.config;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {
  private static final String SECRET = "0123456789abcdef0123456789abcdef";
  private static final IdentitySettings NOTHING =
      new IdentitySettings(Map.of(), Optional.empty(), Optional.empty());

  @TempDir Path temporary;

  private Secrets open(IdentitySettings settings) {
    return Secrets.open(new DataSettings(temporary.resolve("data")), settings);
  }

  @Test
  void keepsWhatItMadeAtTheFirstStart() {
    Secrets first = open(NOTHING);
    Secrets second = open(NOTHING);
    assertArrayEquals(first.derive("x"), second.derive("x"));
    assertEquals(first.keys(), second.keys());
    assertEquals(1, first.keys().size());
    assertFalse(Arrays.equals(first.derive("x"), first.derive("y")));
  }

  @Test
  void showsItsFilesToTheirOwnerOnly() throws Exception {
    open(NOTHING);
    Path data = temporary.resolve("data");
    assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(data)));
    try (Stream<Path> files = Files.list(data)) {
      List<Path> all = files.sorted().toList();
      assertEquals(List.of(data.resolve("api-key"), data.resolve("secret")), all);
      for (Path file : all) {
        assertEquals(
            "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
      }
    }
  }

  @Test
  void agreesWithEveryoneWhoStartsAtTheSameMoment() throws Exception {
    Set<String> seen = ConcurrentHashMap.newKeySet();
    try (var threads = Executors.newFixedThreadPool(8)) {
      IntStream.range(0, 32)
          .forEach(i -> threads.execute(() -> seen.add(open(NOTHING).deriveText("x"))));
    }
    assertEquals(1, seen.size());
  }

  @Test
  void takesSecretsFromTheSettingsAndThenMakesNone() {
    Secrets given =
        open(new IdentitySettings(Map.of("app", SECRET), Optional.of(SECRET), Optional.empty()));
    assertEquals(Map.of("app", SECRET), given.keys());
    assertFalse(Files.exists(temporary.resolve("data")));
  }

  @Test
  void derivesAsWrittenDown() {
    Secrets given =
        open(new IdentitySettings(Map.of("app", SECRET), Optional.of(SECRET), Optional.empty()));
    // printf %s PKaaaaaaaaaaaaaaaa | openssl dgst -sha256 -hmac 0123456789abcdef0123456789abcdef
    assertEquals(
        "yFSYvTQCEIOKQx1xa5cUG1TLSzZObuvLzw0tGFT8D-w", given.deriveText("PKaaaaaaaaaaaaaaaa"));
  }

  @Test
  void refusesAnEmptySecretFile() throws Exception {
    open(NOTHING);
    Files.writeString(temporary.resolve("data/secret"), "");
    assertThrows(IllegalStateException.class, () -> open(NOTHING));
  }
}
