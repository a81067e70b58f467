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

  private final Endpoint end;
  private final SendQueue queue;
  private final DataChannels channels;
  private final Lifecycle lifecycle;
  private final PacketHandling packets;
  private boolean busy;

  public SctpAssociation(SctpKit kit, SctpSetup setup, SctpLimits limits, SctpEffects effects) {
    this.end = new Endpoint(kit, setup, limits, effects);
    this.queue = new SendQueue(effects);
    this.channels = new DataChannels(end, queue);
    this.lifecycle = new Lifecycle(end, queue, channels);
    this.packets = new PacketHandling(end, lifecycle);
  }

  /// Begins the handshake: DTLS is established. Both ends may; a second call changes nothing.
  public void connect(long now) {
    if (end.state == State.CLOSED) {
      lifecycle.handshake().begin(now);
    }
  }

  /// Takes one SCTP packet: one message of DTLS. What is not one is dropped and counted.
  ///
  /// @param packet valid during the call only
  public void receive(byte[] packet, int at, int length, long now) {
    boolean outer = busy;
    busy = true;
    packets.receive(packet, at, length, now);
    busy = outer;
    flush(now);
  }

  /// Time has reached [#deadline()]; may be called early or late.
  public void tick(long now) {
    boolean outer = busy;
    busy = true;
    lifecycle.tick(now);
    busy = outer;
    flush(now);
  }

  /// Sends what may be sent: to be called after [#send], [#open] and [#close], once a turn of the
  /// loop, or when [SctpEffects#allowance] has grown.
  public void flush(long now) {
    if (busy) {
      // From inside an effect: whoever is at work flushes afterwards.
      end.timers.set(Timer.FLUSH, now);
      return;
    }
    busy = true;
    end.timers.clear(Timer.FLUSH);
    lifecycle.flush(now);
    busy = false;
  }

  /// When it next wants to be ticked, or [#NEVER]. In the past while something waits for [#flush].
  public long deadline() {
    return end.timers.earliest();
  }

  public State state() {
    return end.state;
  }

  /// Opens a channel (RFC 8832); messages may be sent on it at once, before the association is up.
  ///
  /// @return its number: the stream identifier
  public int open(ChannelParameters parameters, long now) throws ChannelRefused {
    usable();
    int channel = channels.open(parameters, now);
    end.timers.set(Timer.FLUSH, now);
    return channel;
  }

  /// Makes a channel both ends have agreed on by other means, without a word to the peer.
  ///
  /// @param channel 0 to 65534
  public void agreed(int channel, ChannelParameters parameters) throws ChannelRefused {
    usable();
    channels.agreed(channel, parameters);
  }

  private void usable() throws ChannelRefused {
    if (end.state.compareTo(State.ESTABLISHED) > 0) {
      throw new ChannelRefused(ChannelRefused.Reason.ENDED);
    }
  }

  /// Queues one message. The octets are not copied: nobody may change them any more, but any number
  /// of associations may be handed the same ones.
  ///
  /// @param binary false for text in UTF-8
  /// @param length may be 0
  public SendVerdict send(
      int channel, boolean binary, byte[] octets, int at, int length, long now) {
    if (end.state.compareTo(State.ESTABLISHED) > 0) {
      return SendVerdict.NO_CHANNEL;
    }
    SendVerdict verdict = channels.send(channel, binary, octets, at, length, now);
    if (verdict.taken()) {
      end.timers.set(Timer.FLUSH, now);
    }
    return verdict;
  }

  /// Octets of a channel's messages that were not sent yet; 0 where there is no such channel.
  public long buffered(int channel) {
    Channel known = channels.of(channel);
    return known == null ? 0 : known.buffered;
  }

  /// Octets of all messages that are not acknowledged yet, sent or not, and 64 for each: what
  /// [SctpLimits#sendBuffer] bounds.
  public long held() {
    return queue.held();
  }

  /// Octets of the peer's messages that are not whole or not in order yet, and 64 for each chunk.
  public long incoming() {
    return lifecycle.transfer() == null ? 0 : lifecycle.transfer().inbox.held();
  }

  /// Asks for [SctpEvent.Low] whenever [#buffered] falls to this or below it; 0 at first.
  public void lowMark(int channel, long octets) {
    Channel known = channels.of(channel);
    if (known != null) {
      known.lowMark = octets;
    }
  }

  /// Closes a channel after what was queued on it (RFC 8831, section 6.7); [SctpEvent.Closed]
  /// follows when both ends have.
  public void close(int channel, long now) {
    channels.close(channel);
    end.timers.set(Timer.FLUSH, now);
  }

  /// Back-pressure: while it is off, the peer is told a window of 0 and at most one more window of
  /// messages comes.
  public void receiving(boolean on, long now) {
    if (lifecycle.transfer() != null && !end.ended()) {
      lifecycle.transfer().inbox.receiving(on);
      end.timers.set(Timer.FLUSH, now);
    }
  }

  /// Ends the association after all messages have arrived (RFC 9260, section 9.2).
  public void shutdown(long now) {
    switch (end.state) {
      case CLOSED, COOKIE_WAIT, COOKIE_ECHOED -> abort();
      case ESTABLISHED -> {
        end.state = State.SHUTDOWN_PENDING;
        end.timers.set(Timer.FLUSH, now);
      }
      default -> {}
    }
  }

  /// Ends it at once; the peer is told by one packet.
  public void abort() {
    lifecycle.abort(CauseCode.USER_INITIATED_ABORT, SctpEnd.ABORTED_HERE);
  }

  /// What it has counted since it began; a new record.
  public SctpCounts counts() {
    return lifecycle.counts();
  }
}
