package dev.parley.protocol.sctp;

/// One end of an SCTP association over DTLS (RFC 9260, RFC 8261) with the data channels of WebRTC
/// on it (RFC 8831, RFC 8832). Confined to the loop of its peer.
///
/// Packets and time go in, [SctpEffects] come out. Times are nanoseconds of one monotonic clock,
/// compared by subtraction. [#receive], [#tick] and [#flush] transmit; all else waits for one of
/// them, so that what belongs together shares packets.
public final class SctpAssociation {
  /// No deadline: tick only after the next input.
  public static final long NEVER = Long.MAX_VALUE;

  /// How far an association is (RFC 9260, section 4).
  public enum State {
    /// Nothing was sent; an INIT of the peer is answered.
    CLOSED,
    COOKIE_WAIT,
    COOKIE_ECHOED,
    ESTABLISHED,
    SHUTDOWN_PENDING,
    SHUTDOWN_SENT,
    SHUTDOWN_RECEIVED,
    SHUTDOWN_ACK_SENT,
    /// It is over for ever.
    ENDED
  }

  private State state = State.CLOSED;

  public SctpAssociation(SctpKit kit, SctpSetup setup, SctpLimits limits, SctpEffects effects) {}

  /// Begins the handshake: DTLS is established. Both ends may; a second call changes nothing.
  public void connect(long now) {}

  /// Takes one SCTP packet: one message of DTLS. What is not one is dropped and counted.
  ///
  /// @param packet valid during the call only
  public void receive(byte[] packet, int at, int length, long now) {}

  /// Time has reached [#deadline()]; may be called early or late.
  public void tick(long now) {}

  /// Sends what may be sent: to be called after [#send], [#open] and [#close], once a turn of the
  /// loop, or when [SctpEffects#allowance] has grown.
  public void flush(long now) {}

  /// When it next wants to be ticked, or [#NEVER]. In the past while something waits for [#flush].
  public long deadline() {
    return NEVER;
  }

  public State state() {
    return state;
  }

  /// Opens a channel (RFC 8832); messages may be sent on it at once, before the association is up.
  ///
  /// @return its number: the stream identifier
  public int open(ChannelParameters parameters, long now) throws ChannelRefused {
    throw new ChannelRefused(ChannelRefused.Reason.ENDED);
  }

  /// Makes a channel both ends have agreed on by other means, without a word to the peer.
  ///
  /// @param channel 0 to 65534
  public void agreed(int channel, ChannelParameters parameters, long now) throws ChannelRefused {
    throw new ChannelRefused(ChannelRefused.Reason.ENDED);
  }

  /// Queues one message. The octets are not copied: nobody may change them any more, but any number
  /// of associations may be handed the same ones.
  ///
  /// @param binary false for text in UTF-8
  /// @param length may be 0
  public SendVerdict send(
      int channel, boolean binary, byte[] octets, int at, int length, long now) {
    return SendVerdict.NO_CHANNEL;
  }

  /// Octets of a channel's messages that were not sent yet; 0 where there is no such channel.
  public long buffered(int channel) {
    return 0;
  }

  /// Octets of all messages that are not acknowledged yet, sent or not: what
  /// [SctpLimits#sendBuffer] bounds.
  public long held() {
    return 0;
  }

  /// Asks for [SctpEvent.Low] whenever [#buffered] falls to this or below it; 0 at first.
  public void lowMark(int channel, long octets) {}

  /// Closes a channel after what was queued on it (RFC 8831, section 6.7); [SctpEvent.Closed]
  /// follows when both ends have.
  public void close(int channel, long now) {}

  /// Back-pressure: while it is off, the peer is told a window of 0 and at most one more window of
  /// messages comes.
  public void receiving(boolean on, long now) {}

  /// Ends the association after all messages have arrived (RFC 9260, section 9.2).
  public void shutdown(long now) {}

  /// Ends it at once; the peer is told by one packet.
  public void abort(long now) {}

  /// What it has counted since it began; a new record.
  public SctpCounts counts() {
    return new SctpCounts(0, 0, 0, 0, 0, 0, 0, 0, 0);
  }
}
