package dev.parley.protocol.sctp;

/// The association from its beginning to its end: what is established, what time brings, and how it
/// ends (RFC 9260, sections 4, 8 and 9).
final class Lifecycle implements Handshake.Established {
  private static final byte[] NONE = new byte[0];

  private final Endpoint end;
  private final SendQueue queue;
  private final DataChannels channels;
  private final Handshake handshake;
  private final Heartbeat heartbeat;
  private final Farewell farewell;
  private Transfer transfer;

  Lifecycle(Endpoint end, SendQueue queue, DataChannels channels) {
    this.end = end;
    this.queue = queue;
    this.channels = channels;
    this.handshake = new Handshake(end, this);
    this.heartbeat = new Heartbeat(end);
    this.farewell = new Farewell(end);
  }

  Handshake handshake() {
    return handshake;
  }

  Heartbeat heartbeat() {
    return heartbeat;
  }

  Farewell farewell() {
    return farewell;
  }

  /// Null before the association is up, and when it is over.
  Transfer transfer() {
    return transfer;
  }

  @Override
  public void established(StateCookie facts, boolean restart, long now) {
    if (restart) {
      end.timers.clear();
      channels.endAll(ChannelEnd.RESTARTED);
    }
    transfer = new Transfer(end, queue, channels, facts);
    heartbeat.begin(now);
    channels.up(facts.streams());
    end.effects.happened(new SctpEvent.Up());
  }

  SctpCounts counts() {
    Outbox out = transfer == null ? null : transfer.outbox;
    return new SctpCounts(
        end.packetsIn,
        end.packetsOut,
        end.refused,
        end.messagesIn,
        queue.released(),
        end.retransmissions,
        queue.abandoned(),
        out == null ? 0 : out.congestion().window(),
        out == null ? 0 : out.roundTrip().smoothed());
  }

  void tick(long now) {
    if (end.silent(now)) {
      abort(CauseCode.USER_INITIATED_ABORT, SctpEnd.SILENCE);
      return;
    }
    if (end.timers.due(Timer.HANDSHAKE, now)) {
      handshakeDue(now);
    }
    if (transfer == null) {
      return;
    }
    if (end.timers.due(Timer.RETRANSMIT, now)) {
      transfer.outbox.timedOut();
    }
    if (end.timers.due(Timer.SACK, now)) {
      transfer.inbox.sackAtOnce();
    }
    if (end.timers.due(Timer.RESET, now)) {
      transfer.resets.timedOut();
    }
    if (end.timers.due(Timer.HEARTBEAT, now)) {
      heartbeat.due(now, transfer.outbox.roundTrip());
    }
  }

  private void handshakeDue(long now) {
    if (transfer == null) {
      handshake.timedOut(now);
    } else {
      transfer.outbox.roundTrip().backOff();
      farewell.send(transfer, now);
    }
  }

  void flush(long now) {
    if (transfer != null && !end.ended()) {
      transfer.flush(now);
      if (!end.ended()) {
        farewell.step(transfer, now);
      }
    }
  }

  /// Ends it at once, with a word to the peer where there is one.
  void abort(CauseCode cause, SctpEnd why) {
    if (end.ended()) {
      return;
    }
    if (end.peerTag != 0) {
      end.sendCause(ChunkType.ABORT, cause, NONE);
    }
    end(why);
  }

  @Override
  public void end(SctpEnd why) {
    if (end.ended()) {
      return;
    }
    end.state = SctpAssociation.State.ENDED;
    end.timers.clear();
    channels.endAll(ChannelEnd.ASSOCIATION_ENDED);
    transfer = null;
    end.effects.happened(new SctpEvent.Ended(why));
  }
}
