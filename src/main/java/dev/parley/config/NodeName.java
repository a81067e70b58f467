package dev.parley.config;

import java.security.SecureRandom;
import java.util.HexFormat;

/// What this node calls itself in a shared database: made once and kept in the data directory, so
/// that a restart knows what it left behind, and other nodes leave it alone.
///
/// @param text 16 characters
public record NodeName(String text) {
  public static NodeName of(DataSettings data) {
    return new NodeName(new SecretFile(data.dir().resolve("node")).readOrCreate(NodeName::fresh));
  }

  private static String fresh() {
    byte[] octets = new byte[8];
    new SecureRandom().nextBytes(octets);
    return HexFormat.of().formatHex(octets);
  }
}
