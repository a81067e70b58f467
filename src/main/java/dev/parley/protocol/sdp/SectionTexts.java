package dev.parley.protocol.sdp;

import java.util.List;

/// The sections of the last description that one end sent, by their text: what stands there again
/// as it did is the same [MediaSection] and need not be read again. Confined like its
/// [Negotiation].
///
/// Of hundreds of sections one exchange changes a few.
public final class SectionTexts {
  /// A section and what it was read from.
  ///
  /// @param lines how many follow its first one
  record Known(String text, int lines, MediaSection section) {}

  private List<Known> known = List.of();

  void keep(List<Known> read) {
    known = read;
  }

  /// Forgets all: they are read again.
  public void clear() {
    known = List.of();
  }

  /// The section at this place, where it reads so; else null.
  Known find(int index, String description, int from, int to) {
    if (index >= known.size()) {
      return null;
    }
    Known before = known.get(index);
    int length = before.text().length();
    boolean same = length == to - from && description.startsWith(before.text(), from);
    return same ? before : null;
  }
}
