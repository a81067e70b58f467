package dev.parley.bench;

import dev.parley.interop.browser.Browser;
import dev.parley.interop.browser.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// `sfu-all-videos`: whether everybody sees everybody, in rooms of seven.
///
/// `AllVideosBench [--browsers 1] [--chromiums 1] [--width 320] [--frames 10] [--seconds 10]
/// [--warm 10] [--picture FILE.png] [name=number …] [-Dsetting=value | -Xoption …]`: wants root,
/// Chromium and `target/parley.jar` in the working directory's project. In each of four rooms so
/// many are pages in a headless Chromium, by the meeting page as people use it; the others are of
/// the load client of [RoomsBench], whose cameras show what that Chromium has encoded before, so
/// that it can decode them.
///
/// Each page is looked at every other second: a video is live where it has decoded, and shown,
/// pictures since the last look. The load client looks each second at what came. Fails where a
/// video was not live at a look, for whatever reason; one that is held back for want of bandwidth
/// is not live.
public final class AllVideosBench {
  private static final int SEVEN = 7;
  private static final int FILM_SECONDS = 6;
  private static final int LOOK_EVERY = 2;

  /// Browsers that share a few cores take media unevenly, which looks like a narrow way; whether
  /// videos are held back there is for others to measure.
  private static final int LEAST = 5_000_000;

  private final BenchArguments arguments;
  private final int browsers;
  private final int width;
  private final int rate;
  private final RoomsRow row;
  private final List<AllVideosGuest> guests = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();

  private AllVideosBench(BenchArguments arguments) {
    this.arguments = arguments;
    browsers = Math.clamp(arguments.number("browsers", 1), 1, SEVEN - 1);
    width = arguments.number("width", 320);
    rate = arguments.number("frames", 10);
    String own = Integer.toString(SEVEN - browsers);
    var changes = new java.util.TreeMap<>(RoomsRow.parse(arguments.settings()));
    changes.put("guests", Integer.toString(browsers));
    changes.put("frames", Integer.toString(rate));
    List.of("people", "voices", "cameras").forEach(name -> changes.put(name, own));
    row = RoomsRow.named("videos").with(changes);
  }

  public static void main(String[] args) throws IOException {
    var bench = new AllVideosBench(BenchArguments.of(args));
    bench.run();
    bench.failures.forEach(one -> System.out.println("FAILED: " + one));
    System.out.println(
        bench.failures.isEmpty() ? "every video is live" : "not every video is live");
    System.exit(bench.failures.isEmpty() ? 0 : 1);
  }

  private void run() throws IOException {
    List<String> settings =
        new ArrayList<>(List.of("-Dparley.media.loops=2", "-Dparley.media.least-bitrate=" + LEAST));
    arguments.settings().stream().filter(one -> one.startsWith("-")).forEach(settings::add);
    Path film = Files.createTempFile("parley-film", ".bin");
    List<Browser> chromiums = new ArrayList<>();
    try (var server = new RoomsServer(settings)) {
      for (int i = 0; i < arguments.number("chromiums", 1); i++) {
        chromiums.add(
            Browser.chromiumOnLoopback(
                server.where(), "--use-fake-device-for-media-stream=fps=" + rate));
      }
      shoot(chromiums.getFirst(), server, film);
      String rooms = RoomsLoad.rooms();
      try (var load =
          server.load(
              "videos", row, RoomsLoadProcess.UNTOLD, "film=" + film, "rooms-are=" + rooms)) {
        enter(chromiums, server, rooms);
        measure(server, load);
      }
    } finally {
      chromiums.forEach(Browser::close);
      Files.delete(film);
    }
  }

  private void shoot(Browser chromium, RoomsServer server, Path file) throws IOException {
    try (Page page = chromium.open(server.http())) {
      RoomsFilm film = AllVideosFilm.shoot(page, SEVEN - browsers, width, rate, FILM_SECONDS);
      film.write(file);
      System.out.printf("  a film of %d KiB%n", Files.size(file) / 1024);
    }
  }

  private void enter(List<Browser> chromiums, RoomsServer server, String rooms) {
    for (int i = 0; i < browsers * row.rooms(); i++) {
      Browser chromium = chromiums.get(i % chromiums.size());
      String room = rooms + i % row.rooms();
      String name = "Chromium " + (i / row.rooms() + 1);
      guests.add(new AllVideosGuest(chromium, server, room, name, SEVEN - 1, width, rate));
    }
    for (AllVideosGuest guest : guests) {
      if (!guest.complete()) {
        failures.add(guest.room + ", " + guest.name + ": not everybody came within a minute");
      }
    }
    System.out.printf("  %d pages are in%n", guests.size());
  }

  private void measure(RoomsServer server, RoomsLoadProcess load) throws IOException {
    load.run(arguments.number("warm", 10));
    int seconds = arguments.number("seconds", 10);
    RoomsWork before = RoomsWork.of(server);
    FanoutCpu cpu = FanoutCpu.of(server.pid());
    Map<String, Double> seen = together(load, seconds);
    double cores = (FanoutCpu.of(server.pid()).process() - cpu.process()) / 1e9;
    print(seen);
    System.out.printf(
        "  server %.2f cores, of each loop's time busy %s; the machine's load average %s%n",
        cores / seen.get("seconds"),
        RoomsWork.of(server).shares(before),
        Files.readString(Path.of("/proc/loadavg")).split(" ")[0]);
    judge(seen);
    if (arguments.options().containsKey("picture")) {
      guests.getFirst().picture(Path.of(arguments.text("picture", "")));
    }
  }

  /// The load client and all pages look at the same time.
  private Map<String, Double> together(RoomsLoadProcess load, int seconds) throws IOException {
    guests.forEach(AllVideosGuest::begin);
    try (var looking = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Map<String, Double>> client = () -> load.run(seconds);
      Future<Map<String, Double>> seen = looking.submit(client);
      for (int i = 0; i < seconds / LOOK_EVERY; i++) {
        Thread.sleep(LOOK_EVERY * 1_000L);
        List<Future<?>> looks = new ArrayList<>();
        guests.forEach(guest -> looks.add(looking.submit(guest::look)));
        for (Future<?> look : looks) {
          look.get();
        }
      }
      return seen.get();
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private void print(Map<String, Double> seen) {
    String head = "  %-5s %-11s %9s %7s %7s  %s%n";
    System.out.printf(head, "room", "receiver", "live", "kbit/s", "RTT ms", "per video");
    for (int room = 0; room < row.rooms(); room++) {
      for (AllVideosGuest guest : guests) {
        if (guest.room.endsWith("-" + room)) {
          System.out.printf(
              "  %-5d %-11s %9s %7.0f %7.2f  %s; sends %s, audio packets %.0f/s," + " freezes %d%n",
              room,
              guest.name,
              guest.live() + "/" + guest.wanted(),
              guest.kilobits(),
              guest.roundTrip(),
              guest.videos(),
              guest.sent(),
              guest.audioPackets(),
              guest.freezes());
        }
      }
      for (int place = 0; place < row.people(); place++) {
        String name = "member-" + room + "-" + place + "-";
        System.out.printf(
            "  %-5d %-11s %9s %7.0f %7.2f  (audio and video, %d of them)%n",
            room,
            "client " + (place + 1),
            "%.0f/%.0f".formatted(seen.get(name + "live"), wanted(seen, name)),
            seen.get(name + "kbit"),
            seen.get(name + "rttMicros") / 1e3,
            2 * (SEVEN - 1));
      }
    }
  }

  /// All looks, at what the server held back too.
  private static double wanted(Map<String, Double> seen, String member) {
    return seen.get(member + "wanted") + seen.get(member + "quiet");
  }

  private void judge(Map<String, Double> seen) {
    int live = guests.stream().mapToInt(AllVideosGuest::live).sum();
    int wanted = guests.stream().mapToInt(AllVideosGuest::wanted).sum();
    double should = seen.get("wanted") + seen.get("quiet");
    System.out.printf(
        "  live: pages %d of %d looks at videos (%.2f %%), load client %.0f of %.0f (%.2f %%);"
            + " wrong %.0f, strangers %.0f, lost %.0f%n",
        live,
        wanted,
        100.0 * live / wanted,
        seen.get("live"),
        should,
        100 * seen.get("live") / should,
        seen.get("wrong"),
        seen.get("strangers"),
        seen.get("lost"));
    guests.stream()
        .filter(guest -> !guest.sound())
        .forEach(guest -> failures.add(guest.room + ", " + guest.name + ": " + guest.dead()));
    if (seen.get("live") < should) {
      failures.add("streams of the load client that are not live");
    }
    if (seen.get("wrong") + seen.get("strangers") > 0) {
      failures.add("packets that are not as they were sent");
    }
  }
}
