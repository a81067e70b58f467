package dev.parley.engine;

import dev.parley.media.MediaCommand;
import dev.parley.wire.FiveTuple;

/// A protocol as a state machine: octets and time go in, [Effects] come out.
///
/// Confined to the one thread that owns it, never blocks, knows no socket, clock, thread or source
/// of randomness. Times are nanoseconds of one monotonic clock whose zero means nothing; compare
/// them by subtraction.
public interface Engine {
  /// No deadline: tick only after the next input.
  long NEVER = Long.MAX_VALUE;

  /// Takes one message: a whole datagram, or one whole frame of a stream.
  ///
  /// @param octets the buffer; valid and mutable only during the call
  /// @param at index of the message's first octet
  /// @param length octets of the message
  /// @param path where it came from and where an answer goes
  /// @param now the time of this turn of the loop
  void receive(byte[] octets, int at, int length, FiveTuple path, long now);

  /// All messages and orders that had come by now have been handed over: what an engine has put off
  /// until they were together, it does now. Hot; called once a turn of the loop.
  default void drained(long now) {}

  /// A stream connection has ended; nothing can be transmitted on its path any more.
  default void closed(FiveTuple path, long now) {}

  /// The enterprise half orders something; an engine ignores what is not for it.
  default void command(MediaCommand command, long now) {}

  /// How the loop has fared since it last said so: a few times a second while it has something to
  /// do.
  ///
  /// @param busy the share of that time that it worked instead of waiting, 0 to 1
  /// @param late by how many nanoseconds a deadline was missed at worst
  default void load(double busy, long late, long now) {}

  /// Time has reached [#deadline()]; may be called early or late, never twice for one deadline.
  void tick(long now);

  /// When it next wants to be ticked, or [#NEVER].
  long deadline();
}
