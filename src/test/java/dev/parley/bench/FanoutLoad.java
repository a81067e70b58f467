package dev.parley.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/// The load client of [FanoutBench], a process of its own in the server's network.
///
/// `FanoutLoad floor RECEIVERS take|sample PORT`, or `FanoutLoad parley RECEIVERS take|sample
/// ws://127.0.0.1:PORT/signal/ id:secret`. Says `ready` when all are connected; then each line
/// `EVEN 6 1` or `BURSTS 6 1` on its input, a pattern, seconds and a factor of speed, is answered
/// by one line `name=number …`, see [Outcome]. Ends with its input. With `sample` the kernel drops
/// most of what comes to a receiver, see [FanoutFilter], but for one receiver, which takes
/// everything.
public final class FanoutLoad {
  /// What one run gave.
  ///
  /// @param sent packets of the source
  /// @param delivered packets that reached the receivers' sockets, all together
  /// @param lost packets that should have reached them and did not
  /// @param taken packets that were looked at
  /// @param wrong of these, those that were not as they were sent
  /// @param gaps times at which something was missing or out of order among these
  record Outcome(long sent, long delivered, long lost, long taken, long wrong, long gaps) {
    String line() {
      return "sent=%d delivered=%d lost=%d taken=%d wrong=%d gaps=%d"
          .formatted(sent, delivered, lost, taken, wrong, gaps);
    }

    static Outcome parse(String line) {
      Map<String, Long> values = new java.util.TreeMap<>();
      for (String word : line.split(" ")) {
        int sign = word.indexOf('=');
        if (sign > 0) {
          values.put(word.substring(0, sign), Long.valueOf(word.substring(sign + 1)));
        }
      }
      if (values.size() != 6) {
        throw new IllegalStateException("the load client says: " + line);
      }
      return new Outcome(
          values.get("sent"),
          values.get("delivered"),
          values.get("lost"),
          values.get("taken"),
          values.get("wrong"),
          values.get("gaps"));
    }
  }

  private FanoutLoad() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    if (args.length < 4) {
      System.err.println("usage: FanoutLoad floor|parley RECEIVERS take|sample WHERE [KEY:SECRET]");
      System.exit(2);
    }
    int receivers = Integer.parseInt(args[1]);
    boolean sample = args[2].equals("sample");
    FanoutClient client =
        args[0].equals("floor")
            ? new FanoutFloorClient(receivers, sample, Integer.parseInt(args[3]))
            : new FanoutParleyClient(receivers, sample, args[3], args[4]);
    client.connect();
    System.out.println("ready");
    var in = new BufferedReader(new InputStreamReader(System.in));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ");
      FanoutPattern pattern = FanoutPattern.valueOf(words[0]);
      int speed = Integer.parseInt(words[2]);
      System.out.println(run(client, pattern, Double.parseDouble(words[1]), speed).line());
    }
    System.exit(0);
  }

  private static Outcome run(FanoutClient client, FanoutPattern pattern, double seconds, int speed)
      throws IOException, InterruptedException {
    Outcome before = client.counts();
    var done = new AtomicBoolean();
    var sent = new long[1];
    Thread source =
        Thread.ofPlatform()
            .name("source")
            .start(
                () -> {
                  try {
                    sent[0] = client.source().run(pattern, seconds, speed);
                  } catch (IOException e) {
                    e.printStackTrace();
                  } finally {
                    done.set(true);
                  }
                });
    while (!done.get()) {
      client.turn(20);
    }
    source.join();
    // What is under way.
    for (int i = 0; i < 10; i++) {
      client.turn(20);
    }
    Outcome after = client.counts();
    long delivered = after.delivered() - before.delivered();
    return new Outcome(
        sent[0],
        delivered,
        sent[0] * client.receivers() - delivered,
        after.taken() - before.taken(),
        after.wrong() - before.wrong(),
        after.gaps() - before.gaps());
  }
}
