package dev.parley.engine.sfu;

import dev.parley.engine.peer.PacketChange;
import dev.parley.engine.peer.Publication;
import dev.parley.engine.peer.Sender;
import dev.parley.engine.peer.SenderSide;
import dev.parley.protocol.sdp.Codec;
import dev.parley.protocol.sdp.Outgoing;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// A sender that keeps what it was given to send.
final class FakeSender implements Sender {
  /// A packet as it goes out; `octet` is the payload's last.
  record Sent(int type, long sequence, int timestamp, int picture, int tl0, int octet) {}

  final Outgoing outgoing;
  final String mid;
  final List<Sent> sent = new ArrayList<>();
  final List<Sent> repaired = new ArrayList<>();
  final List<String> declined = new ArrayList<>();
  SenderSide side;
  Publication from;
  boolean repairs = true;
  boolean records = true;
  boolean broken;
  long packets;
  long roundTrip = 50_000_000;
  int superseded;

  /// Takes whole packets, as they would arrive, where a test has use for them.
  Consumer<WirePacket> wire;

  FakeSender(Outgoing outgoing, String mid) {
    this.outgoing = outgoing;
    this.mid = mid;
  }

  @Override
  public String id() {
    return outgoing.id();
  }

  @Override
  public String mid() {
    return mid;
  }

  @Override
  public int payloadType(Codec published) {
    return declined.contains(published.name()) ? -1 : published.payloadType() - 60;
  }

  @Override
  public boolean repairs() {
    return repairs;
  }

  @Override
  public long roundTrip() {
    return roundTrip;
  }

  @Override
  public void supersede() {
    superseded++;
  }

  @Override
  public void side(SenderSide other) {
    side = other;
  }

  @Override
  public void from(Publication publication) {
    from = publication;
  }

  @Override
  public void send(
      byte[] packet,
      int at,
      int headerLength,
      int payloadLength,
      int padding,
      int payloadType,
      long sequence,
      int timestamp,
      PacketChange change,
      long now) {
    packets++;
    if (broken) {
      throw new IllegalStateException("a bug");
    }
    if (wire != null) {
      wire.accept(
          WirePacket.of(packet, at, headerLength, payloadLength, sequence, timestamp, change));
    }
    if (records) {
      int octet = payloadLength == 0 ? -1 : packet[at + headerLength + payloadLength - 1] & 0xff;
      sent.add(
          new Sent(
              payloadType, sequence, timestamp, change.pictureId(), change.tl0PicIdx(), octet));
    }
  }

  @Override
  public void repair(
      byte[] packet,
      int at,
      int headerLength,
      int payloadLength,
      int payloadType,
      long sequence,
      int timestamp,
      PacketChange change,
      long now) {
    int octet = packet[at + headerLength + payloadLength - 1] & 0xff;
    repaired.add(
        new Sent(payloadType, sequence, timestamp, change.pictureId(), change.tl0PicIdx(), octet));
  }

  /// The payloads' last octets of what was sent since the last call.
  List<Integer> octets() {
    List<Integer> octets = sent.stream().map(Sent::octet).toList();
    sent.clear();
    return octets;
  }
}
