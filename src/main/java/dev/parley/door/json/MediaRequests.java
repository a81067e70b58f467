package dev.parley.door.json;

import dev.parley.media.Preference;
import dev.parley.media.SdpType;
import dev.parley.media.SourceView;
import dev.parley.signal.Request;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// How the requests of media through the server are read.
final class MediaRequests {
  private static final int MOST_ID = 128;
  private static final int MOST_MID = 64;

  /// As many as a participant may receive, and still a small message.
  private static final int MOST_TRACKS = 400;

  /// Sixteen screens of today in a row.
  private static final int MOST_PIXELS = 65_535;

  private static final int MOST_FRAMES = 240;
  private static final int MOST_PRIORITY = 100;

  private static final Pattern SOURCE = Pattern.compile("[A-Za-z0-9_-]{1,32}");

  private MediaRequests() {}

  /// An offer or answer for the server; `sdp` is a string or a description object.
  static Request describe(String ref, SdpType type, JsonObject m) throws BadMessage {
    Long number = m.whole("number");
    if (number == null && type == SdpType.ANSWER) {
      throw new BadMessage("number is missing");
    }
    if (number != null && (number < 0 || number > Integer.MAX_VALUE)) {
      throw new BadMessage("number is out of range");
    }
    List<SourceView> sources = type == SdpType.OFFER ? sources(m) : List.of();
    return new Request.Describe(ref, type, number == null ? 0 : number, sdp(type, m), sources);
  }

  /// `mute` of a track of one's own.
  static Request mute(String ref, JsonObject m) throws BadMessage {
    return new Request.MuteTrack(ref, track(m), flag(m, "muted"));
  }

  static Request unpublish(String ref, JsonObject m) throws BadMessage {
    return new Request.Unpublish(ref, track(m));
  }

  static Request subscribe(String ref, JsonObject m) throws BadMessage {
    return new Request.Subscribe(ref, tracks(m), flag(m, "wanted"));
  }

  static Request pause(String ref, JsonObject m) throws BadMessage {
    return new Request.Pause(ref, tracks(m), flag(m, "paused"));
  }

  /// What is shown of tracks, by id. What is left out is the most there may be: all of the picture,
  /// every frame.
  static Request settings(String ref, JsonObject m) throws BadMessage {
    var tracks = m.object("tracks");
    var preferences = new LinkedHashMap<String, Preference>();
    for (var track : tracks.names()) {
      if (track.isEmpty() || track.length() > MOST_ID) {
        throw new BadMessage("a track is too long");
      }
      preferences.put(track, preference(tracks.object(track)));
    }
    if (preferences.isEmpty()) {
      throw new BadMessage("tracks must name one at least");
    }
    return new Request.TrackSettings(ref, preferences);
  }

  private static Preference preference(JsonObject m) throws BadMessage {
    int width = within(m, "width", 1, MOST_PIXELS, Preference.ALL.width());
    int height = within(m, "height", 1, MOST_PIXELS, Preference.ALL.height());
    if ((m.whole("width") == null) != (m.whole("height") == null)) {
      throw new BadMessage("width and height go together");
    }
    int frames = within(m, "frameRate", 1, MOST_FRAMES, 0);
    int priority = within(m, "priority", 0, MOST_PRIORITY, 0);
    boolean hidden = Boolean.FALSE.equals(m.bool("visible"));
    return new Preference(hidden ? 0 : width, hidden ? 0 : height, frames, priority);
  }

  private static int within(JsonObject m, String member, int least, int most, int otherwise)
      throws BadMessage {
    Long value = m.whole(member);
    if (value == null) {
      return otherwise;
    }
    if (value < least || value > most) {
      throw new BadMessage(member + " is out of range");
    }
    return value.intValue();
  }

  private static String sdp(SdpType type, JsonObject m) throws BadMessage {
    return switch (m.kind("sdp")) {
      case '"' -> m.string("sdp", Integer.MAX_VALUE);
      case '{' -> {
        var description = m.object("sdp");
        String said = description.string("type", 32);
        String sdp = description.string("sdp", Integer.MAX_VALUE);
        if (sdp == null || said != null && !said.equals(type.name().toLowerCase(Locale.ROOT))) {
          throw new BadMessage("sdp must be a description of that type");
        }
        yield sdp;
      }
      default -> throw new BadMessage("sdp must be a string or an object");
    };
  }

  /// What the sections of an offer are, by mid.
  private static List<SourceView> sources(JsonObject m) throws BadMessage {
    var sources = new ArrayList<SourceView>();
    if (m.kind("tracks") == 0 || m.kind("tracks") == 'n') {
      return sources;
    }
    var tracks = m.object("tracks");
    for (var mid : tracks.names()) {
      if (mid.isEmpty() || mid.length() > MOST_MID) {
        throw new BadMessage("a mid is too long");
      }
      var one = tracks.object(mid);
      String source = RequestType.needed("source", one.string("source", 32));
      if (!SOURCE.matcher(source).matches()) {
        throw new BadMessage("source must be a short word");
      }
      boolean muted = Boolean.TRUE.equals(one.bool("muted"));
      boolean encrypted = Boolean.TRUE.equals(one.bool("encrypted"));
      sources.add(new SourceView(mid, source, muted, encrypted));
    }
    return sources;
  }

  private static List<String> tracks(JsonObject m) throws BadMessage {
    return m.has("tracks") ? m.strings("tracks", MOST_TRACKS, MOST_ID) : List.of(track(m));
  }

  private static String track(JsonObject m) throws BadMessage {
    return RequestType.needed("track", m.string("track", MOST_ID));
  }

  private static boolean flag(JsonObject m, String member) throws BadMessage {
    return RequestType.needed(member, m.bool(member));
  }
}
