package dev.parley.bench;

import dev.parley.protocol.dtls.Fingerprint;
import dev.parley.protocol.ice.IceCredentials;
import java.util.ArrayList;
import java.util.List;

/// The descriptions of a member of [RoomsBench], line by line: offers have hundreds of sections.
final class RoomsSdp {
  private RoomsSdp() {}

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
    for (String line : offer.split("\r\n")) {
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
    for (String line : offer.split("\r\n")) {
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
