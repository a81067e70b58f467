package dev.parley.media;

import java.util.Arrays;

/// One message of a data channel (RFC 8831, section 6.6). The octets belong to nobody: they are
/// never written to once it is made.
///
/// @param label of the channel it came on, or is to be sent on
/// @param binary whether it is no text in UTF-8
public record DataMessage(String label, boolean binary, byte[] octets) {
  @Override
  public boolean equals(Object other) {
    return other instanceof DataMessage(String itsLabel, boolean itsBinary, byte[] its)
        && label.equals(itsLabel)
        && binary == itsBinary
        && Arrays.equals(octets, its);
  }

  @Override
  public int hashCode() {
    return 31 * label.hashCode() + Arrays.hashCode(octets);
  }

  /// Without what people say to each other.
  @Override
  public String toString() {
    return "DataMessage[" + label + ", " + octets.length + "]";
  }
}
