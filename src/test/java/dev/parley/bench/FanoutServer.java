package dev.parley.bench;

import dev.parley.lab.Namespace;
import dev.parley.lab.ParleyTurn;
import dev.parley.lab.Program;
import dev.parley.lab.TurnHost;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What forwards in [FanoutBench], in a network of its own; and the load for it.
sealed interface FanoutServer extends AutoCloseable {
  String name();

  long pid();

  /// Whether it has a compiler at work that wants to be done first.
  boolean warms();

  /// Receivers and a source, connected.
  FanoutLoadProcess load(int receivers, String way) throws IOException;

  @Override
  void close();

  /// `src/test/c/sfu_floor.c`.
  ///
  /// @param micros it waits for the rest of a frame, 0 for not at all
  record Floor(Path program, int micros, Namespace where, Running running) implements FanoutServer {
    private static final int PORT = 5_000;

    /// The one program that forwards now; for each number of receivers another.
    private static final class Running {
      private Program program;
    }

    static Path compile(Path directory) {
      Path program = directory.resolve("sfu_floor");
      String source = Path.of("src", "test", "c", "sfu_floor.c").toString();
      Program.mustRun(List.of("gcc", "-O2", "-o", program.toString(), source, "-lcrypto"));
      return program;
    }

    static Floor of(Path program, int micros) {
      return new Floor(program, micros, Namespace.make(), new Running());
    }

    @Override
    public String name() {
      return micros == 0 ? "floor" : "floor, waits " + micros + " us";
    }

    @Override
    public long pid() {
      return running.program.pid();
    }

    @Override
    public boolean warms() {
      return false;
    }

    @Override
    public FanoutLoadProcess load(int receivers, String way) throws IOException {
      end();
      String number = Integer.toString(receivers);
      running.program =
          Program.start(
              where.command(
                  program.toString(),
                  Integer.toString(PORT),
                  number,
                  Integer.toString(FanoutFloorClient.FIRST_PORT),
                  Integer.toString(micros)));
      running.program.awaitWords("forwarding", Duration.ofSeconds(10));
      return FanoutLoadProcess.start(where, "floor", number, way, Integer.toString(PORT));
    }

    private void end() {
      if (running.program != null) {
        running.program.close();
      }
    }

    @Override
    public void close() {
      end();
      where.close();
    }
  }

  /// `target/parley.jar`.
  record Parley(Namespace where, ParleyTurn server) implements FanoutServer {
    private static final String KEY = "fanout:" + "0123456789abcdef".repeat(3);

    /// @param more settings, or arguments of the JVM
    static Parley start(List<String> more) {
      Namespace where = Namespace.make();
      var settings = new ArrayList<String>();
      settings.add("parley.keys=" + KEY);
      settings.add("parley.dev=true");
      settings.add("parley.signal.rate=1000000");
      settings.addAll(more);
      TurnHost.Setup setup = TurnHost.Setup.in(where, List.of("127.0.0.1"), null);
      return new Parley(where, ParleyTurn.start(setup, settings.toArray(String[]::new)));
    }

    @Override
    public String name() {
      return "parley";
    }

    @Override
    public long pid() {
      return server.pid();
    }

    @Override
    public boolean warms() {
      return true;
    }

    @Override
    public FanoutLoadProcess load(int receivers, String way) throws IOException {
      String url = "ws://127.0.0.1:" + server.httpPort() + "/signal/";
      return FanoutLoadProcess.start(where, "parley", Integer.toString(receivers), way, url, KEY);
    }

    @Override
    public void close() {
      server.close();
      where.close();
    }
  }
}
