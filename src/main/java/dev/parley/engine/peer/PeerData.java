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
import dev.parley.protocol.sctp.SctpSetup;
import dev.parley.protocol.sctp.SendVerdict;
import dev.parley.protocol.sdp.DataTransport;
import java.util.Arrays;
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

  /// Channels that a client has opened above what it may, and is told about.
  private static final int SPARE = 1;

  /// A client that needs longer for a megabyte than this holds others up for too long.
  private static final long PATIENCE = 30_000_000_000L;

  private final PeerKit kit;
  private final Association dtls;
  private final DataSide side;
  private final DataIntake intake;
  private final DataPacing pacing;
  private final DataChannels channels = new DataChannels();
  private final Map<String, ChannelForm> asked = new LinkedHashMap<>();
  private DataLimits limits;
  private DataTransport far;
  private SctpAssociation sctp;
  private long now;
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
    sctp =
        new SctpAssociation(kit.sctp(), setup, DataChannel.limits(limits.channels() + SPARE), this);
    sctp.connect(now);
    read();
    Map<String, ChannelForm> waited = new LinkedHashMap<>(asked);
    asked.clear();
    waited.values().forEach(this::make);
    dirty = true;
  }

  /// One message of DTLS.
  void receive(byte[] octets, int at, int length, long time) {
    now = time;
    if (sctp == null) {
      // Where the one before has ended, the client may begin anew.
      begin();
    }
    if (sctp != null) {
      sctp.receive(octets, at, length, time);
    } else {
      kit.tally().count(Counter.DATA_DROPPED);
    }
  }

  @Override
  public void open(ChannelForm form, long time) {
    now = time;
    if (released || channels.labelled(form.label()) != null || asked.containsKey(form.label())) {
      return;
    }
    if (sctp != null) {
      make(form);
      dirty = true;
    } else if (asked.size() < limits.channels()) {
      asked.put(form.label(), form);
    } else {
      side.closed(form.label(), "limit");
    }
  }

  private void make(ChannelForm form) {
    if (channels.size() >= limits.channels()) {
      side.closed(form.label(), "limit");
      return;
    }
    try {
      int number = sctp.open(DataChannel.parameters(form), now);
      enter(new DataChannel(number, form, false));
    } catch (ChannelRefused refused) {
      boolean ended = refused.reason() == ChannelRefused.Reason.ENDED;
      side.closed(form.label(), ended ? "failed" : "limit");
    }
  }

  private void enter(DataChannel channel) {
    channels.enter(channel);
    kit.tally().count(Counter.DATA_CHANNELS_OPENED);
  }

  @Override
  public void close(String label, long time) {
    now = time;
    asked.remove(label);
    for (DataChannel channel : channels.all()) {
      if (channel.form.label().equals(label)) {
        sctp.close(channel.number, time);
      }
    }
    dirty = true;
  }

  @Override
  public DataVerdict send(DataMessage message, long time) {
    now = time;
    DataChannel channel = channels.labelled(message.label());
    if (channel == null) {
      kit.tally().count(Counter.DATA_UNDELIVERED);
      return DataVerdict.NO_CHANNEL;
    }
    byte[] octets = message.octets();
    if (!channel.form.reliable() && sctp.buffered(channel.number) > LATE) {
      kit.tally().count(Counter.DATA_DROPPED);
      return DataVerdict.DROPPED;
    }
    SendVerdict verdict =
        sctp.send(channel.number, message.binary(), octets, 0, octets.length, time);
    if (verdict != SendVerdict.QUEUED) {
      return refused(verdict, channel);
    }
    kit.tally().count(Counter.DATA_MESSAGES_OUT);
    kit.tally().add(Counter.DATA_OCTETS_OUT, octets.length);
    dirty = true;
    return crowded(channel) ? DataVerdict.CROWDED : DataVerdict.SENT;
  }

  private DataVerdict refused(SendVerdict verdict, DataChannel channel) {
    if (verdict == SendVerdict.FULL && channel.form.reliable()) {
      slow(channel);
      return DataVerdict.CLOSED;
    }
    boolean none = verdict == SendVerdict.NO_CHANNEL;
    kit.tally().count(none ? Counter.DATA_UNDELIVERED : Counter.DATA_DROPPED);
    return none ? DataVerdict.NO_CHANNEL : DataVerdict.DROPPED;
  }

  private boolean crowded(DataChannel channel) {
    if (!channel.crowded && channel.form.reliable() && sctp.buffered(channel.number) > CROWDED) {
      channels.crowd(channel, now);
      sctp.lowMark(channel.number, RELIEVED);
    }
    return channel.crowded;
  }

  /// A reliable channel with a hole is worse than none: the client learns that it has missed
  /// something.
  private void slow(DataChannel channel) {
    kit.tally().count(Counter.DATA_TOO_SLOW);
    forget(channel, "slow");
    sctp.close(channel.number, now);
    dirty = true;
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
      dirty = true;
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
    if (channels.crowded()) {
      impatient();
    }
    if (sctp != null && sctp.deadline() != SctpAssociation.NEVER && time - sctp.deadline() >= 0) {
      sctp.tick(time);
    }
    flush(time);
  }

  private void impatient() {
    for (DataChannel channel : channels.all()) {
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
    return Deadline.earlier(next, channels.crowdedUntil(PATIENCE));
  }

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
    DataChannel channel = channels.of(number);
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
        if (channels.size() < limits.channels()) {
          enter(channel);
          side.opened(channel.form);
        } else {
          refuse(channel);
        }
      }
      case SctpEvent.Acknowledged(int number) -> acknowledged(channels.of(number));
      case SctpEvent.Closed(int number, ChannelEnd why) -> {
        DataChannel channel = channels.of(number);
        if (channel != null) {
          forget(channel, reason(why));
        }
      }
      case SctpEvent.Low(int number) -> relieve(channels.of(number));
      case SctpEvent.Ended _ -> {
        kit.tally().count(Counter.SCTP_ENDED);
        sctp = null;
      }
    }
  }

  private void refuse(DataChannel channel) {
    sctp.close(channel.number, now);
    dirty = true;
    if (channels.labelled(channel.form.label()) == null) {
      side.closed(channel.form.label(), "limit");
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
    if (channels.relieve(channel)) {
      side.relieved();
    }
  }

  private void forget(DataChannel channel, String reason) {
    channels.remove(channel);
    kit.tally().count(Counter.DATA_CHANNELS_CLOSED);
    relieve(channel);
    if (channels.labelled(channel.form.label()) == null && !released) {
      side.closed(channel.form.label(), reason);
    }
  }

  /// The association has no DTLS any more, or the channels no section.
  private void end() {
    SctpAssociation old = sctp;
    sctp = null;
    for (DataChannel channel : channels.all()) {
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
