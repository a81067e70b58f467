package dev.parley.config;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The table of settings in the README, made from [Key]. Run it to print the table.
final class SettingsTable {
  /// Stands in the README on a line of its own before and after the table.
  static final String MARKER = "<!-- settings -->";

  private SettingsTable() {}

  static String text() {
    return Stream.of(Key.values())
        .map(k -> "| `" + k.key() + "` | " + k.defaultText() + " | " + k.meaning() + " |\n")
        .collect(Collectors.joining("", "| key | default | |\n|---|---|---|\n", ""));
  }

  public static void main(String[] arguments) {
    System.out.print(text());
  }
}
