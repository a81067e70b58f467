package dev.parley.protocol.sctp;

import java.util.ArrayDeque;

/// The messages that have not gone out whole: the channels take turns, a message each (RFC 8831,
/// section 6.6: without interleaving, a message that was begun is finished first).
final class SendQueue {
  /// What a message costs beside its octets, so that many empty ones are bounded, too.
  static final int MESSAGE_CHARGE = 64;

  private final ArrayDeque<Channel> turns = new ArrayDeque<>();
  private final ArrayDeque<Channel> lows = new ArrayDeque<>();
  private final SctpEffects effects;
  private long held;
  private long released;
  private long abandoned;

  SendQueue(SctpEffects effects) {
    this.effects = effects;
  }

  /// Octets and charges of all messages from here to their acknowledgement.
  long held() {
    return held;
  }

  /// Messages that are acknowledged or given up.
  long released() {
    return released;
  }

  /// Messages given up.
  long abandoned() {
    return abandoned;
  }

  void add(OutMessage message) {
    Channel channel = message.channel;
    if (channel.last == null) {
      channel.first = message;
    } else {
      channel.last.next = message;
    }
    channel.last = message;
    channel.buffered += message.buffered();
    held += message.charge();
    if (!channel.scheduled) {
      channel.scheduled = true;
      turns.add(channel);
    }
  }

  boolean empty() {
    return turns.isEmpty();
  }

  /// The message whose turn it is, or null. Those that have lived too long before they were begun
  /// are given up on the way.
  OutMessage peek(long now) {
    while (!turns.isEmpty()) {
      OutMessage message = turns.peek().first;
      if (message.abandoned || message.sent == 0 && message.expired(now)) {
        abandon(message);
        skip(message);
      } else {
        return message;
      }
    }
    return null;
  }

  /// Octets of the message whose turn it is have got a TSN.
  void sent(OutMessage message, int octets) {
    if (message.sent == 0 && !message.unordered) {
      message.ssn = message.channel.nextSsn;
      message.channel.nextSsn = message.ssn + 1 & 0xffff;
    }
    int before = message.buffered();
    message.sent += octets;
    less(message.channel, before - message.buffered());
  }

  /// The message whose turn it is went out whole: the next channel's turn.
  void done(OutMessage message) {
    Channel channel = turns.remove();
    unlink(channel);
    if (channel.first != null) {
      turns.add(channel);
    } else {
      channel.scheduled = false;
    }
  }

  private void skip(OutMessage message) {
    int left = message.buffered();
    message.sent = message.length;
    done(message);
    less(message.channel, left);
    if (message.chunks == 0) {
      release(message);
    }
  }

  private static void unlink(Channel channel) {
    channel.first = channel.first.next;
    if (channel.first == null) {
      channel.last = null;
    }
  }

  private void less(Channel channel, int octets) {
    long before = channel.buffered;
    channel.buffered -= octets;
    if (before > channel.lowMark && channel.buffered <= channel.lowMark && !channel.low) {
      channel.low = true;
      lows.add(channel);
    }
  }

  /// Tells of the channels that have fallen to their low marks; no packet is being written now.
  void tellLows() {
    while (!lows.isEmpty()) {
      Channel channel = lows.remove();
      channel.low = false;
      if (channel.open()) {
        effects.happened(new SctpEvent.Low(channel.id));
      }
    }
  }

  /// A message is acknowledged or given up and costs nothing any more.
  void release(OutMessage message) {
    held -= message.charge();
    released++;
  }

  /// A message is given up (RFC 3758); what of it has no TSN yet never gets one.
  void abandon(OutMessage message) {
    if (!message.abandoned) {
      message.abandoned = true;
      abandoned++;
    }
  }

  /// The association is over or begins anew: all is forgotten, of the channels that end with it.
  void clear() {
    turns.clear();
    lows.clear();
    held = 0;
  }

  /// Nobody reads this channel any more: what was not begun is forgotten.
  void forget(Channel channel) {
    OutMessage begun = channel.first != null && channel.first.sent > 0 ? channel.first : null;
    for (OutMessage message = channel.first; message != null; message = message.next) {
      if (message != begun) {
        held -= message.charge();
        channel.buffered -= message.buffered();
      }
    }
    channel.first = begun;
    channel.last = begun;
    if (begun != null) {
      begun.next = null;
    } else if (channel.scheduled) {
      channel.scheduled = false;
      turns.remove(channel);
    }
  }
}
