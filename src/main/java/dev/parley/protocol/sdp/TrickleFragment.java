package dev.parley.protocol.sdp;

import dev.parley.protocol.sdp.Attribute.Candidate;
import dev.parley.protocol.sdp.Attribute.IcePwd;
import dev.parley.protocol.sdp.Attribute.IceUfrag;
import dev.parley.protocol.sdp.Attribute.Mid;
import java.util.ArrayList;
import java.util.List;

/// The body `application/trickle-ice-sdpfrag` (RFC 8840, section 9), which WHIP sends by PATCH (RFC
/// 9725, section 4.3).
///
/// @param ufrag the ICE generation the candidates belong to, or null
/// @param password null where none was said
/// @param lite whether its writer is ICE lite (RFC 8839, section 5.3)
/// @param parts one for each pseudo `m=` line
/// @param ended whether end-of-candidates stands before the parts: for all of them
public record TrickleFragment(
    String ufrag, String password, boolean lite, List<Part> parts, boolean ended) {
  /// The candidates of one section.
  ///
  /// @param mid null where none was said
  /// @param candidates without `a=candidate:`, opaque
  /// @param ended whether none will follow
  public record Part(String mid, List<String> candidates, boolean ended) {
    public Part {
      candidates = List.copyOf(candidates);
    }
  }

  public TrickleFragment {
    parts = List.copyOf(parts);
  }

  /// Reads a text within [SdpLimits#FRAGMENT].
  ///
  /// @throws SdpRefused with the reason and the line
  public static TrickleFragment parse(String text) throws SdpRefused {
    SessionDescription read =
        new SdpReader(text, SdpLimits.FRAGMENT, new SectionTexts()).fragment();
    IceUfrag ufrag = read.first(IceUfrag.class);
    IcePwd password = read.first(IcePwd.class);
    List<Part> parts = new ArrayList<>();
    for (MediaSection section : read.sections()) {
      ufrag = ufrag == null ? section.first(IceUfrag.class) : ufrag;
      password = password == null ? section.first(IcePwd.class) : password;
      boolean ended = section.has(Flag.END_OF_CANDIDATES);
      parts.add(new Part(section.mid(), section.candidates(), ended));
    }
    return new TrickleFragment(
        ufrag == null ? null : ufrag.value(),
        password == null ? null : password.value(),
        read.has(Flag.ICE_LITE),
        parts,
        read.has(Flag.END_OF_CANDIDATES));
  }

  /// The text, lines ended by CRLF.
  public String write() {
    List<Attribute> session = new ArrayList<>();
    if (lite) {
      session.add(Flag.ICE_LITE);
    }
    if (ufrag != null) {
      session.add(new IceUfrag(ufrag));
    }
    if (password != null) {
      session.add(new IcePwd(password));
    }
    if (ended) {
      session.add(Flag.END_OF_CANDIDATES);
    }
    StringBuilder out = new StringBuilder();
    Attributes.write(out, List.of(), session);
    parts.forEach(part -> section(part).write(out));
    return out.toString();
  }

  /// The `m=` line is a pseudo one: its media, port and format say nothing (RFC 8840, section 9.2).
  private static MediaSection section(Part part) {
    List<Attribute> attributes = new ArrayList<>();
    if (part.mid() != null) {
      attributes.add(new Mid(part.mid()));
    }
    part.candidates().forEach(candidate -> attributes.add(new Candidate(candidate)));
    if (part.ended()) {
      attributes.add(Flag.END_OF_CANDIDATES);
    }
    return new MediaSection("audio", 9, "RTP/AVP", List.of("0"), List.of(), attributes);
  }

  /// Leaves the password out.
  @Override
  public String toString() {
    return "TrickleFragment[" + ufrag + ", " + parts + (ended ? ", ended]" : "]");
  }
}
