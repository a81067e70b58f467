package dev.parley.adapter;

/// Takes what other loops pass to one, see [Neighbours#pass].
@FunctionalInterface
public interface Reader {
  /// Hot, on the reading loop.
  ///
  /// @param octets valid and mutable during the call only, with 64 octets of room before `at`
  void passed(Passed kind, Object to, Object from, byte[] octets, int at, int length);
}
