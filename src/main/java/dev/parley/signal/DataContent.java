package dev.parley.signal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/// What one participant's application says to those of others. The octets are never written to once
/// it is made.
///
/// @param topic what it is about, a word of the application's; or null
/// @param lossy whether it had better be lost than late
/// @param octets UTF-8 where it is text; null for what only the form it came in can say
/// @param foreign as it came, where that says more than this does; or null
public record DataContent(
    String topic, boolean lossy, boolean text, byte[] octets, Foreign foreign) {
  /// A message in the form of the door it came through, for receivers behind the same.
  ///
  /// @param form whose
  /// @param number by which the sender counts what has to arrive, 0 for none: what it sends again
  ///   after its line was lost is known by it
  public record Foreign(DataForm form, byte[] octets, long number) {
    /// One that is not counted.
    public Foreign(DataForm form, byte[] octets) {
      this(form, octets, 0);
    }
  }

  public static DataContent text(String topic, String text) {
    return new DataContent(topic, false, true, text.getBytes(StandardCharsets.UTF_8), null);
  }

  public static DataContent binary(String topic, boolean lossy, byte[] octets) {
    return new DataContent(topic, lossy, false, octets, null);
  }

  /// The text it is; only where it is one.
  public String string() {
    return new String(octets, StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DataContent it
        && lossy == it.lossy
        && text == it.text
        && Objects.equals(topic, it.topic)
        && Arrays.equals(octets, it.octets)
        && Objects.equals(foreign, it.foreign);
  }

  @Override
  public int hashCode() {
    return 31 * Objects.hashCode(topic) + Arrays.hashCode(octets);
  }

  /// Without what people say to each other.
  @Override
  public String toString() {
    return "DataContent[" + topic + ", " + (octets == null ? "foreign" : octets.length) + "]";
  }
}
