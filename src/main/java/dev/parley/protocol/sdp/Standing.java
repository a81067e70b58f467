package dev.parley.protocol.sdp;

import java.util.ArrayList;
import java.util.List;

/// What both ends said of each section in the server's last offer and the client's answer to it: of
/// hundreds of sections one exchange changes a few, and the others are neither made, written nor
/// read again. Confined like its [Negotiation].
///
/// It only saves work: with [#clear()] between, the same is said and agreed on.
final class Standing {
  /// @param tagged whether it spoke for the bundle
  /// @param text as it was offered
  /// @param answered as it was answered, null where it was not yet
  /// @param agreed what came of that
  private record Said(
      Section offered, boolean tagged, String text, MediaSection answered, Section agreed) {}

  private List<Said> said = List.of();
  private IceParameters ice;
  private boolean mixed;
  private MediaSection speaker;
  private List<Attribute> session = List.of();

  /// Forgets all.
  void clear() {
    said = List.of();
    speaker = null;
    session = List.of();
  }

  private Said at(int index) {
    return index < said.size() ? said.get(index) : null;
  }

  /// How a section that stands as it was agreed on was offered, null where it is to be made anew.
  Section offered(Section section) {
    Said before = at(section.index());
    boolean same = before != null && before.agreed() == section && section.outgoing() != null;
    return same ? before.offered() : null;
  }

  /// Notes an offer.
  ///
  /// @param tagged the name of the section that speaks for the bundle, or null
  /// @return the sections' texts
  List<String> offer(List<Section> sections, Describing describing, String tagged) {
    boolean same = describing.ice().equals(ice) && describing.mixed() == mixed;
    ice = describing.ice();
    mixed = describing.mixed();
    List<Said> now = new ArrayList<>(sections.size());
    List<String> texts = new ArrayList<>(sections.size());
    for (Section section : sections) {
      boolean speaks = section.mid().equals(tagged);
      Said before = same ? at(section.index()) : null;
      if (before == null || before.offered() != section || before.tagged() != speaks) {
        String text = describing.section(section, speaks).text();
        before = new Said(section, speaks, text, null, null);
      }
      now.add(before);
      texts.add(before.text());
    }
    said = now;
    return texts;
  }

  /// Whether an answer says the same as the last one before and within the section that speaks for
  /// the bundle: only then other sections mean what they meant.
  boolean means(SessionDescription answer, MediaSection tagged) {
    return tagged != null && tagged == speaker && common(answer).equals(session);
  }

  /// What came of a section where it was offered and answered as it is now, or null.
  Section agreed(Section offered, MediaSection answered) {
    Said before = at(offered.index());
    boolean same = before != null && before.offered() == offered && before.answered() == answered;
    return same ? before.agreed() : null;
  }

  /// Notes an answer and what came of it.
  void agree(SessionDescription answer, MediaSection tagged, List<Section> agreed) {
    speaker = tagged;
    session = common(answer);
    List<Said> now = new ArrayList<>(said.size());
    for (int i = 0; i < Math.min(said.size(), agreed.size()); i++) {
      Said before = said.get(i);
      MediaSection answered = answer.sections().get(i);
      boolean same = before.answered() == answered && before.agreed() == agreed.get(i);
      now.add(
          same
              ? before
              : new Said(
                  before.offered(), before.tagged(), before.text(), answered, agreed.get(i)));
    }
    said = now;
  }

  private static List<Attribute> common(SessionDescription answer) {
    List<Attribute> common = new ArrayList<>(answer.attributes());
    common.removeIf(Attribute.Group.class::isInstance);
    return common;
  }
}
