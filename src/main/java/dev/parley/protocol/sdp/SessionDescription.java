package dev.parley.protocol.sdp;

import java.util.List;

/// A session description (RFC 8866): what stands before the first `m=` line, and the sections.
///
/// A value: reading keeps the order of what it keeps, so writing gives the text back but for line
/// ends, lines of unknown types and forgiven spaces.
public record SessionDescription(
    Origin origin,
    String name,
    List<SdpLine> lines,
    List<Attribute> attributes,
    List<MediaSection> sections) {
  public SessionDescription {
    lines = List.copyOf(lines);
    attributes = List.copyOf(attributes);
    sections = List.copyOf(sections);
  }

  /// Reads a text within [SdpLimits#STANDARD]; lines end in CRLF or LF.
  ///
  /// @throws SdpRefused with the reason and the line
  public static SessionDescription parse(String text) throws SdpRefused {
    return parse(text, SdpLimits.STANDARD);
  }

  /// @throws SdpRefused with the reason and the line
  public static SessionDescription parse(String text, SdpLimits limits) throws SdpRefused {
    return parse(text, limits, new SectionTexts());
  }

  /// @param known sections that stand there are not read again; has those of this text afterwards
  /// @throws SdpRefused with the reason and the line
  public static SessionDescription parse(String text, SdpLimits limits, SectionTexts known)
      throws SdpRefused {
    SdpReader reader = new SdpReader(text, limits, known);
    SessionDescription read = reader.description();
    known.keep(reader.texts());
    return read;
  }

  /// The first session attribute of a type, or null.
  public <A extends Attribute> A first(Class<A> type) {
    return Attributes.first(attributes, type);
  }

  public boolean has(Flag flag) {
    return attributes.contains(flag);
  }

  /// The attribute of a section, or else the session's (RFC 8866, section 5.13), or null.
  public <A extends Attribute> A inherited(MediaSection section, Class<A> type) {
    A own = section.first(type);
    return own == null ? first(type) : own;
  }

  /// The fingerprints of a section, or else the session's.
  public List<Fingerprint> fingerprints(MediaSection section) {
    List<Fingerprint> own = section.all(Fingerprint.class);
    return own.isEmpty() ? Attributes.all(attributes, Fingerprint.class) : own;
  }

  /// The direction of a section: its own, else the session's, else sendrecv.
  public Direction direction(MediaSection section) {
    Direction direction = inherited(section, Direction.class);
    return direction == null ? Direction.SENDRECV : direction;
  }

  /// The mids of the first bundle (RFC 8843), its tagged section first; empty where there is none.
  public List<String> bundle() {
    for (Attribute.Group group : Attributes.all(attributes, Attribute.Group.class)) {
      if (group.bundle()) {
        return group.mids();
      }
    }
    return List.of();
  }

  /// The text, lines ended by CRLF.
  public String write() {
    StringBuilder out = new StringBuilder(1024 + 2048 * sections.size());
    out.append("v=0\r\no=").append(origin.username()).append(' ').append(origin.id());
    out.append(' ').append(origin.version()).append(' ').append(origin.address());
    out.append("\r\ns=").append(name).append("\r\n");
    Attributes.write(out, lines, attributes);
    sections.forEach(section -> section.write(out));
    return out.toString();
  }

  /// The text of a description that has these sections instead of its own.
  String with(List<String> sectionTexts) {
    String head = write();
    int length = head.length();
    for (String section : sectionTexts) {
      length += section.length();
    }
    StringBuilder out = new StringBuilder(length).append(head);
    sectionTexts.forEach(out::append);
    return out.toString();
  }
}
