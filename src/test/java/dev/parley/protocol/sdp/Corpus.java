package dev.parley.protocol.sdp;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// The descriptions of browsers that are kept with the tests.
final class Corpus {
  private Corpus() {}

  /// The text of one, lines ended by LF.
  static String text(String name) {
    try (InputStream in = Corpus.class.getResourceAsStream("/sdp/" + name + ".sdp")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
