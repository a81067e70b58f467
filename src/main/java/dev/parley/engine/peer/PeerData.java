package dev.parley.engine.peer;

import dev.parley.engine.Deadline;
import dev.parley.engine.Engine;
import dev.parley.media.ChannelForm;
import dev.parley.media.Counter;
import dev.parley.media.DataLimits;
import dev.parley.media.DataMessage;
import dev.parley.protocol.sctp.ChannelEnd;
import dev.parley.protocol.sctp.ChannelRefused;
import dev.parley.protocol.sctp.SctpAssociation;
import dev.parley.protocol.sctp.SctpEffects;
import dev.parley.protocol.sctp.SctpEvent;
import dev.parley.protocol.sctp.SctpLimits;
import dev.parley.protocol.sctp.SctpSetup;
import dev.parley.protocol.sdp.DataTransport;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// The data channels of one peer (RFC 8831): its SCTP association within DTLS, who may send how
/// much, and what leaves when. Confined to the peer's loop.
///
/// The association begins when both ends have agreed on data channels and DTLS is up; channels
/// asked for before wait for it.
final class PeerData implements DataEnd, SctpEffects {
  /// So many octets of a reliable channel may wait before no more should come.
  static final int CROWDED = 1 << 20;

  /// At so few, more may come.
  private static final int RELIEVED = CROWDED / 4;

  /// What waits of a lossy channel is late already.
  private static final int LATE = 32_768;

  /// A client that needs longer for a megabyte than this holds others up for too long.
  private static final long PATIENCE = 30_000_000_000L;

  private final PeerKit kit;
  private final Association dtls;
  private final DataSide side;
  private final DataIntake intake;
  private final DataPacing pacing;
  private final Map<Integer, DataChannel> channels = new HashMap<>();
  private final Map<String, DataChannel> labels = new HashMap<>();
  private final Map<String, ChannelForm> asked = new LinkedHashMap<>();
  private DataLimits limits;
  private DataTransport far;
  private SctpAssociation sctp;
  private long now;
  private int crowded;
  private boolean held;
  private boolean reads = true;
  private boolean dirty;
  private boolean released;

  PeerData(
      PeerKit kit,
      Association dtls,
      DataPacing.Media media,
      DataLimits limits,
      DataSide side,
      long now) {
    this.kit = kit;
    this.dtls = dtls;
    this.side = side;
    this.limits = limits;
    this.now = now;
    intake = new DataIntake(limits, now);
    pacing = new DataPacing(media);
  }

  void limits(DataLimits other) {
    limits = other;
    intake.limits(other);
  }

  /// Both ends agreed.
  ///
  /// @param transport the client's end, or null where there are to be no data channels (any more)
  void agreed(DataTransport transport, long time) {
    now = time;
    far = transport;
    if (far == null) {
      end();
    } else {
      begin();
    }
  }

  /// DTLS is up, for the first time or anew.
  void keyed(long time) {
    now = time;
    end();
    begin();
  }

  private void begin() {
    if (sctp != null || far == null || !dtls.keyed() || released) {
      return;
    }
    SctpSetup setup = new SctpSetup(dtls.client(), SctpSetup.PORT, far.port(), far.messageSize());
    sctp = new SctpAssociation(kit.sctp(), setup, sctpLimits(), this);
    sctp.connect(now);
    read();
    Map<String, ChannelForm> waited = new LinkedHashMap<>(asked);
    asked.clear();
    waited.values().forEach(this::make);
    stir();
  }

  private SctpLimits sctpLimits() {
    SctpLimits usual = SctpLimits.DEFAULT;
    return new SctpLimits(
        usual.packet(),
        DataLimits.LONGEST,
        usual.receiveWindow(),
        usual.sendBuffer(),
        usual.flight(),
        usual.burst(),
        limits.channels(),
        ChannelForm.LONGEST_NAME,
        usual.rtoInitial(),
        usual.rtoMin(),
        usual.rtoMax(),
        usual.sackDelay(),
        usual.heartbeat(),
        usual.patience());
  }

  /// One message of DTLS.
  void receive(byte[] octets, int at, int length, long time) {
    now = time;
    if (sctp != null) {
      sctp.receive(octets, at, length, time);
    } else {
      kit.tally().count(Counter.DATA_DROPPED);
    }
  }

  @Override
  public void open(ChannelForm form, long time) {
    now = time;
    if (released || labels.containsKey(form.label()) || asked.containsKey(form.label())) {
      return;
    }
    if (sctp != null) {
      make(form);
      stir();
    } else if (asked.size() < limits.channels()) {
      asked.put(form.label(), form);
    } else {
      side.closed(form.label(), "limit");
    }
  }

  private void make(ChannelForm form) {
    try {
      int number = sctp.open(DataChannel.parameters(form), now);
      enter(new DataChannel(number, form, false));
    } catch (ChannelRefused refused) {
      boolean ended = refused.reason() == ChannelRefused.Reason.ENDED;
      side.closed(form.label(), ended ? "failed" : "limit");
    }
  }

  private void enter(DataChannel channel) {
    channels.put(channel.number, channel);
    labels.putIfAbsent(channel.form.label(), channel);
    kit.tally().count(Counter.DATA_CHANNELS_OPENED);
  }

  @Override
  public void close(String label, long time) {
    now = time;
    asked.remove(label);
    for (DataChannel channel : channels.values().toArray(DataChannel[]::new)) {
      if (channel.form.label().equals(label)) {
        sctp.close(channel.number, time);
      }
    }
    stir();
  }

  @Override
  public DataVerdict send(DataMessage message, long time) {
    now = time;
    DataChannel channel = labels.get(message.label());
    if (channel == null) {
      kit.tally().count(Counter.DATA_UNDELIVERED);
      return DataVerdict.NO_CHANNEL;
    }
    byte[] octets = message.octets();
    if (!channel.form.reliable() && sctp.buffered(channel.number) > LATE) {
      kit.tally().count(Counter.DATA_DROPPED);
      return DataVerdict.DROPPED;
    }
    switch (sctp.send(channel.number, message.binary(), octets, 0, octets.length, time)) {
      case QUEUED -> {
        kit.tally().count(Counter.DATA_MESSAGES_OUT);
        kit.tally().add(Counter.DATA_OCTETS_OUT, octets.length);
        stir();
        return crowded(channel) ? DataVerdict.CROWDED : DataVerdict.SENT;
      }
      case FULL -> {
        return full(channel);
      }
      case TOO_LARGE -> {
        kit.tally().count(Counter.DATA_DROPPED);
        return DataVerdict.DROPPED;
      }
      case NO_CHANNEL -> {
        kit.tally().count(Counter.DATA_UNDELIVERED);
        return DataVerdict.NO_CHANNEL;
      }
    }
    throw new IllegalStateException("a verdict nobody knows");
  }

  private boolean crowded(DataChannel channel) {
    if (!channel.crowded && channel.form.reliable() && sctp.buffered(channel.number) > CROWDED) {
      channel.crowded = true;
      channel.crowdedAt = now;
      crowded++;
      sctp.lowMark(channel.number, RELIEVED);
    }
    return channel.crowded;
  }

  private DataVerdict full(DataChannel channel) {
    if (!channel.form.reliable()) {
      kit.tally().count(Counter.DATA_DROPPED);
      return DataVerdict.DROPPED;
    }
    slow(channel);
    return DataVerdict.CLOSED;
  }

  /// A reliable channel with a hole is worse than none: the client learns that it has missed
  /// something.
  private void slow(DataChannel channel) {
    kit.tally().count(Counter.DATA_TOO_SLOW);
    forget(channel, "slow");
    sctp.close(channel.number, now);
    stir();
  }

  @Override
  public void hold(boolean is, long time) {
    now = time;
    held = is;
    read();
  }

  private void read() {
    boolean should = !held && intake.resumes() == Engine.NEVER;
    if (should != reads && sctp != null) {
      reads = should;
      sctp.receiving(should, now);
      stir();
    }
  }

  @Override
  public void flush(long time) {
    now = time;
    if (dirty && sctp != null) {
      dirty = false;
      sctp.flush(time);
    }
  }

  private void stir() {
    dirty = true;
  }

  void tick(long time) {
    now = time;
    if (Deadline.due(intake.resumes(), time)) {
      intake.resumed();
      read();
    }
    if (Deadline.due(pacing.deadline(), time)) {
      pacing.tried();
      dirty = true;
    }
    if (crowded > 0) {
      impatient();
    }
    if (sctp != null && sctp.deadline() != SctpAssociation.NEVER && time - sctp.deadline() >= 0) {
      sctp.tick(time);
    }
    flush(time);
  }

  private void impatient() {
    for (DataChannel channel : channels.values().toArray(DataChannel[]::new)) {
      if (channel.crowded && now - channel.crowdedAt >= PATIENCE) {
        slow(channel);
      }
    }
  }

  long deadline() {
    long next = Deadline.earlier(intake.resumes(), pacing.deadline());
    if (sctp != null && sctp.deadline() != SctpAssociation.NEVER) {
      next = Deadline.earlier(next, sctp.deadline());
    }
    return crowded > 0 ? Deadline.earlier(next, patience()) : next;
  }

  private long patience() {
    long first = Engine.NEVER;
    for (DataChannel channel : channels.values()) {
      if (channel.crowded) {
        first = Deadline.earlier(first, Deadline.at(channel.crowdedAt + PATIENCE));
      }
    }
    return first;
  }

  // What the association orders and tells.

  @Override
  public void transmit(byte[] octets, int at, int length) {
    pacing.left(length);
    dtls.send(octets, at, length);
  }

  @Override
  public int allowance(long time) {
    return pacing.allowance(time);
  }

  @Override
  public void message(int number, boolean binary, byte[] octets, int at, int length) {
    DataChannel channel = channels.get(number);
    if (channel == null || released) {
      return;
    }
    kit.tally().count(Counter.DATA_MESSAGES_IN);
    kit.tally().add(Counter.DATA_OCTETS_IN, length);
    if (!intake.take(length, now)) {
      kit.tally().count(Counter.DATA_HELD);
      read();
    }
    byte[] kept = Arrays.copyOfRange(octets, at, at + length);
    side.received(new DataMessage(channel.form.label(), binary, kept));
  }

  @Override
  public void happened(SctpEvent event) {
    switch (event) {
      case SctpEvent.Up _ -> kit.tally().count(Counter.SCTP_ESTABLISHED);
      case SctpEvent.Opened(int number, var parameters) -> {
        DataChannel channel = new DataChannel(number, DataChannel.form(parameters), true);
        enter(channel);
        side.opened(channel.form);
      }
      case SctpEvent.Acknowledged(int number) -> acknowledged(channels.get(number));
      case SctpEvent.Closed(int number, ChannelEnd why) -> {
        DataChannel channel = channels.get(number);
        if (channel != null) {
          forget(channel, reason(why));
        }
      }
      case SctpEvent.Low(int number) -> relieve(channels.get(number));
      case SctpEvent.Ended _ -> {
        kit.tally().count(Counter.SCTP_ENDED);
        sctp = null;
        relieved();
      }
    }
  }

  private void acknowledged(DataChannel channel) {
    if (channel != null && !channel.open) {
      channel.open = true;
      side.opened(channel.form);
    }
  }

  private static String reason(ChannelEnd why) {
    return switch (why) {
      case CLOSED_HERE, CLOSED_BY_PEER -> "closed";
      case MESSAGE_TOO_LARGE -> "too-long";
      case PROTOCOL, RESTARTED, ASSOCIATION_ENDED -> "failed";
    };
  }

  private void relieve(DataChannel channel) {
    if (channel != null && channel.crowded) {
      channel.crowded = false;
      crowded--;
      relieved();
    }
  }

  private void relieved() {
    if (crowded == 0) {
      side.relieved();
    }
  }

  private void forget(DataChannel channel, String reason) {
    channels.remove(channel.number);
    kit.tally().count(Counter.DATA_CHANNELS_CLOSED);
    String label = channel.form.label();
    if (labels.remove(label, channel)) {
      for (DataChannel other : channels.values()) {
        if (other.form.label().equals(label)) {
          labels.put(label, other);
          break;
        }
      }
    }
    relieve(channel);
    if (!labels.containsKey(label) && !released) {
      side.closed(label, reason);
    }
  }

  /// The association has no DTLS any more, or the channels no section.
  private void end() {
    SctpAssociation old = sctp;
    sctp = null;
    for (DataChannel channel : channels.values().toArray(DataChannel[]::new)) {
      forget(channel, "failed");
    }
    if (old != null) {
      kit.tally().count(Counter.SCTP_ENDED);
    }
    reads = true;
    dirty = false;
  }

  /// The peer has closed.
  void release() {
    released = true;
    end();
    asked.clear();
  }
}
