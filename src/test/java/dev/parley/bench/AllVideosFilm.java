package dev.parley.bench;

import dev.parley.interop.browser.Page;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// Has a Chromium draw people and encode them by its own VP8, for the cameras of a load client:
/// what it plays is what it has made.
final class AllVideosFilm {
  /// A head before a wall, which nods and waves; each actor has colours of its own. Three sizes, of
  /// which each is half of the next.
  private static final String SHOOT =
      """
      (async () => {
        const [actor, width, height, rate, count] = [%d, %d, %d, %d, %d];
        const takes = [];
        for (const [down, bitrate] of [[4, 40_000], [2, 90_000], [1, 220_000]]) {
          const [w, h] = [width / down & ~1, height / down & ~1];
          const canvas = new OffscreenCanvas(w, h);
          const draw = canvas.getContext('2d');
          const take = [];
          let failure = null;
          const encoder = new VideoEncoder({
            output: (chunk, facts) => {
              const octets = new Uint8Array(chunk.byteLength);
              chunk.copyTo(octets);
              take.push({ key: chunk.type === 'key', layer: facts?.svc?.temporalLayerId ?? 0, octets: octets.toBase64?.() ?? btoa(String.fromCharCode(...octets)) });
            },
            error: (error) => { failure = error; },
          });
          encoder.configure({ codec: 'vp8', width: w, height: h, bitrate, framerate: rate, latencyMode: 'realtime', scalabilityMode: 'L1T3' });
          for (let i = 0; i < count; i++) {
            const turn = i / count * 2 * Math.PI;
            const hue = actor * 360 / 7;
            const wall = draw.createLinearGradient(0, 0, w, h);
            wall.addColorStop(0, `hsl(${hue} 35%% 62%%)`);
            wall.addColorStop(1, `hsl(${hue} 40%% 38%%)`);
            draw.fillStyle = wall;
            draw.fillRect(0, 0, w, h);
            const [x, y] = [w / 2 + Math.sin(turn) * h / 20, h * 0.42 + Math.sin(3 * turn) * h / 40];
            draw.fillStyle = `hsl(${hue + 180} 35%% 30%%)`;
            draw.beginPath();
            draw.ellipse(x, h * 1.05, h * 0.42, h * 0.38, 0, 0, 7);
            draw.fill();
            draw.fillStyle = `hsl(28 45%% ${48 + actor * 5}%%)`;
            draw.beginPath();
            draw.ellipse(x, y, h * 0.18, h * 0.23, Math.sin(turn) / 8, 0, 7);
            draw.fill();
            draw.beginPath();
            draw.arc(x + h * 0.45, h * 0.62 + Math.sin(9 * turn) * h / 14, h * 0.08, 0, 7);
            draw.fill();
            draw.fillStyle = '#222';
            for (const side of [-1, 1]) draw.fillRect(x + side * h * 0.07 - h * 0.015, y - h * 0.04, h * 0.03, h * 0.04);
            draw.fillRect(x - h * 0.06, y + h * 0.1, h * 0.12, h * (0.015 + 0.02 * Math.abs(Math.sin(12 * turn))));
            const frame = new VideoFrame(canvas, { timestamp: i * 1e6 / rate });
            encoder.encode(frame, { keyFrame: i === 0 });
            frame.close();
          }
          await encoder.flush();
          encoder.close();
          if (failure) throw failure;
          takes.push(take);
        }
        return takes;
      })()
      """;

  private AllVideosFilm() {}

  /// @param page of a secure origin
  /// @param seconds until a take begins anew
  static RoomsFilm shoot(Page page, int actors, int width, int rate, int seconds) {
    List<List<List<RoomsFilm.Frame>>> all = new ArrayList<>();
    for (int actor = 0; actor < actors; actor++) {
      String script = SHOOT.formatted(actor, width, width * 9 / 16, rate, rate * seconds);
      List<List<RoomsFilm.Frame>> takes = new ArrayList<>();
      for (JsonValue take : page.evaluate(script).asJsonArray()) {
        takes.add(
            take.asJsonArray().stream()
                .map(JsonValue::asJsonObject)
                .map(AllVideosFilm::frame)
                .toList());
        boolean first = take.asJsonArray().getJsonObject(0).getBoolean("key");
        if (!first || take.asJsonArray().size() != rate * seconds) {
          throw new IllegalStateException("no take: " + take.asJsonArray().size() + " pictures");
        }
      }
      all.add(takes);
    }
    return new RoomsFilm(all);
  }

  private static RoomsFilm.Frame frame(JsonObject one) {
    return new RoomsFilm.Frame(
        one.getInt("layer"), Base64.getDecoder().decode(one.getString("octets")));
  }
}
