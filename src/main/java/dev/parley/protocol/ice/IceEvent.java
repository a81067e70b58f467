package dev.parley.protocol.ice;

import dev.parley.wire.FiveTuple;

/// A fact about one agent that its owner acts on.
public sealed interface IceEvent {
  /// A check of this path was authenticated: what comes on it is the client's, DTLS may begin.
  record Verified(FiveTuple path) implements IceEvent {}

  /// The client nominated this path: what is sent goes there from now on.
  record Selected(FiveTuple path) implements IceEvent {}

  /// The path is no longer one of the client's: too many, of a generation that ended, or closed.
  record Forgotten(FiveTuple path) implements IceEvent {}

  /// Nothing authenticated was heard from the client for the time the owner asked for.
  record Quiet() implements IceEvent {}

  /// The client is heard again after [Quiet].
  record Heard() implements IceEvent {}

  /// The client no longer consents: nothing may be sent until a restart (RFC 7675, section 5.1).
  record ConsentLost() implements IceEvent {}

  /// A path of the new generation was nominated, and the old generation ended (RFC 8445, section
  /// 9).
  record Restarted() implements IceEvent {}

  /// Checks for this user name fragment of ours are no longer answered: it leaves the directory.
  record Retired(String ufrag) implements IceEvent {}
}
