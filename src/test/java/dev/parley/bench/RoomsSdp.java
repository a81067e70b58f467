package dev.parley.bench;

import dev.parley.protocol.dtls.Fingerprint;
import dev.parley.protocol.ice.IceCredentials;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The descriptions of one member of [RoomsBench]: offers have hundreds of sections, of which only
/// those are read that were not in the last one. A browser reads all, on a computer of its own;
/// here that would be the time of the server beside it.
final class RoomsSdp {
  private static final String NEXT = "\\r\\nm=";

  private final IceCredentials ice;
  private final Fingerprint own;
  private Map<String, Piece> pieces = Map.of();

  /// A section, or what is before the first.
  ///
  /// @param answer to it, as JSON has it
  private record Piece(String answer, List<Incoming> tracks) {}

  RoomsSdp(IceCredentials ice, Fingerprint own) {
    this.ice = ice;
    this.own = own;
  }

  /// Answers an offer, both as they are in JSON.
  ///
  /// @param tracks where what the server sends is added
  String turn(String offer, String setup, List<Incoming> tracks) {
    Map<String, Piece> now = new HashMap<>();
    var answer = new StringBuilder(offer.length());
    for (int from = 0, next; from < offer.length(); from = next) {
      int end = offer.indexOf(NEXT, from);
      next = end < 0 ? offer.length() : end + 4;
      String text = offer.substring(from, next);
      Piece piece = pieces.get(text);
      piece = piece == null ? piece(text, setup) : piece;
      now.put(text, piece);
      answer.append(piece.answer());
      tracks.addAll(piece.tracks());
    }
    pieces = now;
    return answer.toString();
  }

  private Piece piece(String text, String setup) {
    String plain = text.replace("\\r\\n", "\r\n");
    String answer = answer(plain, ice, own, setup).replace("\r\n", "\\r\\n");
    return new Piece(answer, incoming(plain));
  }

  /// A track that the server sends.
  ///
  /// @param participant whose it is, by the server's name
  /// @param transport the id of the header extension of transport-wide numbers, 0 for none
  record Incoming(
      String mid,
      boolean video,
      String participant,
      String track,
      int ssrc,
      int repair,
      int transport) {}

  /// Answers all that the server offers: directions turned round, its own transport.
  static String answer(String offer, IceCredentials ice, Fingerprint own, String setup) {
    var text = new StringBuilder(offer.length());
    for (String line : offer.lines().toList()) {
      if (line.startsWith("a=ice-ufrag:")) {
        line(text, "a=ice-ufrag:" + ice.ufrag());
      } else if (line.startsWith("a=ice-pwd:")) {
        line(text, "a=ice-pwd:" + ice.pwd());
      } else if (line.startsWith("a=fingerprint:")) {
        line(text, "a=fingerprint:" + own.text());
      } else if (line.startsWith("a=setup:")) {
        line(text, "a=setup:" + setup);
      } else if (line.startsWith("a=rid:")) {
        line(text, line.replace(" recv", " send"));
      } else if (line.startsWith("a=simulcast:recv")) {
        line(text, line.replace(":recv", ":send"));
      } else if (line.equals("a=sendonly")) {
        line(text, "a=recvonly");
      } else if (line.equals("a=recvonly")) {
        line(text, "a=sendonly");
      } else if (!drops(line)) {
        line(text, line);
      }
    }
    return text.toString();
  }

  private static boolean drops(String line) {
    return line.startsWith("a=ssrc")
        || line.startsWith("a=msid")
        || line.startsWith("a=candidate")
        || line.startsWith("a=end-of-cand")
        || line.startsWith("a=ice-lite");
  }

  private static void line(StringBuilder text, String line) {
    text.append(line).append("\r\n");
  }

  /// What the server sends by an offer of its own.
  static List<Incoming> incoming(String offer) {
    List<Incoming> tracks = new ArrayList<>();
    var section = new ArrayList<String>();
    for (String line : offer.lines().toList()) {
      if (line.startsWith("m=")) {
        take(section, tracks);
        section.clear();
      }
      section.add(line);
    }
    take(section, tracks);
    return tracks;
  }

  private static void take(List<String> section, List<Incoming> tracks) {
    String head = section.isEmpty() ? "" : section.getFirst();
    String msid = value(section, "a=msid:");
    if (!head.startsWith("m=") || msid == null || !section.contains("a=sendonly")) {
      return;
    }
    String group = value(section, "a=ssrc-group:FID ");
    String ssrc = group == null ? value(section, "a=ssrc:") : group;
    String[] names = msid.split(" ");
    String[] numbers = ssrc.split(" ");
    int transport = 0;
    for (String line : section) {
      if (line.startsWith("a=extmap:") && line.contains(FanoutPair.TRANSPORT)) {
        transport = Integer.parseInt(line.substring(9).split("[ /]")[0]);
      }
    }
    tracks.add(
        new Incoming(
            value(section, "a=mid:"),
            head.startsWith("m=video"),
            names[0],
            names[1],
            Integer.parseUnsignedInt(numbers[0]),
            group == null ? 0 : Integer.parseUnsignedInt(numbers[1]),
            transport));
  }

  private static String value(List<String> section, String start) {
    for (String line : section) {
      if (line.startsWith(start)) {
        return line.substring(start.length());
      }
    }
    return null;
  }
}
