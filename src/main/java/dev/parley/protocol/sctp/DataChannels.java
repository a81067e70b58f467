package dev.parley.protocol.sctp;

import dev.parley.wire.Octets;
import java.util.ArrayDeque;

/// The data channels of an association: opened by DCEP or by agreement, closed by resetting both
/// streams (RFC 8831, section 6; RFC 8832, section 6).
final class DataChannels {
  /// Openings beyond the bound that are told so, each by a reset; more are dropped without a word.
  private static final int REFUSALS = 16;

  /// Streams that openings of both ends go round.
  private static final int ROUND = 8192;

  /// The last stream is 65534 (RFC 8832, section 6).
  private static final int STREAMS = 65_535;

  private static final byte[] ACK = {Dcep.ACK};
  private static final byte[] EMPTY = {0};

  private final Endpoint end;
  private final SendQueue queue;
  private final ChannelTable table = new ChannelTable();
  private final ArrayDeque<Channel> toReset = new ArrayDeque<>();
  private int streams = STREAMS;
  // Streams below were used and cannot be reset: their sequence numbers go on.
  private int fresh;
  private int turn;

  DataChannels(Endpoint end, SendQueue queue) {
    this.end = end;
    this.queue = queue;
  }

  Channel of(int stream) {
    return table.of(stream);
  }

  /// All of them, in an array of their own.
  Channel[] all() {
    return table.all();
  }

  /// The channels that are closing and whose outgoing stream was not reset yet.
  ArrayDeque<Channel> toReset() {
    return toReset;
  }

  int open(ChannelParameters parameters, long now) throws ChannelRefused {
    int id = free();
    Channel channel = add(id, parameters);
    byte[] message = Dcep.open(parameters);
    queue.add(
        new OutMessage(
            channel, PayloadProtocol.WEBRTC_DCEP, message, 0, message.length, false, now));
    return id;
  }

  // The next stream of this end, or one there is not. They take turns: the peer may not have heard
  // yet that one which has just become free here is free at its end, too.
  private int free() {
    // Even streams are the DTLS client's (RFC 8832, section 6).
    int parity = end.setup.dtlsClient() ? 0 : 1;
    int round = fresh > 0 ? STREAMS : Math.max(ROUND, 4 * end.limits.channels());
    int lower = fresh / 2;
    int span = (Math.min(streams, round) - parity + 1) / 2 - lower;
    for (int i = 0; i < span; i++) {
      int id = 2 * (lower + (turn + i) % span) + parity;
      if (table.of(id) == null) {
        turn = (turn + i + 1) % span;
        return id;
      }
    }
    return STREAMS;
  }

  void agreed(int id, ChannelParameters parameters) throws ChannelRefused {
    if (id < 0 || table.of(id) != null) {
      throw new ChannelRefused(ChannelRefused.Reason.STREAM_TAKEN);
    }
    add(id, parameters).acknowledged = true;
  }

  private Channel add(int id, ChannelParameters parameters) throws ChannelRefused {
    if (Dcep.tooLong(parameters, end.limits.label())) {
      throw new ChannelRefused(ChannelRefused.Reason.LABEL);
    }
    if (id >= streams || table.count() >= end.limits.channels()) {
      throw new ChannelRefused(ChannelRefused.Reason.TOO_MANY);
    }
    Channel channel = new Channel(id, parameters);
    table.add(channel);
    return channel;
  }

  SendVerdict send(int id, boolean binary, byte[] octets, int at, int length, long now) {
    Channel channel = table.of(id);
    long most = end.setup.messageMost();
    if (channel == null || !channel.open()) {
      return SendVerdict.NO_CHANNEL;
    }
    int room = end.limits.sendBuffer() - SendQueue.MESSAGE_CHARGE;
    if (most > 0 && length > most || length > room) {
      return SendVerdict.TOO_LARGE;
    }
    if (queue.held() + length > room) {
      return SendVerdict.FULL;
    }
    boolean empty = length == 0;
    queue.add(
        new OutMessage(
            channel,
            PayloadProtocol.of(binary, empty),
            empty ? EMPTY : octets,
            empty ? 0 : at,
            empty ? 1 : length,
            true,
            now));
    return SendVerdict.QUEUED;
  }

  void close(int id) {
    Channel channel = table.of(id);
    if (channel != null && channel.open()) {
      closing(channel, ChannelEnd.CLOSED_HERE);
    }
  }

  private void closing(Channel channel, ChannelEnd why) {
    channel.state = Channel.State.CLOSING;
    channel.why = why;
    toReset.add(channel);
  }

  /// One whole message of the peer.
  void deliver(int stream, int code, byte[] octets, int at, int length) {
    PayloadProtocol protocol = PayloadProtocol.of(code);
    Channel channel = table.of(stream);
    if (protocol == PayloadProtocol.WEBRTC_DCEP) {
      control(stream, channel, octets, at, length);
    } else if (protocol == null || channel == null || channel.resetIn) {
      end.refused++;
    } else if (channel.open()) {
      channel.acknowledged = true;
      end.messagesIn++;
      int size = protocol.empty() ? 0 : length;
      end.effects.message(stream, protocol.binary(), octets, at, size);
    }
  }

  private void control(int stream, Channel channel, byte[] octets, int at, int length) {
    int type = Octets.u8(octets, at);
    if (type == Dcep.OPEN) {
      opened(stream, channel, octets, at, length);
    } else if (type == Dcep.ACK && channel != null && channel.open()) {
      if (!channel.told) {
        channel.acknowledged = true;
        channel.told = true;
        end.effects.happened(new SctpEvent.Acknowledged(stream));
      }
    } else {
      end.refused++;
    }
  }

  private void opened(int stream, Channel former, byte[] octets, int at, int length) {
    if (former != null && former.resetIn && former.resetting) {
      // The peer uses the stream anew, so it has taken this end's request: its answer was lost.
      resetHere(former);
    }
    Channel channel = table.of(stream);
    if (channel != null) {
      end.refused++;
      if (channel.open()) {
        queue.forget(channel);
        closing(channel, ChannelEnd.PROTOCOL);
      }
      return;
    }
    ChannelParameters parameters = Dcep.open(octets, at, length, end.limits.label());
    if (parameters == null || stream >= streams || table.count() >= end.limits.channels()) {
      refuse(stream);
      return;
    }
    Channel opened = new Channel(stream, parameters);
    opened.acknowledged = true;
    opened.told = true;
    table.add(opened);
    // Its first message is in order whatever the channel is (RFC 8832, section 5.2).
    queue.add(new OutMessage(opened, PayloadProtocol.WEBRTC_DCEP, ACK, 0, ACK.length, false, 0));
    end.effects.happened(new SctpEvent.Opened(stream, parameters));
  }

  private void refuse(int stream) {
    end.refused++;
    if (stream < streams && table.count() < end.limits.channels() + REFUSALS) {
      Channel refused = new Channel(stream, null);
      table.add(refused);
      closing(refused, ChannelEnd.PROTOCOL);
    }
  }

  /// A message of the peer is larger than is taken: the channel cannot go on without it.
  void tooLarge(int stream) {
    end.refused++;
    Channel channel = table.of(stream);
    if (channel != null && channel.open()) {
      closing(channel, ChannelEnd.MESSAGE_TOO_LARGE);
    }
  }

  /// The peer has reset its stream: it sends nothing more on the channel (RFC 8831, section 6.7).
  void resetByPeer(Channel channel) {
    channel.expectedSsn = 0;
    channel.forgetWaiting();
    channel.resetIn = true;
    if (channel.open()) {
      queue.forget(channel);
      closing(channel, ChannelEnd.CLOSED_BY_PEER);
    }
    ended(channel);
  }

  /// The peer has agreed that this end's stream is reset.
  void resetHere(Channel channel) {
    channel.resetOut = true;
    ended(channel);
  }

  /// The peer cannot reset streams: the channel is gone here without it.
  void drop(Channel channel) {
    fresh = Math.max(fresh, (channel.id & ~1) + 2);
    turn = 0;
    channel.resetIn = true;
    channel.resetOut = true;
    ended(channel);
  }

  private void ended(Channel channel) {
    if (channel.resetIn && channel.resetOut && channel.state != Channel.State.CLOSED) {
      channel.state = Channel.State.CLOSED;
      table.remove(channel);
      tell(channel, channel.why);
    }
  }

  private void tell(Channel channel, ChannelEnd why) {
    if (channel.parameters != null) {
      end.effects.happened(new SctpEvent.Closed(channel.id, why));
    }
  }

  /// The association is up: the peer has so many incoming streams.
  void up(int incoming) {
    streams = Math.min(STREAMS, incoming);
    for (Channel channel : table.all()) {
      if (channel.id >= streams) {
        queue.forget(channel);
        channel.why = ChannelEnd.PROTOCOL;
        channel.state = Channel.State.CLOSING;
        channel.resetIn = true;
        channel.resetOut = true;
        ended(channel);
      }
    }
  }

  /// The association is over or begins anew: so do all channels end.
  void endAll(ChannelEnd why) {
    toReset.clear();
    queue.clear();
    for (Channel channel : table.all()) {
      channel.state = Channel.State.CLOSED;
      table.remove(channel);
      tell(channel, channel.why == null ? why : channel.why);
    }
  }
}
