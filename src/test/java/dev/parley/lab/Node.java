package dev.parley.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.json.Json;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The programs of `src/test/node`, which use LiveKit's server SDK for Node as npm has it.
public final class Node {
  private static final Path HOME = Path.of("src/test/node").toAbsolutePath();

  private Node() {}

  /// What a program prints, as JSON; it has to end well.
  public static JsonReader says(String program, List<String> arguments) {
    if (!Files.isDirectory(HOME.resolve("node_modules/livekit-server-sdk"))) {
      return Foreign.absent("livekit-server-sdk", "sdks");
    }
    var command = new ArrayList<String>();
    command.add(Foreign.program("node", "sdks"));
    command.add(HOME.resolve(program).toString());
    command.addAll(arguments);
    var outcome = Program.run(Duration.ofSeconds(60), command);
    assertEquals(0, outcome.status(), outcome.said());
    return Json.createReader(new StringReader(outcome.said()));
  }
}
