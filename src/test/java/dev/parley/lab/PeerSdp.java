package dev.parley.lab;

import dev.parley.protocol.ice.IceCredentials;
import dev.parley.protocol.sdp.Attribute;
import dev.parley.protocol.sdp.Codec;
import dev.parley.protocol.sdp.Direction;
import dev.parley.protocol.sdp.ExtensionMap;
import dev.parley.protocol.sdp.MediaSection;
import dev.parley.protocol.sdp.SdpRefused;
import dev.parley.protocol.sdp.SessionDescription;
import java.util.ArrayList;
import java.util.List;

/// The descriptions of a [PeerClient], written by hand as a browser writes them.
public final class PeerSdp {
  public static final int OPUS = 111;
  public static final int VP8 = 96;
  public static final int RTX = 97;
  public static final int LEVEL_ID = 1;
  public static final int TWCC_ID = 3;
  public static final int MID_ID = 4;
  public static final int RID_ID = 10;
  public static final int RRID_ID = 11;

  private static final String HDREXT = "urn:ietf:params:rtp-hdrext:";
  private static final String TWCC =
      "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01";

  /// One section.
  public static final class Place {
    public final String media;
    public final String mid;
    public Direction direction;
    public boolean stopped;

    /// What is sent in it; 0 where that is not announced.
    public int ssrc;

    public int repair;
    public List<String> rids = List.of();
    private final String codecs;
    private final List<Integer> types;

    private Place(
        String media, String mid, Direction direction, String codecs, List<Integer> types) {
      this.media = media;
      this.mid = mid;
      this.direction = direction;
      this.codecs = codecs;
      this.types = types;
    }
  }

  /// A description that is one.
  static SessionDescription parse(String text) {
    try {
      return SessionDescription.parse(text);
    } catch (SdpRefused refused) {
      throw new AssertionError(text, refused);
    }
  }

  /// The ICE credentials of a description.
  static IceCredentials credentials(SessionDescription description) {
    for (MediaSection section : description.sections()) {
      if (!section.stopped()) {
        return new IceCredentials(
            description.inherited(section, Attribute.IceUfrag.class).value(),
            description.inherited(section, Attribute.IcePwd.class).value());
      }
    }
    throw new AssertionError("no open section");
  }

  private final List<Place> places = new ArrayList<>();
  private int mids;

  public List<Place> places() {
    return places;
  }

  /// A section for data channels, of the client's own.
  public Place addData() {
    Place place = new Place("application", "" + mids++, Direction.SENDRECV, "", List.of());
    places.add(place);
    return place;
  }

  /// A section of the client's own.
  public Place add(String media, Direction direction) {
    boolean video = media.equals("video");
    Place place =
        new Place(
            media,
            "" + mids++,
            direction,
            video ? video(VP8, RTX) : audio(OPUS),
            video ? List.of(VP8, RTX) : List.of(OPUS));
    places.add(place);
    return place;
  }

  private static String video(int type, int rtx) {
    return "a=rtpmap:%d VP8/90000\r\na=rtcp-fb:%d nack\r\na=rtcp-fb:%d nack pli\r\n"
            .formatted(type, type, type)
        + "a=rtcp-fb:%d ccm fir\r\na=rtcp-fb:%d transport-cc\r\n".formatted(type, type)
        + "a=rtpmap:%d rtx/90000\r\na=fmtp:%d apt=%d\r\n".formatted(rtx, rtx, type)
        + "a=extmap:%d %ssdes:rtp-stream-id\r\n".formatted(RID_ID, HDREXT)
        + "a=extmap:%d %ssdes:repaired-rtp-stream-id\r\n".formatted(RRID_ID, HDREXT)
        + common();
  }

  private static String audio(int type) {
    return "a=rtpmap:%d opus/48000/2\r\na=rtcp-fb:%d transport-cc\r\n".formatted(type, type)
        + "a=fmtp:%d minptime=10;useinbandfec=1\r\n".formatted(type)
        + "a=extmap:%d %sssrc-audio-level\r\n".formatted(LEVEL_ID, HDREXT)
        + common();
  }

  private static String common() {
    return "a=extmap:%d %ssdes:mid\r\na=extmap:%d %s\r\n".formatted(MID_ID, HDREXT, TWCC_ID, TWCC);
  }

  /// A place for each new section of the server's offer.
  public void learn(SessionDescription offer) {
    for (int i = places.size(); i < offer.sections().size(); i++) {
      MediaSection section = offer.sections().get(i);
      StringBuilder codecs = new StringBuilder();
      List<Integer> types = new ArrayList<>();
      for (Codec codec : section.codecs()) {
        if (known(codec, types)) {
          types.add(codec.payloadType());
          write(codec, codecs);
        }
      }
      for (ExtensionMap map : section.all(ExtensionMap.class)) {
        codecs.append("a=extmap:").append(map.value()).append("\r\n");
      }
      places.add(
          new Place(section.media(), section.mid(), Direction.RECVONLY, codecs.toString(), types));
    }
    for (int i = 0; i < places.size(); i++) {
      places.get(i).stopped |= offer.sections().get(i).stopped();
    }
  }

  private static boolean known(Codec codec, List<Integer> types) {
    return codec.named("opus")
        || codec.named("VP8")
        || codec.retransmission() && types.contains(codec.associated());
  }

  private static void write(Codec codec, StringBuilder to) {
    int type = codec.payloadType();
    String channels = codec.channels() == 1 ? "" : "/" + codec.channels();
    to.append("a=rtpmap:%d %s/%d%s\r\n".formatted(type, codec.name(), codec.clock(), channels));
    codec.feedback().forEach(fb -> to.append("a=rtcp-fb:%d %s\r\n".formatted(type, fb)));
    if (!codec.parameters().isEmpty()) {
      to.append("a=fmtp:%d %s\r\n".formatted(type, codec.parameters()));
    }
  }

  /// A description of all places.
  ///
  /// @param transport the lines of ICE and DTLS, setup included
  public String text(String transport) {
    StringBuilder bundle = new StringBuilder("a=group:BUNDLE");
    StringBuilder sections = new StringBuilder();
    for (Place place : places) {
      if (!place.stopped) {
        bundle.append(' ').append(place.mid);
      }
      sections.append(section(place, transport));
    }
    return "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n"
        + bundle
        + "\r\na=extmap-allow-mixed\r\n"
        + sections;
  }

  private static String section(Place place, String transport) {
    StringBuilder text = new StringBuilder("m=" + place.media);
    if (place.media.equals("application")) {
      text.append(place.stopped ? " 0" : " 9").append(" UDP/DTLS/SCTP webrtc-datachannel\r\n");
      text.append("c=IN IP4 0.0.0.0\r\na=mid:").append(place.mid).append("\r\n");
      text.append(transport).append("a=sctp-port:5000\r\na=max-message-size:262144\r\n");
      return text.toString();
    }
    text.append(place.stopped ? " 0" : " 9").append(" UDP/TLS/RTP/SAVPF");
    place.types.forEach(type -> text.append(' ').append(type));
    text.append("\r\nc=IN IP4 0.0.0.0\r\na=mid:").append(place.mid).append("\r\n");
    text.append(transport).append("a=rtcp-mux\r\na=rtcp-rsize\r\n");
    text.append(place.codecs).append("a=").append(place.direction.attribute()).append("\r\n");
    if (place.direction.sends() && !place.rids.isEmpty()) {
      place.rids.forEach(rid -> text.append("a=rid:").append(rid).append(" send\r\n"));
      text.append("a=simulcast:send ").append(String.join(";", place.rids)).append("\r\n");
    }
    if (place.direction.sends() && place.ssrc != 0) {
      announce(place, text);
    }
    return text.toString();
  }

  private static void announce(Place place, StringBuilder text) {
    String ssrc = Integer.toUnsignedString(place.ssrc);
    if (place.repair != 0) {
      String repair = Integer.toUnsignedString(place.repair);
      text.append("a=ssrc-group:FID %s %s\r\n".formatted(ssrc, repair));
      text.append("a=ssrc:%s cname:client\r\n".formatted(repair));
    }
    text.append("a=ssrc:%s cname:client\r\n".formatted(ssrc));
  }
}
