package dev.parley.bench;

import dev.parley.lab.TurnCredential;
import dev.parley.protocol.stun.StunWriter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/// Makes and ends allocations, many 5-tuples from one thread.
///
/// `TurnLoadClient HOST PORT USER PASSWORD cycles COUNT [in flight, 50]`: so many times Allocate,
/// its challenge, Allocate and Refresh 0, each on a 5-tuple of its own, and says how many. `… hold
/// COUNT`: holds so many allocations, says `held`, waits for a line, ends them, says `released`. It
/// is a process of its own because a benchmark runs it in the server's network namespace.
public final class TurnLoadClient implements AutoCloseable {
  private static final long RETRANSMIT = 500_000_000L;
  private static final int FIRST_PORT = 20_000;
  private static final int HOSTS = 250;

  private final InetSocketAddress server;
  private final TurnCredential credential;
  private final Selector selector = Selector.open();
  private final StunWriter writer = new StunWriter();
  private final ByteBuffer buffer = ByteBuffer.allocate(2048);

  /// Whoever waits for an answer.
  private final Set<TurnDialog> waiting = new HashSet<>();

  private final byte run = (byte) (1 + ThreadLocalRandom.current().nextInt(126));

  private int opened;
  private long lost;

  private TurnLoadClient(InetSocketAddress server, TurnCredential credential) throws IOException {
    this.server = server;
    this.credential = credential;
  }

  public static void main(String[] args) throws IOException {
    if (args.length < 6) {
      System.err.println(
          "usage: TurnLoadClient HOST PORT USER PASSWORD cycles|hold COUNT [in flight]");
      System.exit(2);
    }
    var server = new InetSocketAddress(args[0], Integer.parseInt(args[1]));
    int count = Integer.parseInt(args[5]);
    int inFlight = args.length > 6 ? Integer.parseInt(args[6]) : 50;
    try (var client = new TurnLoadClient(server, new TurnCredential(args[2], args[3]))) {
      switch (args[4]) {
        case "cycles" -> client.cycles(count, inFlight);
        case "hold" -> client.hold(count, inFlight);
        default -> throw new IllegalArgumentException(args[4]);
      }
    }
  }

  private void cycles(int count, int inFlight) throws IOException {
    long began = System.nanoTime();
    int begun = 0;
    int ended = 0;
    while (ended < count) {
      while (begun < count && begun - ended < inFlight) {
        open();
        begun++;
      }
      for (TurnDialog dialog : arrived()) {
        if (dialog.step() == TurnDialog.Step.HELD) {
          dialog.release();
          waiting.add(dialog);
        } else {
          dialog.close();
          ended++;
        }
      }
    }
    System.out.printf(
        "cycles=%d seconds=%.2f again=%d%n", ended, (System.nanoTime() - began) / 1e9, lost);
  }

  private void hold(int count, int inFlight) throws IOException {
    List<TurnDialog> held = new ArrayList<>();
    while (held.size() < count) {
      while (held.size() + waiting.size() < count && waiting.size() < inFlight) {
        open();
      }
      held.addAll(arrived());
    }
    System.out.println("held=" + held.size());
    new BufferedReader(new InputStreamReader(System.in)).readLine();
    int released = 0;
    int asked = 0;
    while (released < count) {
      while (asked < count && asked - released < inFlight) {
        held.get(asked).release();
        waiting.add(held.get(asked++));
      }
      released += arrived().size();
    }
    System.out.println("released=" + released);
  }

  private void open() throws IOException {
    DatagramChannel channel = DatagramChannel.open();
    channel.setOption(StandardSocketOptions.SO_RCVBUF, 1 << 16);
    channel.bind(nextLocal());
    channel.connect(server);
    channel.configureBlocking(false);
    var dialog = new TurnDialog(channel, credential, writer, buffer);
    channel.register(selector, SelectionKey.OP_READ, dialog);
    waiting.add(dialog);
  }

  /// A transport address of the loopback that no dialog has had: coturn keeps a 5-tuple for a while
  /// after its allocation's end. Many hosts, for Parley answers one source only so often a second
  /// before it has proved who it is.
  private InetSocketAddress nextLocal() throws IOException {
    byte host = (byte) (1 + opened % HOSTS);
    int port = FIRST_PORT + opened++ / HOSTS;
    return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, run, 0, host}), port);
  }

  /// Waits for answers.
  ///
  /// @return dialogs that hold an allocation now, or have ended it
  private List<TurnDialog> arrived() throws IOException {
    List<TurnDialog> arrived = new ArrayList<>();
    selector.select(
        key -> {
          try {
            var dialog = (TurnDialog) key.attachment();
            if (dialog.read()) {
              waiting.remove(dialog);
              arrived.add(dialog);
            }
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        100);
    repeat();
    return arrived;
  }

  private void repeat() throws IOException {
    long now = System.nanoTime();
    for (TurnDialog dialog : waiting) {
      if (now - dialog.sentAt >= RETRANSMIT) {
        dialog.again();
        lost++;
      }
    }
  }

  @Override
  public void close() throws IOException {
    selector.close();
  }
}
