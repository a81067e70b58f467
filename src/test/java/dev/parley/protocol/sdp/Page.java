package dev.parley.protocol.sdp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A page's PeerConnection as far as descriptions go: it adds, stops and turns sections, offers,
/// and answers the server.
final class Page {
  /// A section as the page has it.
  static final class Place {
    final String media;
    final boolean ours;
    String mid;
    Direction direction;
    boolean stopped;

    Place(String media, String mid, Direction direction, boolean ours) {
      this.media = media;
      this.mid = mid;
      this.direction = direction;
      this.ours = ours;
    }
  }

  private static final String TRANSPORT =
      "c=IN IP4 0.0.0.0\r\na=ice-ufrag:page\r\na=ice-pwd:pagepagepagepagepagepage\r\n"
          + "a=fingerprint:sha-256 "
          + Server.FINGERPRINT.hash()
          + "\r\na=rtcp-mux\r\n";

  final List<Place> places = new ArrayList<>();
  private final Map<String, Integer> types = new HashMap<>();
  private int mids;
  private int number;

  /// @param base the payload types it chooses itself begin here
  Page(int base) {
    types.put("VP8/90000", base);
    types.put("rtx/90000", base + 1);
    types.put("opus/48000/2", base + 2);
  }

  void add(String media, Direction direction) {
    places.add(new Place(media, "" + mids++, direction, true));
  }

  long number() {
    return number;
  }

  String offer() {
    number++;
    return text("actpass", places);
  }

  /// Takes the server's offer and makes the answer to it.
  String answer(SessionDescription offer) {
    for (int i = places.size(); i < offer.sections().size(); i++) {
      MediaSection section = offer.sections().get(i);
      places.add(new Place(section.media(), section.mid(), Direction.RECVONLY, false));
    }
    List<Place> answered = new ArrayList<>();
    for (int i = 0; i < places.size(); i++) {
      MediaSection section = offer.sections().get(i);
      Place place = places.get(i);
      section.codecs().stream().filter(c -> Page.knows(c)).forEach(this::learn);
      Direction offered = offer.direction(section).reversed();
      Direction direction =
          Direction.of(
              offered.sends() && place.direction.sends(),
              offered.receives() && place.direction.receives());
      Place copy = new Place(place.media, place.mid, direction, place.ours);
      place.stopped |= section.stopped();
      copy.stopped = place.stopped;
      answered.add(copy);
    }
    return text("active", answered);
  }

  private static boolean knows(Codec codec) {
    return codec.named("VP8") || codec.named("opus");
  }

  private void learn(Codec codec) {
    types.put(codec.named("VP8") ? "VP8/90000" : "opus/48000/2", codec.payloadType());
    if (codec.named("VP8")) {
      types.put("rtx/90000", codec.payloadType() + 1);
    }
  }

  private String text(String setup, List<Place> described) {
    StringBuilder bundle = new StringBuilder("a=group:BUNDLE");
    StringBuilder sections = new StringBuilder();
    for (Place place : described) {
      if (!place.stopped) {
        bundle.append(' ').append(place.mid);
      }
      sections.append(section(place, setup));
    }
    return "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n" + bundle + "\r\n" + sections;
  }

  private String section(Place place, String setup) {
    int port = place.stopped ? 0 : 9;
    boolean video = place.media.equals("video");
    int main = types.get(video ? "VP8/90000" : "opus/48000/2");
    int rtx = types.get("rtx/90000");
    String codecs =
        video
            ? "a=rtpmap:"
                + main
                + " VP8/90000\r\na=rtpmap:"
                + rtx
                + " rtx/90000\r\na=fmtp:"
                + rtx
                + " apt="
                + main
                + "\r\n"
            : "a=rtpmap:" + main + " opus/48000/2\r\n";
    return "m="
        + place.media
        + " "
        + port
        + " UDP/TLS/RTP/SAVPF "
        + main
        + (video ? " " + rtx : "")
        + "\r\n"
        + TRANSPORT
        + "a=setup:"
        + setup
        + "\r\na=mid:"
        + place.mid
        + "\r\na="
        + place.direction.attribute()
        + "\r\na=extmap:5 "
        + Server.MID
        + "\r\n"
        + codecs;
  }
}
