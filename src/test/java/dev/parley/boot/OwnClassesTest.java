package dev.parley.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.signal.Notice;
import java.net.URI;
import java.net.URL;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwnClassesTest {
  private static final URL FILE = OwnClasses.class.getResource("OwnClasses.class");

  @Test
  void allThatLieInTheSameTreeAreFoundAndCanBeLoaded() throws Exception {
    var names = OwnClasses.names(FILE, OwnClasses.class.getName());
    assertTrue(names.containsAll(List.of(name(OwnClasses.class), name(Notice.Resumed.class))));
    for (String name : names) {
      assertEquals(name, name(Class.forName(name, false, OwnClasses.class.getClassLoader())));
    }
  }

  @Test
  void inAnArchiveNothingIsToBeDone() throws Exception {
    var archived = URI.create("jar:file:/app.jar!/dev/parley/boot/OwnClasses.class").toURL();
    assertEquals(List.of(), OwnClasses.names(archived, OwnClasses.class.getName()));
    assertEquals(List.of(), OwnClasses.names(null, OwnClasses.class.getName()));
  }

  private static String name(Class<?> type) {
    return type.getName();
  }
}
