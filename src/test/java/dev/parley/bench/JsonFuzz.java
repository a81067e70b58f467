package dev.parley.bench;

import dev.parley.door.json.FuzzTarget;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;

/// Feeds mutants of good messages to the JSON door and the session machine behind it.
///
/// `JsonFuzz [inputs, 10000000 unless told] [seed]`; ends with 1 where anything but a typed answer
/// came.
public final class JsonFuzz {
  private static final List<String> CORPUS =
      List.of(
          "{\"type\":\"join\",\"id\":1,\"token\":\"ann+admin\",\"name\":\"A\",\"audio\":true}",
          "{\"type\":\"join\",\"metadata\":\"{}\"}",
          "{\"type\":\"resume\",\"session\":\"0\",\"seen\":12}",
          "{\"type\":\"offer\",\"to\":\"%\",\"sdp\":\"v=0\\r\\no=- 1 1 IN IP4 0.0.0.0\\r\\n\"}",
          "{\"type\":\"answer\",\"to\":\"%\",\"sdp\":{\"type\":\"answer\",\"sdp\":\"v=0\"}}",
          "{\"type\":\"candidate\",\"to\":\"%\",\"candidate\":{\"candidate\":\"candidate:1 1 udp\","
              + "\"sdpMid\":\"0\",\"sdpMLineIndex\":0,\"usernameFragment\":null}}",
          "{\"type\":\"update\",\"name\":\"\\ud83d\\ude00\",\"screen\":false,\"hand\":true}",
          "{\"type\":\"ping\",\"seen\":3,\"id\":\"x\"}",
          "{\"type\":\"leave\"}",
          "{\"type\":\"join\",\"topology\":\"sfu\"}",
          "{\"type\":\"update\",\"topology\":\"auto\"}",
          "{\"type\":\"offer\",\"to\":\"sfu\",\"sdp\":\"v=0\",\"number\":1,\"id\":2,"
              + "\"tracks\":{\"0\":{\"source\":\"camera\",\"muted\":true},\"1\":{\"source\":\"x\"}}}",
          "{\"type\":\"offer\",\"to\":\"sfu\",\"sdp\":{\"type\":\"offer\",\"sdp\":\"v=0\"}}",
          "{\"type\":\"answer\",\"to\":\"sfu\",\"sdp\":\"v=0\",\"number\":1}",
          "{\"type\":\"candidate\",\"to\":\"sfu\",\"candidate\":null}",
          "{\"type\":\"unpublish\",\"track\":\"t\"}",
          "{\"type\":\"mute\",\"track\":\"t\",\"muted\":true}",
          "{\"type\":\"mute\",\"participant\":\"%\",\"track\":\"t\"}",
          "{\"type\":\"subscribe\",\"tracks\":[\"t\",\"u\"],\"wanted\":true}",
          "{\"type\":\"pause\",\"track\":\"t\",\"paused\":false}",
          "{\"type\":\"close\"}",
          "{\"type\":\"remove\",\"participant\":\"%\",\"reason\":\"r\"}",
          "{\"type\":\"mute\",\"participant\":\"%\",\"kind\":\"audio\"}",
          "{\"type\":\"lock\",\"locked\":true}",
          "{\"type\":\"lock\",\"locked\":false}",
          "{\"type\":\"admit\",\"participant\":\"%\"}",
          "{\"type\":\"deny\",\"participant\":\"%\"}",
          "{\"type\":\"configure\",\"maxParticipants\":4,\"emptyTimeout\":60,\"topology\":\"mesh\","
              + "\"lobby\":false,\"access\":\"open\",\"title\":\"T\"}",
          "{\"iceCandidate\":{\"candidate\":\"c\"}}",
          "{\"type\":\"bye\",\"x\":[[[[1,2.5e-3,-0]]],{\"a\":{\"b\":null}}]}");
  private static final String[] WORDS = {
    "\"",
    "\\",
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "\\u",
    "\\ud800",
    "\\udc00",
    "null",
    "true",
    "1e999",
    "-",
    "0",
    "99999999999999999999",
    "\u0000",
    "\n",
    "\"type\":",
    "\"id\":",
    "\"seen\":",
    "%"
  };

  private JsonFuzz() {}

  public static void main(String[] args) {
    long inputs = args.length > 0 ? Long.parseLong(args[0]) : 10_000_000;
    long seed = args.length > 1 ? Long.parseLong(args[1]) : System.nanoTime();
    System.out.println("JsonFuzz " + inputs + " inputs, seed " + seed);
    long start = System.nanoTime();
    String failure = run(inputs, seed);
    System.out.println((System.nanoTime() - start) / 1_000_000_000 + " s");
    if (!failure.isEmpty()) {
      System.out.println(failure);
      System.exit(1);
    }
    System.out.println("only typed answers");
  }

  /// Runs so many inputs.
  ///
  /// @return what went wrong, or nothing
  public static String run(long inputs, long seed) {
    var random = new SplittableRandom(seed);
    var target = new FuzzTarget(random.split());
    for (long i = 0; i < inputs; i++) {
      String input = mutant(random, target);
      try {
        target.feed(input);
      } catch (Throwable e) {
        var trace = new java.io.StringWriter();
        e.printStackTrace(new java.io.PrintWriter(trace));
        return "seed " + seed + ", input " + i + ": " + input + "\n" + trace;
      }
    }
    return target.verdict(inputs);
  }

  private static String mutant(SplittableRandom random, FuzzTarget target) {
    String text = CORPUS.get(random.nextInt(CORPUS.size())).replace("%", target.someone());
    int changes = random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(text.length() + 1);
      int to = Math.min(text.length(), at + random.nextInt(6));
      text =
          switch (random.nextInt(6)) {
            case 0 ->
                text.substring(0, at) + WORDS[random.nextInt(WORDS.length)] + text.substring(at);
            case 1 -> text.substring(0, at) + text.substring(to);
            case 2 -> text.substring(0, at) + (char) random.nextInt(0x10000) + text.substring(to);
            case 3 -> text.substring(0, at) + text.substring(at, to) + text.substring(at);
            case 4 -> splice(random, text, at);
            default -> octets(random, text);
          };
    }
    return text;
  }

  private static String splice(SplittableRandom random, String text, int at) {
    String other = CORPUS.get(random.nextInt(CORPUS.size()));
    return text.substring(0, at) + other.substring(random.nextInt(other.length()));
  }

  /// Flips a bit of the octets and reads them as a lenient UTF-8 decoder would.
  private static String octets(SplittableRandom random, String text) {
    byte[] octets = text.getBytes(StandardCharsets.UTF_8);
    if (octets.length > 0) {
      octets[random.nextInt(octets.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return new String(octets, StandardCharsets.UTF_8);
  }
}
