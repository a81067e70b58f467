package dev.parley.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The arguments of a benchmark that starts servers: `--option value` for itself, all others, such
/// as `-Dsetting=value`, for Parley.
///
/// @param options by their names without hyphens
/// @param settings what Parley is started with besides
record BenchArguments(Map<String, String> options, List<String> settings) {
  static BenchArguments of(String[] arguments) {
    Map<String, String> options = new TreeMap<>();
    List<String> settings = new ArrayList<>();
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i].startsWith("--")) {
        options.put(arguments[i].substring(2), arguments[++i]);
      } else {
        settings.add(arguments[i]);
      }
    }
    return new BenchArguments(options, settings);
  }

  String text(String option, String otherwise) {
    return options.getOrDefault(option, otherwise);
  }

  /// A list of words between commas.
  String[] words(String option, String otherwise) {
    return text(option, otherwise).split(",");
  }

  int number(String option, int otherwise) {
    return options.containsKey(option) ? Integer.parseInt(options.get(option)) : otherwise;
  }
}
