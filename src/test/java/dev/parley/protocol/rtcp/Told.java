package dev.parley.protocol.rtcp;

import dev.parley.wire.Octets;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// What a visitor was told, as values to compare.
sealed interface Told {
  record SenderReport(int ssrc, long ntp, int rtp, int packets, int octets) implements Told {}

  record ReceiverReport(int ssrc) implements Told {}

  record Block(
      int sender, int ssrc, int fraction, int lost, int highest, int jitter, int lsr, int dlsr)
      implements Told {}

  record Cname(int ssrc, String name) implements Told {}

  record Bye(int ssrc) implements Told {}

  record Nack(int sender, int media, int pid, int blp) implements Told {}

  record Lost(int sender, int media, int sequence) implements Told {}

  record Pli(int sender, int media) implements Told {}

  record Fir(int sender, int media, int sequence) implements Told {}

  record Remb(int sender, long bitrate, List<Integer> ssrcs) implements Told {}

  record Feedback(int sender, int media, String fci) implements Told {}

  record ReferenceTime(int sender, long ntp) implements Told {}

  record Delay(int sender, int ssrc, int lastRr, int delay) implements Told {}

  record Skipped(int type, int format) implements Told {}

  /// What reading ended in, and what was told before.
  record Outcome(RtcpRefusal refusal, List<Told> told) {}

  /// Reads a whole array.
  static Outcome read(byte[] octets) {
    return read(octets, 0, octets.length);
  }

  static Outcome read(byte[] octets, int at, int length) {
    Listener listener = new Listener();
    RtcpRefusal refusal = RtcpReader.read(octets, at, length, listener);
    return new Outcome(refusal, listener.told);
  }

  /// Reads octets given in hexadecimal, spaces allowed.
  static Outcome read(String hex) {
    return read(octets(hex));
  }

  static byte[] octets(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  /// What well-formed octets told.
  static Outcome well(Told... told) {
    return new Outcome(RtcpRefusal.NONE, List.of(told));
  }

  /// A refusal, after what was told.
  static Outcome refused(RtcpRefusal refusal, Told... told) {
    return new Outcome(refusal, List.of(told));
  }

  /// Notes everything.
  final class Listener implements RtcpVisitor {
    final List<Told> told = new ArrayList<>();

    @Override
    public void senderReport(int ssrc, long ntp, int rtp, int packets, int octets) {
      told.add(new SenderReport(ssrc, ntp, rtp, packets, octets));
    }

    @Override
    public void receiverReport(int ssrc) {
      told.add(new ReceiverReport(ssrc));
    }

    @Override
    public void reportBlock(
        int sender, int ssrc, int fraction, int lost, int highest, int jitter, int lsr, int dlsr) {
      told.add(new Block(sender, ssrc, fraction, lost, highest, jitter, lsr, dlsr));
    }

    @Override
    public void sdesCname(int ssrc, byte[] octets, int at, int length) {
      told.add(new Cname(ssrc, new String(octets, at, length, StandardCharsets.UTF_8)));
    }

    @Override
    public void bye(int ssrc) {
      told.add(new Bye(ssrc));
    }

    @Override
    public void nack(int sender, int media, int pid, int blp) {
      told.add(new Nack(sender, media, pid, blp));
    }

    @Override
    public void pli(int sender, int media) {
      told.add(new Pli(sender, media));
    }

    @Override
    public void fir(int sender, int media, int sequence) {
      told.add(new Fir(sender, media, sequence));
    }

    @Override
    public void remb(int sender, long bitrate, byte[] octets, int ssrcsAt, int ssrcs) {
      List<Integer> list = new ArrayList<>();
      for (int i = 0; i < ssrcs; i++) {
        list.add(Octets.u32(octets, ssrcsAt + 4 * i));
      }
      told.add(new Remb(sender, bitrate, list));
    }

    @Override
    public void transportFeedback(int sender, int media, byte[] octets, int at, int length) {
      String fci = HexFormat.of().formatHex(octets, at, at + length);
      told.add(new Feedback(sender, media, fci));
    }

    @Override
    public void receiverReferenceTime(int sender, long ntp) {
      told.add(new ReferenceTime(sender, ntp));
    }

    @Override
    public void delaySinceLastRr(int sender, int ssrc, int lastRr, int delay) {
      told.add(new Delay(sender, ssrc, lastRr, delay));
    }

    @Override
    public void skipped(int type, int format) {
      told.add(new Skipped(type, format));
    }
  }
}
