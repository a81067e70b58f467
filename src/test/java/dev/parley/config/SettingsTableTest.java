package dev.parley.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SettingsTableTest {
  @Test
  void readmeHasTheTableThatTheKeysMake() throws Exception {
    Path readme = Path.of("README.md");
    String text = Files.exists(readme) ? Files.readString(readme) : "";
    String[] parts = text.split(SettingsTable.MARKER, -1);
    if (parts.length > 1) {
      assertEquals(3, parts.length, "one marker before the table and one after it");
      assertEquals(SettingsTable.text().strip(), parts[1].strip());
    }
  }

  @Test
  void everyKeySaysWhoSetsItInOneLineOfATable() {
    for (Key key : Key.values()) {
      assertTrue(key.key().matches("parley(\\.[a-z-]+)+"), key.key());
      assertTrue(key.meaning().endsWith("."), key.key());
      assertFalse((key.meaning() + key.defaultText()).contains("|"), key.key());
    }
    long names = Stream.of(Key.values()).map(Key::key).distinct().count();
    assertEquals(Key.values().length, names);
  }
}
