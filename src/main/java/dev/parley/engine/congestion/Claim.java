package dev.parley.engine.congestion;

/// One video stream that competes with others for the way to a receiver: a ladder of rungs, each
/// dearer and better than the one below. Confined to the receiver's loop.
public interface Claim {
  /// No rung: nothing is sent.
  int NONE = -1;

  /// Nothing has been granted or refused yet.
  int NEW = -2;

  /// Who comes first where there is not enough for all: the lower number.
  int rank();

  /// Pixels shown; of equal ranks the larger comes first.
  long size();

  /// How many rungs the receiver has use for; while it has for none, the last grant stands.
  int rungs();

  /// Bits a second on the wire of one of them, from 0; rises with the rung.
  long bitrate(int rung);

  /// The rung it has been granted, or [#NONE] or [#NEW].
  int granted();

  /// It is to be sent like this from now on.
  void grant(int rung, long now);
}
