package dev.parley.engine.sfu;

import dev.parley.engine.Engine;
import dev.parley.engine.peer.DataEnd;
import dev.parley.engine.peer.DataVerdict;
import dev.parley.engine.peer.PeerReadings;
import dev.parley.engine.peer.ReceptionStatistics;
import dev.parley.media.ChannelForm;
import dev.parley.media.DataMessage;
import dev.parley.media.PeerPolicy;
import dev.parley.media.PeerState;
import dev.parley.media.SdpType;
import dev.parley.media.SourceView;
import dev.parley.protocol.sdp.Outgoing;
import dev.parley.wire.FiveTuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A peer without a client: keeps what the room orders; what it tells the room is the test's to
/// say.
final class FakePeer implements PeerEnd {
  int restarts;
  final Member side;
  final List<String> orders = new ArrayList<>();
  final Map<String, FakeSender> senders = new LinkedHashMap<>();
  final List<Layer> keyFrames = new ArrayList<>();
  List<Outgoing> wanted = List.of();
  boolean accepts = true;
  boolean broken;
  DataVerdict verdict = DataVerdict.SENT;
  int flushed;
  long deadline = Engine.NEVER;
  long estimate = -1;
  long lasting = -1;
  long useful;
  long roundTrip = -1;
  final Map<Integer, ReceptionStatistics> receptions = new HashMap<>();
  private int sections;

  FakePeer(Member side) {
    this.side = side;
  }

  /// The sender of what comes from a participant, of a kind.
  FakeSender sender(String participant, dev.parley.protocol.sdp.Kind kind) {
    for (FakeSender sender : senders.values()) {
      if (sender.outgoing.stream().equals(participant) && sender.outgoing.kind() == kind) {
        return sender;
      }
    }
    return null;
  }

  @Override
  public void receive(byte[] octets, int at, int length, FiveTuple path, long now) {
    if (broken) {
      throw new IllegalStateException("a bug");
    }
    orders.add("receive " + length);
  }

  @Override
  public void closed(FiveTuple path, long now) {
    orders.add("closed");
  }

  @Override
  public void describe(long number, SdpType type, String sdp, List<SourceView> sources, long now) {
    orders.add("describe " + number + " " + type);
  }

  @Override
  public long estimate() {
    return estimate;
  }

  @Override
  public long lasting() {
    return Math.max(estimate, lasting);
  }

  @Override
  public PeerReadings readings() {
    return new PeerReadings() {
      @Override
      public long estimate() {
        return estimate;
      }

      @Override
      public long lasting() {
        return FakePeer.this.lasting();
      }

      @Override
      public long roundTrip() {
        return roundTrip;
      }

      @Override
      public long queueDelay() {
        return -1;
      }

      @Override
      public ReceptionStatistics reception(int ssrc) {
        return receptions.get(ssrc);
      }
    };
  }

  @Override
  public void useful(long bitsPerSecond, long now) {
    useful = bitsPerSecond;
  }

  @Override
  public void restartIce(long number, String ufrag, String password, long now) {
    orders.add("restart " + number);
  }

  @Override
  public void offerIceRestart(long now) {
    restarts++;
  }

  @Override
  public void want(List<Outgoing> tracks, long now) {
    if (broken) {
      throw new IllegalStateException("a bug");
    }
    wanted = tracks;
    orders.add("want " + tracks.size());
    if (accepts) {
      accept();
    }
  }

  /// The client takes all that is wanted.
  void accept() {
    for (Outgoing each : wanted) {
      if (!senders.containsKey(each.id())) {
        FakeSender sender = new FakeSender(each, "s" + sections++);
        senders.put(each.id(), sender);
        side.sending(sender);
      }
    }
    Set<String> ids = new HashSet<>();
    wanted.forEach(each -> ids.add(each.id()));
    senders.keySet().retainAll(ids);
  }

  @Override
  public void policy(PeerPolicy policy, long now) {
    orders.add("policy");
  }

  @Override
  public void unpublish(String mid, long now) {
    orders.add("unpublish " + mid);
  }

  @Override
  public DataEnd data() {
    return new DataEnd() {
      @Override
      public void open(ChannelForm form, long now) {
        orders.add("open " + form.label());
      }

      @Override
      public void close(String label, long now) {
        orders.add("close channel " + label);
      }

      @Override
      public DataVerdict send(DataMessage message, long now) {
        if (broken) {
          throw new IllegalStateException("a bug");
        }
        orders.add("send " + message.label() + " " + message.octets().length);
        return verdict;
      }

      @Override
      public void hold(boolean held, long now) {
        orders.add(held ? "hold" : "go on");
      }

      @Override
      public void flush(long now) {
        flushed++;
      }
    };
  }

  @Override
  public void requestKeyFrame(Layer layer, long now) {
    keyFrames.add(layer);
  }

  @Override
  public void tick(long now) {
    orders.add("tick");
    deadline = Engine.NEVER;
  }

  @Override
  public long deadline() {
    return deadline;
  }

  @Override
  public void close(String reason, long now) {
    orders.add("close " + reason);
    side.changed(PeerState.CLOSED, reason);
  }
}
