package dev.parley.bench;

import dev.parley.interop.browser.Browser;
import dev.parley.interop.browser.Page;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// One Chromium page in a meeting, and what it sees of the others: a video is live at a look where
/// more of its pictures have been decoded, and shown by its tile, than at the look before.
final class AllVideosGuest {
  private static final Duration SOON = Duration.ofSeconds(60);

  /// Cameras of so many pixels, so that cores carry more of them.
  private static final String SMALL =
      """
      () => {
        const real = navigator.mediaDevices?.getUserMedia.bind(navigator.mediaDevices);
        if (!real) return;
        navigator.mediaDevices.getUserMedia = (wanted) => real({
          ...wanted,
          ...(wanted.video && { video: { width: %d, height: %d, frameRate: %d } }),
        });
      }
      """;

  private static final String LOOK =
      """
      (async () => {
        const { sfu } = parley.call;
        const all = [...(await sfu.connection.getStats()).values()];
        const transport = all.find(({ type }) => type === 'transport');
        const pair = all.find(({ id }) => id === transport?.selectedCandidatePairId);
        const sent = all.filter(({ type, kind }) => type === 'outbound-rtp' && kind === 'video');
        const videos = [];
        for (const [id, tracks] of sfu.received) {
          for (const { id: track, kind } of tracks.values()) {
            if (kind !== 'video') continue;
            const stats = all.find((one) => one.type === 'inbound-rtp' && one.trackIdentifier === track) ?? {};
            const tile = document.querySelector(`.tile[data-id="${id}"] video`);
            videos.push({
              id,
              decoded: stats.framesDecoded ?? 0,
              shown: tile?.getVideoPlaybackQuality().totalVideoFrames ?? 0,
              octets: stats.bytesReceived ?? 0,
              width: stats.frameWidth ?? 0,
              lost: stats.packetsLost ?? 0,
              freezes: stats.freezeCount ?? 0,
            });
          }
        }
        return {
          mode: parley.call.mode,
          at: performance.now(),
          trip: (pair?.currentRoundTripTime ?? 0) * 1000,
          octets: transport?.bytesReceived ?? 0,
          sent: sent.reduce((sum, { framesEncoded }) => sum + (framesEncoded ?? 0), 0),
          sizes: sent.map(({ rid, frameWidth, active }) => `${rid ?? 'single'} ${active ? frameWidth ?? 0 : 'off'}`).sort().join(', '),
          audio: all.filter(({ type, kind }) => type === 'inbound-rtp' && kind === 'audio')
            .reduce((sum, { packetsReceived }) => sum + packetsReceived, 0),
          videos,
        };
      })()
      """;

  final String room;
  final String name;
  private final Page page;
  private final int wanted;
  private final Map<String, Integer> dead = new LinkedHashMap<>();
  private JsonObject first;
  private JsonObject last;
  private int looks;
  private int live;

  /// Somebody opens the page of a room and joins.
  ///
  /// @param wanted videos of others that there should be
  AllVideosGuest(
      Browser browser,
      RoomsServer server,
      String room,
      String name,
      int wanted,
      int width,
      int rate) {
    this.room = room;
    this.name = name;
    this.wanted = wanted;
    URI address = server.http().resolve("room/" + room + "#token=" + server.token(room, name));
    page = browser.open(address, SMALL.formatted(width, width * 9 / 16, rate));
    for (int i = 0;
        i < 3
            && !page.comes("document.querySelector('#mirror')?.srcObject", Duration.ofSeconds(15));
        i++) {
      System.out.println("  the camera is asked for again");
      page.evaluate("location.reload()");
    }
    page.viewport(960, 600);
    page.fill("#name", name);
    page.click("#join");
    page.await("document.body.dataset.stage === 'meeting'");
  }

  /// Waits until it decodes everybody, for a while; says whether it does.
  boolean complete() {
    return page.comes(
        "(await (" + LOOK + ")).videos.filter(({ decoded }) => decoded > 0).length === " + wanted,
        SOON);
  }

  void begin() {
    first = last = page.evaluate(LOOK).asJsonObject();
    looks = live = 0;
    dead.clear();
  }

  /// Looks at every video.
  void look() {
    JsonObject now = page.evaluate(LOOK).asJsonObject();
    looks++;
    for (JsonValue video : now.getJsonArray("videos")) {
      String id = video.asJsonObject().getString("id");
      if (grown(video.asJsonObject(), of(last, id))) {
        live++;
      } else {
        dead.merge(id, 1, Integer::sum);
      }
    }
    last = now;
  }

  private static boolean grown(JsonObject now, JsonObject before) {
    return now.getInt("decoded") > before.getInt("decoded", -1)
        && now.getInt("shown") > before.getInt("shown", -1);
  }

  private static JsonObject of(JsonObject look, String id) {
    return look.getJsonArray("videos").stream()
        .map(JsonValue::asJsonObject)
        .filter(one -> one.getString("id").equals(id))
        .findFirst()
        .orElse(JsonValue.EMPTY_JSON_OBJECT);
  }

  int looks() {
    return looks;
  }

  int live() {
    return live;
  }

  /// Looks at videos that there should have been.
  int wanted() {
    return wanted * looks;
  }

  boolean sound() {
    return live == wanted() && "sfu".equals(last.getString("mode"));
  }

  /// Round trip of its connectivity checks in milliseconds.
  double roundTrip() {
    return last.getJsonNumber("trip").doubleValue();
  }

  double seconds() {
    return (last.getJsonNumber("at").doubleValue() - first.getJsonNumber("at").doubleValue()) / 1e3;
  }

  /// All that came, kbit/s.
  double kilobits() {
    return rate(first, last, "octets") * 8 / 1e3;
  }

  private double rate(JsonObject from, JsonObject to, String what) {
    double before = from.containsKey(what) ? from.getJsonNumber(what).doubleValue() : 0;
    return (to.getJsonNumber(what).doubleValue() - before) / seconds();
  }

  /// Of each video: kbit/s, pictures a second, width.
  String videos() {
    var text = new StringBuilder();
    for (JsonValue value : videosNow()) {
      JsonObject video = value.asJsonObject();
      JsonObject before = of(first, video.getString("id"));
      text.append(
          "%s%.0f/%.1f/%d"
              .formatted(
                  text.isEmpty() ? "" : "  ",
                  rate(before, video, "octets") * 8 / 1e3,
                  rate(before, video, "decoded"),
                  video.getInt("width")));
    }
    return text.toString();
  }

  private JsonArray videosNow() {
    return last.getJsonArray("videos");
  }

  double audioPackets() {
    return rate(first, last, "audio");
  }

  /// What it publishes: pictures a second, and the width of each encoding.
  String sent() {
    return "%.1f pictures/s (%s)".formatted(rate(first, last, "sent"), last.getString("sizes"));
  }

  int freezes() {
    return videosNow().stream()
        .map(JsonValue::asJsonObject)
        .mapToInt(
            one -> one.getInt("freezes") - of(first, one.getString("id")).getInt("freezes", 0))
        .sum();
  }

  /// What was not live, in words.
  String dead() {
    return dead.isEmpty() && videosNow().size() == wanted
        ? ""
        : "%d of %d videos offered; looks at which one stood still: %s; %s"
            .formatted(videosNow().size(), wanted, dead, page.console());
  }

  /// Takes a picture of the meeting.
  void picture(Path png) {
    page.viewport(1280, 800);
    page.comes("new Promise((done) => setTimeout(() => done(true), 1500))", SOON);
    page.screenshot(png);
    page.viewport(960, 600);
  }

  void leave() {
    page.close();
  }
}
