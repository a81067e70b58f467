package dev.parley.bench;

import dev.parley.protocol.ice.IceCredentials;
import dev.parley.protocol.sctp.ChannelParameters;
import dev.parley.protocol.sctp.ChannelRefused;
import dev.parley.protocol.sctp.SctpAssociation;
import dev.parley.protocol.sctp.SctpEffects;
import dev.parley.protocol.sctp.SctpEvent;
import dev.parley.protocol.sctp.SctpKit;
import dev.parley.protocol.sctp.SctpLimits;
import dev.parley.protocol.sctp.SctpSetup;
import java.util.Random;

/// One client of [DataLoad] with its data channel `parley`. Confined to the one thread.
final class DataMember implements SctpEffects, RoomsPeer.Media {
  /// Two octets with the length of an empty JSON object, and that (signaling.md).
  private static final byte[] HEAD = {0, 2, '{', '}'};

  private final RoomsPeer.Kit kit;
  private final IceCredentials own;
  private final RoomsPeer peer;
  private final int number;
  private SctpAssociation sctp;
  private int channel = -1;
  private long messages;
  private long octets;

  DataMember(RoomsPeer.Kit kit, int number, IceCredentials own) {
    this.kit = kit;
    this.number = number;
    this.own = own;
    this.peer = new RoomsPeer(kit, number, own, this);
    peer.inside =
        (packet, at, length) -> {
          if (sctp != null) {
            sctp.receive(packet, at, length, System.nanoTime());
          }
        };
  }

  RoomsPeer peer() {
    return peer;
  }

  IceCredentials own() {
    return own;
  }

  /// Whether its channel is there.
  boolean open() {
    return channel >= 0;
  }

  long held() {
    return sctp.held();
  }

  long messages() {
    return messages;
  }

  /// Of messages that came, without what the server puts before them.
  long octets() {
    return octets;
  }

  void clear() {
    messages = octets = 0;
  }

  /// Says something to all others.
  void say(int length) {
    byte[] message = new byte[HEAD.length + length];
    System.arraycopy(HEAD, 0, message, 0, HEAD.length);
    if (!sctp.send(channel, true, message, 0, message.length, System.nanoTime()).taken()) {
      throw new IllegalStateException("the association takes no message");
    }
  }

  /// Says so much that this many octets wait.
  void fill(int length, long ahead) {
    while (sctp.held() < ahead) {
      say(length);
    }
  }

  void tick(long now) {
    peer.tick(now);
    if (sctp == null && peer.connected()) {
      var tools = new SctpKit(new Random(kit.random().nextLong()), new byte[32]);
      var setup = SctpSetup.of(peer.dtlsClient(), 262_144);
      sctp = new SctpAssociation(tools, setup, SctpLimits.DEFAULT, this);
      sctp.connect(now);
    } else if (sctp != null && sctp.deadline() <= now) {
      sctp.tick(now);
    }
    if (sctp != null && channel < 0 && sctp.state() == SctpAssociation.State.ESTABLISHED) {
      try {
        channel = sctp.open(ChannelParameters.reliable("parley"), now);
      } catch (ChannelRefused refused) {
        throw new IllegalStateException(refused);
      }
    }
  }

  void flush(long now) {
    if (sctp != null) {
      sctp.flush(now);
    }
  }

  @Override
  public void transmit(byte[] packet, int at, int length) {
    peer.within(packet, at, length);
  }

  @Override
  public void message(int from, boolean binary, byte[] message, int at, int length) {
    messages++;
    octets += length;
  }

  @Override
  public void happened(SctpEvent event) {
    if (event instanceof SctpEvent.Closed) {
      throw new IllegalStateException("u" + number + ": " + event);
    }
  }

  @Override
  public void rtp(byte[] packet, int length, long arrived) {}

  @Override
  public void rtcp(byte[] packet, int length, long arrived) {}

  @Override
  public String toString() {
    return peer.state() + (sctp == null ? "" : ", " + sctp.state());
  }
}
