package dev.parley.bench;

import java.util.Map;
import java.util.TreeMap;

/// What a crowd does: one row of [RoomsBench], and as words `name=number` the arguments of its load
/// client.
///
/// @param rooms side by side
/// @param people in each
/// @param voices of them who publish audio, the first ones
/// @param cameras of them who publish video, the first ones
/// @param hidden whether who publishes nothing is hidden, as viewers of a broadcast are
/// @param layers encodings of a camera: 1 or 3
/// @param kilobits a second of the largest encoding; the others have a third and a tenth of it
/// @param frames a second
/// @param speaking who speak at a time in a room; the others' packets say silence
/// @param silence milliseconds between packets of those who are silent: 20, or 400 with DTX
/// @param loss of 1000 media packets are lost on the way, both ways
/// @param churn milliseconds between a leave, with a new join, and the next; 0 for none
/// @param prefer milliseconds between one's showing something in another size and the next; 0 for
///   never
/// @param width of all pictures as everybody shows them, in pixels; 0 where nothing is said
/// @param page of the cameras, about so many are seen by each member, not the same by all, as on a
///   page of tiles; the others are hidden. 0 for all
/// @param guests others in each room who are not of the crowd, with a camera and a microphone each;
///   they come when the crowd is there
/// @param sample one in so many packets is decrypted and looked at; the first member of a room
///   looks at everything
record RoomsRow(
    int rooms,
    int people,
    int voices,
    int cameras,
    boolean hidden,
    int layers,
    int kilobits,
    int frames,
    int speaking,
    int silence,
    int loss,
    int churn,
    int prefer,
    int width,
    int page,
    int guests,
    int sample) {
  /// Microphones of a room that are heard at a time (`parley.media.audio-n`).
  private static final int HEARD = 8;

  static RoomsRow named(String name) {
    return switch (name) {
      case "small" -> new RoomsRow(1, 3, 3, 3, false, 3, 500, 30, 1, 20, 0, 0, 0, 0, 0, 0, 1);
      case "rooms" -> new RoomsRow(20, 7, 7, 7, false, 3, 300, 20, 2, 20, 0, 0, 0, 0, 0, 0, 16);
      case "large" -> new RoomsRow(1, 150, 10, 6, false, 3, 300, 20, 3, 20, 0, 0, 0, 0, 0, 0, 16);
      case "soak" -> new RoomsRow(6, 7, 7, 7, false, 3, 300, 20, 2, 100, 10, 500, 200, 0, 0, 0, 16);
      case "videos" -> new RoomsRow(4, 6, 6, 6, false, 3, 300, 10, 1, 100, 0, 0, 0, 0, 0, 1, 1);
      case "everybody" ->
          new RoomsRow(1, 150, 150, 150, false, 3, 600, 15, 3, 400, 0, 0, 0, 640, 9, 0, 64);
      case "broadcast" ->
          new RoomsRow(1, 1_001, 1, 1, true, 3, 500, 25, 1, 20, 0, 0, 0, 0, 0, 0, 64);
      default -> throw new IllegalArgumentException("no row " + name);
    };
  }

  /// With some numbers changed; names it does not know are left to others.
  RoomsRow with(Map<String, String> changes) {
    Map<String, Integer> all = numbers();
    changes.forEach((name, value) -> all.computeIfPresent(name, (_, _) -> Integer.valueOf(value)));
    return new RoomsRow(
        all.get("rooms"),
        all.get("people"),
        all.get("voices"),
        all.get("cameras"),
        all.get("hidden") != 0,
        all.get("layers"),
        all.get("kilobits"),
        all.get("frames"),
        all.get("speaking"),
        all.get("silence"),
        all.get("loss"),
        all.get("churn"),
        all.get("prefer"),
        all.get("width"),
        all.get("page"),
        all.get("guests"),
        all.get("sample"));
  }

  private Map<String, Integer> numbers() {
    Map<String, Integer> all = new TreeMap<>();
    all.put("rooms", rooms);
    all.put("people", people);
    all.put("voices", voices);
    all.put("cameras", cameras);
    all.put("hidden", hidden ? 1 : 0);
    all.put("layers", layers);
    all.put("kilobits", kilobits);
    all.put("frames", frames);
    all.put("speaking", speaking);
    all.put("silence", silence);
    all.put("loss", loss);
    all.put("churn", churn);
    all.put("prefer", prefer);
    all.put("width", width);
    all.put("page", page);
    all.put("guests", guests);
    all.put("sample", sample);
    return all;
  }

  /// The arguments of a load client that does this.
  String[] words() {
    return numbers().entrySet().stream()
        .map(one -> one.getKey() + "=" + one.getValue())
        .toArray(String[]::new);
  }

  static Map<String, String> parse(Iterable<String> words) {
    Map<String, String> values = new TreeMap<>();
    for (String word : words) {
      int sign = word.indexOf('=');
      if (sign > 0) {
        values.put(word.substring(0, sign), word.substring(sign + 1));
      }
    }
    return values;
  }

  int all() {
    return rooms * people;
  }

  boolean speaks(int place) {
    return place < voices;
  }

  boolean shows(int place) {
    return place < cameras;
  }

  /// Whether everybody hears all voices: of more, the server lets the loudest through.
  boolean hearsAll() {
    return voices <= HEARD;
  }

  /// Whether a member has a camera on its page.
  ///
  /// @param one the camera, as the member counts them
  boolean sees(int member, int one) {
    int pages = page == 0 ? 1 : Math.max(1, (cameras - 1 + page / 2) / page);
    return (member + one) % pages == 0;
  }

  /// Bits a second of an encoding.
  int bitrate(int layer) {
    int down = layers - 1 - layer;
    return kilobits * 1_000 / (down == 0 ? 1 : down == 1 ? 3 : 10);
  }
}
