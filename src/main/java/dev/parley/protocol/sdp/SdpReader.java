package dev.parley.protocol.sdp;

import static dev.parley.protocol.sdp.SdpRefused.Reason.BEGINNING;
import static dev.parley.protocol.sdp.SdpRefused.Reason.FIELDS;
import static dev.parley.protocol.sdp.SdpRefused.Reason.LINE;
import static dev.parley.protocol.sdp.SdpRefused.Reason.LINE_TOO_LONG;
import static dev.parley.protocol.sdp.SdpRefused.Reason.TOO_LONG;
import static dev.parley.protocol.sdp.SdpRefused.Reason.TOO_MANY_ATTRIBUTES;
import static dev.parley.protocol.sdp.SdpRefused.Reason.TOO_MANY_LINES;
import static dev.parley.protocol.sdp.SdpRefused.Reason.TOO_MANY_SECTIONS;
import static dev.parley.protocol.sdp.SdpRefused.Reason.VALUE;

import dev.parley.protocol.sdp.Text.BadValue;
import java.util.ArrayList;
import java.util.List;

/// Reads the lines of a session description (RFC 8866, section 5), one pass, within limits.
///
/// Confined; made for one text.
final class SdpReader {
  /// Line types that are kept as they are; types nobody knows are left out (RFC 8829, section 5.8).
  private static final String KEPT = "iuepcbtrzk";

  private final String text;
  private final SdpLimits limits;
  private final SectionTexts known;
  private final List<SectionTexts.Known> texts = new ArrayList<>();
  private final List<MediaSection> sections = new ArrayList<>();
  private final List<SdpLine> lines = new ArrayList<>();
  private final List<Attribute> attributes = new ArrayList<>();
  private int at;
  private int line;

  /// Where the line that was read last begins.
  private int begin;

  /// Where the section that is being read begins and ends, and the number of its first line.
  private int from;

  private int to;
  private int first;
  private List<String> media;
  private int port;
  private SessionDescription head;

  SdpReader(String text, SdpLimits limits, SectionTexts known) {
    this.text = text;
    this.limits = limits;
    this.known = known;
  }

  /// The sections that were read, by their text.
  List<SectionTexts.Known> texts() {
    return texts;
  }

  SessionDescription description() throws SdpRefused {
    check(text.length() <= limits.characters(), TOO_LONG);
    check("v=0".equals(next()), BEGINNING);
    Origin origin = origin(next());
    String name = next();
    check(name != null && name.startsWith("s="), BEGINNING);
    body();
    return new SessionDescription(
        origin, name.substring(2), head.lines(), head.attributes(), sections);
  }

  /// The lines of a fragment, which begins without `v=`, `o=` and `s=` (RFC 8840, section 9).
  SessionDescription fragment() throws SdpRefused {
    check(text.length() <= limits.characters(), TOO_LONG);
    body();
    return new SessionDescription(Origin.NONE, "-", head.lines(), head.attributes(), sections);
  }

  private void body() throws SdpRefused {
    for (String next = next(); next != null; next = next()) {
      char type = next.charAt(0);
      String value = next.substring(2);
      if (type == 'm') {
        media(value);
      } else if (type == 'a') {
        check(attributes.size() < limits.attributes(), TOO_MANY_ATTRIBUTES);
        attributes.add(attribute(value));
      } else if (KEPT.indexOf(type) >= 0) {
        lines.add(new SdpLine(type, value));
      }
    }
    close(line);
  }

  /// Ends the section that is being read, or the session's part before the first.
  ///
  /// @param last the number of its last line
  private void close(int last) {
    if (head == null) {
      head = new SessionDescription(Origin.NONE, "-", lines, attributes, List.of());
    } else if (media != null) {
      MediaSection read = section();
      sections.add(read);
      texts.add(new SectionTexts.Known(text.substring(from, to), last - first, read));
    }
    lines.clear();
    attributes.clear();
  }

  /// Takes a section whole that is known by its text.
  private boolean known() throws SdpRefused {
    int end = text.indexOf("\nm=", begin);
    from = begin;
    to = end < 0 ? text.length() : end + 1;
    first = line;
    SectionTexts.Known same = known.find(sections.size(), text, from, to);
    if (same == null) {
      return false;
    }
    line += same.lines();
    check(line <= limits.lines(), TOO_MANY_LINES);
    sections.add(same.section());
    texts.add(same);
    media = null;
    at = to;
    return true;
  }

  private MediaSection section() {
    return new MediaSection(
        media.get(0), port, media.get(2), media.subList(3, media.size()), lines, attributes);
  }

  private void media(String value) throws SdpRefused {
    check(sections.size() + (media == null ? 0 : 1) < limits.sections(), TOO_MANY_SECTIONS);
    close(line - 1);
    if (known()) {
      return;
    }
    try {
      media = Text.fields(value);
      BadValue.unless(media.size() >= 4);
      String number = media.get(1);
      int slash = number.indexOf('/');
      port = (int) Text.number(slash < 0 ? number : number.substring(0, slash), 65535);
    } catch (BadValue _) {
      throw new SdpRefused(FIELDS, line);
    }
  }

  private Attribute attribute(String value) throws SdpRefused {
    try {
      return AttributeName.read(value);
    } catch (BadValue _) {
      throw new SdpRefused(VALUE, line);
    }
  }

  private Origin origin(String value) throws SdpRefused {
    check(value != null && value.startsWith("o="), BEGINNING);
    try {
      List<String> fields = Text.fields(value.substring(2));
      BadValue.unless(fields.size() == 6 && digits(fields.get(1)) && digits(fields.get(2)));
      String address = String.join(" ", fields.subList(3, 6));
      return new Origin(fields.get(0), fields.get(1), fields.get(2), address);
    } catch (BadValue _) {
      throw new SdpRefused(FIELDS, line);
    }
  }

  private static boolean digits(String text) {
    return text.length() <= 20 && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /// The next line that is not empty, or null at the end.
  private String next() throws SdpRefused {
    while (at < text.length()) {
      check(++line <= limits.lines(), TOO_MANY_LINES);
      int end = text.indexOf('\n', at);
      int after = end < 0 ? text.length() : end + 1;
      end = end < 0 ? text.length() : end;
      end = end > at && text.charAt(end - 1) == '\r' ? end - 1 : end;
      check(end - at <= limits.line(), LINE_TOO_LONG);
      String next = text.substring(at, end);
      begin = at;
      at = after;
      if (!next.isEmpty()) {
        check(wellFormed(next), LINE);
        return next;
      }
    }
    return null;
  }

  private static boolean wellFormed(String line) {
    boolean good = line.length() >= 2 && line.charAt(1) == '=';
    for (int i = 0; good && i < line.length(); i++) {
      char c = line.charAt(i);
      good = c >= ' ' && c != 0x7f || c == '\t';
    }
    return good;
  }

  private void check(boolean good, SdpRefused.Reason reason) throws SdpRefused {
    if (!good) {
      throw new SdpRefused(reason, line);
    }
  }
}
