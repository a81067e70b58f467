package dev.parley.protocol.sctp;

/// What an established association has: an inbox, an outbox and the resetting of streams. Replaced
/// as a whole where the peer begins anew.
final class Transfer {
  /// What a FORWARD TSN takes at most, and what answers to RE-CONFIG and a request take.
  private static final int CONTROL_ROOM = 320;

  private final Endpoint end;
  private final SendQueue queue;
  final Inbox inbox;
  final Outbox outbox;
  final Resets resets;

  /// @param facts of the peer, as its INIT or INIT ACK had them
  Transfer(Endpoint end, SendQueue queue, DataChannels channels, StateCookie facts) {
    this.end = end;
    this.queue = queue;
    this.inbox = new Inbox(end, channels, facts.peerTsn());
    this.outbox = new Outbox(end, queue, facts.localTsn(), facts.window(), facts.forwardTsn());
    this.resets =
        new Resets(end, channels, outbox, inbox, facts.reset(), facts.localTsn(), facts.peerTsn());
  }

  /// Sends what may be sent; SACKs go along with DATA where there is some.
  void flush(long now) {
    int budget = outbox.budget();
    boolean more = true;
    while (more && !end.ended()) {
      resets.prepare();
      boolean data = outbox.ready(budget, now) && allowed(now);
      boolean control = inbox.sackDue() || outbox.forwardDue() || resets.due();
      // A packet stays empty where chunks were given up instead of sent.
      more =
          (data || control) && !end.ended() && (packet(data, budget, now) || outbox.forwardDue());
      queue.tellLows();
    }
  }

  private boolean allowed(long now) {
    return end.effects.allowance(now) >= end.limits.packet();
  }

  // Whether a packet went out.
  private boolean packet(boolean data, int budget, long now) {
    PacketWriter out = end.begin();
    if (inbox.sackPending()) {
      inbox.writeSack(out);
    }
    if (outbox.forwardDue() && out.room() >= CONTROL_ROOM) {
      outbox.writeForward(out, now);
    }
    if (resets.due() && out.room() >= CONTROL_ROOM) {
      resets.write(out, now);
    }
    if (data) {
      outbox.write(out, budget, now);
    }
    boolean any = !out.empty();
    if (any) {
      end.send(out);
    }
    return any;
  }
}
