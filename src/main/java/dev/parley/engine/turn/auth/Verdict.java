package dev.parley.engine.turn.auth;

import dev.parley.protocol.stun.StunError;

/// What the [Authenticator] makes of a request (RFC 8489, section 9.2.4).
public sealed interface Verdict {
  /// The client has proved who it is.
  record Granted(Credential credential) implements Verdict {}

  /// It has not, or not as the one whose allocation is on its path.
  ///
  /// @param challenge whether the answer must carry what [Authenticator#challenge] appends
  /// @param by whoever it proved to be, whose key signs the answer, or null: then it goes unsigned
  record Refused(StunError error, boolean challenge, Credential by) implements Verdict {
    public Refused(StunError error, boolean challenge) {
      this(error, challenge, null);
    }
  }

  /// The key must be asked for; ask again with it.
  ///
  /// @param username as claimed, or null where only its hash is known
  /// @param userhash of RFC 8489, section 14.4, or null
  record Wanted(String realm, String username, byte[] userhash) implements Verdict {
    /// Nobody's name.
    @Override
    public String toString() {
      return "Wanted[" + (username == null ? "by hash]" : "by name]");
    }
  }

  /// No answer at all.
  record Dropped() implements Verdict {}
}
