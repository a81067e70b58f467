package dev.parley.protocol.sdp;

import java.util.List;

/// What an ICE agent says of itself (RFC 8839, sections 5.3 to 5.6): one generation.
///
/// @param ufrag 4 to 256 ice-chars
/// @param password 22 to 256 ice-chars
/// @param options as `trickle`
/// @param lite whether it only answers checks
public record IceParameters(String ufrag, String password, List<String> options, boolean lite) {
  public IceParameters {
    options = List.copyOf(options);
    if (!Text.isToken(ufrag, 256) || !Text.isToken(password, 256)) {
      throw new IllegalArgumentException("not ice-chars");
    }
  }

  /// Whether this is the same generation as another: a change of either is a restart (RFC 8839,
  /// section 4.4.1.1.1).
  boolean sameGeneration(IceParameters other) {
    return ufrag.equals(other.ufrag) && password.equals(other.password);
  }

  /// Leaves the password out.
  @Override
  public String toString() {
    return "IceParameters[" + ufrag + ", " + options + (lite ? ", lite]" : "]");
  }
}
