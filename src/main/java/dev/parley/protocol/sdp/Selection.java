package dev.parley.protocol.sdp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Which codecs of a kind the server passes: of a client's offer, and for the server's own.
final class Selection {
  private final List<Codec> passed;
  private final Map<String, Codec> byIdentity = new HashMap<>();

  Selection(List<Codec> passed) {
    this.passed = passed;
    passed.forEach(codec -> byIdentity.putIfAbsent(PayloadFormat.identity(codec), codec));
  }

  /// What each payload type of a section means, in terms that hold for all sections.
  static Map<Integer, String> meanings(List<Codec> codecs) {
    Map<Integer, String> plain = new HashMap<>();
    codecs.forEach(codec -> plain.put(codec.payloadType(), PayloadFormat.identity(codec)));
    Map<Integer, String> meanings = new HashMap<>(plain);
    for (Codec codec : codecs) {
      if (codec.retransmission() || codec.redundancy()) {
        String meaning = plain.get(codec.payloadType()) + " of " + plain.get(carried(codec));
        meanings.put(codec.payloadType(), meaning);
      }
    }
    return meanings;
  }

  /// The payload type inside RTX or RED packets, or -1.
  static int carried(Codec codec) {
    if (codec.retransmission()) {
      return codec.associated();
    }
    String first = codec.parameters().split("/", 2)[0].strip();
    return first.matches("[0-9]{1,3}") ? Integer.parseInt(first) : -1;
  }

  /// The codecs of an offer that are passed, in the offer's order, as an answer says them; each
  /// followed by its retransmissions.
  ///
  /// @param meanings of the codecs offered
  List<Codec> answered(List<Codec> offered, Map<Integer, String> meanings, Numbering numbering) {
    List<Codec> usable =
        offered.stream()
            .filter(codec -> !conflicts(codec.payloadType()))
            .filter(c -> numbering.means(c.payloadType(), meanings.get(c.payloadType())))
            .toList();
    Map<Integer, Codec> taken = new HashMap<>();
    for (Codec codec : usable) {
      Codec match = passed(codec, meanings);
      if (match != null) {
        taken.put(codec.payloadType(), agreed(codec, match));
      }
    }
    taken.values().removeIf(codec -> codec.redundancy() && !taken.containsKey(carried(codec)));
    List<Codec> answered = new ArrayList<>();
    for (Codec codec : usable) {
      Codec agreed = taken.get(codec.payloadType());
      if (agreed != null) {
        answered.add(agreed);
        Codec again = retransmission(codec, usable);
        if (again != null) {
          answered.add(again.withParameters("apt=" + codec.payloadType()).withFeedback(List.of()));
        }
      }
    }
    return answered;
  }

  private Codec passed(Codec codec, Map<Integer, String> meanings) {
    return byIdentity.get(
        codec.redundancy() ? PayloadFormat.identity(codec) : meanings.get(codec.payloadType()));
  }

  /// Payload types that look like RTCP on a shared port (RFC 5761, section 4).
  private static boolean conflicts(int payloadType) {
    return payloadType >= 64 && payloadType <= 95;
  }

  /// The codec among others that is the same, or null.
  static Codec match(Codec codec, List<Codec> among) {
    String identity = PayloadFormat.identity(codec);
    for (Codec candidate : among) {
      if (PayloadFormat.identity(candidate).equals(identity)) {
        return candidate;
      }
    }
    return null;
  }

  private static Codec agreed(Codec offered, Codec passed) {
    List<String> feedback =
        offered.feedback().stream().distinct().filter(passed.feedback()::contains).toList();
    return offered.withParameters(PayloadFormat.answered(offered, passed)).withFeedback(feedback);
  }

  private static Codec retransmission(Codec codec, List<Codec> among) {
    for (Codec candidate : among) {
      if (candidate.retransmission() && candidate.associated() == codec.payloadType()) {
        return candidate;
      }
    }
    return null;
  }

  /// The codecs an outgoing track is offered with, by numbers that are good in all sections.
  List<Codec> offered(Outgoing outgoing, Numbering numbering) {
    List<Codec> wanted =
        outgoing.codecs().isEmpty()
            ? passed
            : outgoing.codecs().stream()
                .map(PayloadFormat::identity)
                .map(byIdentity::get)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    List<Codec> offered = new ArrayList<>();
    for (Codec codec : wanted) {
      if (codec.redundancy()) {
        redundancy(codec, wanted, numbering, offered);
      } else {
        String meaning = PayloadFormat.identity(codec);
        int number = number(meaning, codec.payloadType(), numbering);
        if (number >= 0) {
          offered.add(codec.withPayloadType(number));
          if (outgoing.kind() == Kind.VIDEO) {
            retransmission(codec, number, numbering, offered);
          }
        }
      }
    }
    return offered;
  }

  private static void redundancy(
      Codec red, List<Codec> wanted, Numbering numbering, List<Codec> offered) {
    for (Codec codec : wanted) {
      if (codec.named("opus")) {
        String primary = PayloadFormat.identity(codec);
        int inside = number(primary, codec.payloadType(), numbering);
        String meaning = PayloadFormat.identity(red) + " of " + primary;
        int number = number(meaning, red.payloadType(), numbering);
        if (number >= 0 && inside >= 0) {
          offered.add(red.withPayloadType(number).withParameters(inside + "/" + inside));
        }
        return;
      }
    }
  }

  private static void retransmission(
      Codec codec, int number, Numbering numbering, List<Codec> offered) {
    Codec rtx = new Codec(0, "rtx", codec.clock(), 1, "apt=" + number, List.of());
    String meaning = PayloadFormat.identity(rtx) + " of " + PayloadFormat.identity(codec);
    int again = number(meaning, number + 1, numbering);
    if (again >= 0) {
      offered.add(rtx.withPayloadType(again));
    }
  }

  /// Dynamic payload types, the usual range first (RFC 3551, section 3; RFC 5761, section 4).
  private static int number(String meaning, int preferred, Numbering numbering) {
    int wish = conflicts(preferred) || preferred > 127 ? 96 : preferred;
    return numbering.number(meaning, wish, 96, 127, 35, 63);
  }
}
