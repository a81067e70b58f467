package dev.parley.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// The load client of [RoomsBench], a process of its own in the server's network.
///
/// `RoomsLoad ROW ws://127.0.0.1:PORT/signal/ id:secret [name=number …] [film=FILE]
/// [rooms-are=NAME]`: connects all of a [RoomsRow], says on the way how many are (`connected 20`),
/// then `ready` and how long that took; then answers each line of its input, a number of seconds,
/// by one line `name=number …` of what it saw while it went on for so long. Ends with its input.
public final class RoomsLoad {
  private RoomsLoad() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    if (args.length < 3) {
      System.err.println("usage: RoomsLoad ROW URL KEY:SECRET [name=number …]");
      System.exit(2);
    }
    Map<String, String> words = RoomsRow.parse(Arrays.asList(args));
    RoomsRow row = RoomsRow.named(args[0]).with(words);
    RoomsFilm film = words.containsKey("film") ? RoomsFilm.read(Path.of(words.get("film"))) : null;
    String name = words.getOrDefault("rooms-are", rooms());
    try (var crowd = new RoomsCrowd(row, args[1], args[2], name, film)) {
      long began = System.nanoTime();
      crowd.connect(connected -> System.out.println("connected " + connected));
      double seconds = (System.nanoTime() - began) / 1e9;
      System.out.printf("ready in %.1f s, %s%n", seconds, crowd.described());
      serve(crowd);
    } catch (IOException e) {
      System.out.println("failed: " + e.getMessage());
    }
    System.exit(0);
  }

  /// What the names of rooms begin with that nobody else has.
  static String rooms() {
    return "rooms-" + Long.toString(System.currentTimeMillis(), 36) + "-";
  }

  // Media goes on while nobody asks.
  private static void serve(RoomsCrowd crowd) throws IOException, InterruptedException {
    BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    Thread.ofPlatform().daemon().name("commands").start(() -> read(lines));
    while (true) {
      String line = lines.poll();
      if (line == null) {
        crowd.idle();
      } else if (line.isEmpty()) {
        return;
      } else {
        System.out.println(RoomsCrowd.line(crowd.run(Double.parseDouble(line))));
      }
    }
  }

  private static void read(BlockingQueue<String> lines) {
    try (var in = new BufferedReader(new InputStreamReader(System.in))) {
      in.lines().forEach(lines::add);
    } catch (IOException e) {
      e.printStackTrace();
    }
    lines.add("");
  }
}
