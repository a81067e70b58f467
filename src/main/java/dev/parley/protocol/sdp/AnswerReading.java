package dev.parley.protocol.sdp;

import static dev.parley.protocol.sdp.NegotiationRefused.Reason.ORDER;
import static dev.parley.protocol.sdp.NegotiationRefused.Reason.PAYLOAD_TYPE;
import static dev.parley.protocol.sdp.NegotiationRefused.Reason.SECTIONS;

import dev.parley.protocol.sdp.Section.Closed;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Reads a client's answer against the server's offer (RFC 3264, section 7; RFC 9429, section
/// 5.11).
///
/// Made for one answer.
final class AnswerReading {
  private final SessionDescription answer;
  private final MediaSection tagged;
  private final Set<String> bundle;
  private final Standing standing;
  private final boolean same;

  AnswerReading(SessionDescription answer, Standing standing) {
    this.answer = answer;
    this.standing = standing;
    this.tagged = TransportReading.tagged(answer);
    this.bundle = new HashSet<>(answer.bundle());
    this.same = standing.means(answer, tagged);
  }

  MediaSection tagged() {
    return tagged;
  }

  List<Section> sections(List<Section> offered) throws NegotiationRefused {
    NegotiationRefused.unless(answer.sections().size() == offered.size(), SECTIONS);
    List<Section> sections = new ArrayList<>();
    for (Section section : offered) {
      MediaSection answered = answer.sections().get(section.index());
      Section before =
          same && bundle.contains(section.mid()) ? standing.agreed(section, answered) : null;
      if (before != null) {
        sections.add(before);
        continue;
      }
      NegotiationRefused.unless(
          section.media().equals(answered.media()) && sameMid(section, answered), ORDER);
      sections.add(section.open() ? section(section, answered) : section);
    }
    return sections;
  }

  /// A rejected section may come back without its name.
  private static boolean sameMid(Section section, MediaSection answered) {
    return answered.mid() == null
        ? answered.stopped() || !section.open()
        : answered.mid().equals(section.mid());
  }

  private Section section(Section offered, MediaSection answered) throws NegotiationRefused {
    if (answered.stopped()) {
      return offered.closed(Closed.STOPPED);
    }
    if (bundle.isEmpty() ? answered != tagged : !bundle.contains(answered.mid())) {
      return offered.closed(Closed.OUTSIDE_BUNDLE);
    }
    if (!offered.kind().rtp()) {
      return offered;
    }
    if (!answered.has(Flag.RTCP_MUX) && !tagged.has(Flag.RTCP_MUX)) {
      return offered.closed(Closed.NO_RTCP_MUX);
    }
    List<Codec> codecs = codecs(offered, answered);
    return codecs.isEmpty() ? offered.closed(Closed.NO_CODEC) : agreed(offered, answered, codecs);
  }

  private Section agreed(Section offered, MediaSection answered, List<Codec> codecs) {
    Direction direction = answer.direction(answered);
    boolean sends = direction.sends() && offered.client().sends();
    // Where nothing was to be sent the answer does not tell whether it would be received.
    boolean receives =
        offered.outgoing() == null ? offered.client().receives() : direction.receives();
    List<ExtensionMap> answers = answered.all(ExtensionMap.class);
    return new Section(
        offered.index(),
        offered.media(),
        offered.mid(),
        offered.protocol(),
        offered.formats(),
        offered.ours(),
        null,
        Direction.of(sends, receives),
        codecs,
        offered.extensions().stream().filter(map -> named(map, answers)).toList(),
        sends ? kept(offered.rids(), answered.rids()) : List.of(),
        sends ? answered.sources() : List.of(),
        sends ? answered.msids() : List.of(),
        answered.has(Flag.RTCP_RSIZE) || tagged.has(Flag.RTCP_RSIZE),
        offered.outgoing());
  }

  private static List<String> kept(List<String> offered, List<String> answered) {
    return offered.stream().filter(answered::contains).toList();
  }

  private static boolean named(ExtensionMap offered, List<ExtensionMap> answers) {
    return answers.stream()
        .anyMatch(map -> map.id() == offered.id() && map.uri().equals(offered.uri()));
  }

  /// What was offered and not struck out, in the answer's order. Payload types that were not
  /// offered are left out: nothing will be sent with them.
  private static List<Codec> codecs(Section offered, MediaSection answered)
      throws NegotiationRefused {
    List<Codec> codecs = new ArrayList<>();
    for (Codec answer : answered.codecs()) {
      Codec codec = offered.codec(answer.payloadType());
      if (codec != null) {
        boolean same = codec.named(answer.name()) && codec.clock() == answer.clock();
        NegotiationRefused.unless(same, PAYLOAD_TYPE);
        codecs.add(codec.withFeedback(kept(codec.feedback(), answer.feedback())));
      }
    }
    boolean media = codecs.stream().anyMatch(c -> !c.retransmission() && !c.redundancy());
    return media ? codecs : List.of();
  }
}
