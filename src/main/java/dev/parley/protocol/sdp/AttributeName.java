package dev.parley.protocol.sdp;

import dev.parley.protocol.sdp.Attribute.Simulcast.Version;
import dev.parley.protocol.sdp.Text.BadValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The attributes that are read (IANA: Session Description Protocol attribute names), a row each.
enum AttributeName {
  GROUP(AttributeName::group),
  MID(value -> new Attribute.Mid(Text.token(value, 64))),
  MSID(AttributeName::msid),
  ICE_UFRAG(value -> new Attribute.IceUfrag(Text.iceChars(value, 4))),
  ICE_PWD(value -> new Attribute.IcePwd(Text.iceChars(value, 22))),
  ICE_OPTIONS(value -> new Attribute.IceOptions(Text.fields(value))),
  CANDIDATE(Attribute.Candidate::new),
  FINGERPRINT(Fingerprint::read),
  SETUP(AttributeName::setup),
  RTPMAP(AttributeName::rtpMap),
  FMTP(AttributeName::fmtp),
  RTCP_FB(AttributeName::feedback),
  EXTMAP(ExtensionMap::read),
  RID(AttributeName::rid),
  SIMULCAST(AttributeName::simulcast),
  SSRC(AttributeName::ssrc),
  SSRC_GROUP(AttributeName::ssrcGroup),
  SCTP_PORT(value -> new Attribute.SctpPort((int) Text.number(value, 65535))),
  MAX_MESSAGE_SIZE(value -> new Attribute.MaxMessageSize(Text.number(value, Long.MAX_VALUE)));

  private static final Map<String, AttributeName> BY_NAME = new HashMap<>();
  private static final Map<String, Attribute> BARE = new HashMap<>();

  static {
    for (AttributeName name : values()) {
      BY_NAME.put(name.name().toLowerCase(Locale.ROOT).replace('_', '-'), name);
    }
    for (Direction direction : Direction.values()) {
      BARE.put(direction.attribute(), direction);
    }
    for (Flag flag : Flag.values()) {
      BARE.put(flag.attribute(), flag);
    }
  }

  /// Reads a value into its attribute.
  private interface Reading {
    Attribute read(String value) throws BadValue;
  }

  private final Reading reading;

  AttributeName(Reading reading) {
    this.reading = reading;
  }

  /// Reads what follows `a=`.
  static Attribute read(String text) throws BadValue {
    int colon = text.indexOf(':');
    if (colon < 0) {
      Attribute bare = BARE.get(text);
      BadValue.unless(bare != null || Text.isToken(text, 256) && !BY_NAME.containsKey(text));
      return bare != null ? bare : new Attribute.Other(text, null);
    }
    String name = Text.token(text.substring(0, colon), 256);
    String value = text.substring(colon + 1);
    AttributeName row = BY_NAME.get(name);
    return row == null ? new Attribute.Other(name, value) : row.reading.read(value);
  }

  static Direction direction(String text) throws BadValue {
    BadValue.unless(BARE.get(text) instanceof Direction);
    return (Direction) BARE.get(text);
  }

  private static Attribute group(String value) throws BadValue {
    List<String> fields = Text.fields(value);
    BadValue.unless(!fields.isEmpty());
    return new Attribute.Group(fields.getFirst(), fields.subList(1, fields.size()));
  }

  private static Attribute msid(String value) throws BadValue {
    List<String> fields = Text.fields(value);
    BadValue.unless(!fields.isEmpty() && fields.size() <= 2);
    String stream = Text.token(fields.getFirst(), 256);
    return new Attribute.Msid(stream, fields.size() == 1 ? null : Text.token(fields.get(1), 256));
  }

  private static Attribute setup(String value) throws BadValue {
    for (Setup setup : Setup.values()) {
      if (setup.value().equals(value)) {
        return setup;
      }
    }
    BadValue.unless(false);
    return null;
  }

  private static Attribute rtpMap(String value) throws BadValue {
    List<String> fields = Text.fields(value);
    BadValue.unless(fields.size() == 2);
    List<String> parts = Text.split(fields.getLast(), '/');
    BadValue.unless(parts.size() == 2 || parts.size() == 3);
    return new Attribute.RtpMap(
        Text.payloadType(fields.getFirst()),
        Text.token(parts.get(0), 64),
        (int) Text.number(parts.get(1), Integer.MAX_VALUE),
        parts.size() == 2 ? 1 : (int) Text.number(parts.get(2), 255));
  }

  private static Attribute fmtp(String value) throws BadValue {
    int space = value.indexOf(' ');
    if (space < 0 || value.charAt(0) > '9') { // parameters of something that is no RTP payload
      return new Attribute.Other("fmtp", value);
    }
    String parameters = value.substring(space + 1).strip();
    return new Attribute.Fmtp(Text.payloadType(value.substring(0, space)), parameters);
  }

  private static Attribute feedback(String value) throws BadValue {
    List<String> fields = Text.fields(value);
    BadValue.unless(fields.size() >= 2);
    String type = fields.getFirst();
    return new Attribute.RtcpFeedback(
        type.equals("*") ? Attribute.RtcpFeedback.ALL : Text.payloadType(type),
        String.join(" ", fields.subList(1, fields.size())));
  }

  private static Attribute rid(String value) throws BadValue {
    String[] fields = value.split(" ", 3);
    BadValue.unless(fields.length >= 2 && (fields[1].equals("send") || fields[1].equals("recv")));
    String more = fields.length == 3 ? fields[2].strip() : "";
    return new Attribute.Rid(Text.rid(fields[0]), fields[1].equals("send"), more);
  }

  private static Attribute simulcast(String value) throws BadValue {
    List<String> fields = Text.fields(value);
    BadValue.unless(fields.size() == 2 || fields.size() == 4);
    List<List<Version>> send = List.of();
    List<List<Version>> receive = List.of();
    for (int i = 0; i < fields.size(); i += 2) {
      switch (fields.get(i)) {
        case "send" -> send = streams(fields.get(i + 1));
        case "recv" -> receive = streams(fields.get(i + 1));
        default -> BadValue.unless(false);
      }
    }
    return new Attribute.Simulcast(send, receive);
  }

  private static List<List<Version>> streams(String text) throws BadValue {
    List<List<Version>> streams = new ArrayList<>();
    for (String stream : Text.split(text, ';')) {
      List<Version> alternatives = new ArrayList<>();
      for (String rid : Text.split(stream, ',')) {
        boolean paused = rid.startsWith("~");
        alternatives.add(new Version(Text.rid(paused ? rid.substring(1) : rid), paused));
      }
      BadValue.unless(!alternatives.isEmpty());
      streams.add(List.copyOf(alternatives));
    }
    BadValue.unless(!streams.isEmpty());
    return List.copyOf(streams);
  }

  private static Attribute ssrc(String value) throws BadValue {
    int space = value.indexOf(' ');
    long ssrc = Text.ssrc(space < 0 ? value : value.substring(0, space));
    return new Attribute.Ssrc(ssrc, space < 0 ? "" : value.substring(space + 1).strip());
  }

  private static Attribute ssrcGroup(String value) throws BadValue {
    List<String> fields = Text.fields(value);
    BadValue.unless(!fields.isEmpty() && fields.size() <= 64);
    List<Long> ssrcs = new ArrayList<>();
    for (String field : fields.subList(1, fields.size())) {
      ssrcs.add(Text.ssrc(field));
    }
    return new Attribute.SsrcGroup(fields.getFirst(), ssrcs);
  }
}
