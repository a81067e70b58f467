package dev.parley.lab;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// `src/test/c/relay_floor.c`: relaying over UDP with nothing around it, to compare with.
public final class RelayFloor implements TurnHost {
  private final Setup setup;
  private final Program program;

  private RelayFloor(Setup setup, Program program) {
    this.setup = setup;
    this.program = program;
  }

  /// Compiles it.
  ///
  /// @return the program, in that directory
  public static Path compile(Path directory) {
    Path program = directory.resolve("relay_floor");
    String source = Path.of("src", "test", "c", "relay_floor.c").toString();
    Program.mustRun(List.of("gcc", "-O2", "-o", program.toString(), source));
    return program;
  }

  /// Starts it on 127.0.0.1 and waits until it relays.
  public static RelayFloor start(Path compiled, Setup setup) {
    Program program =
        Program.start(setup.where().command(compiled.toString(), Integer.toString(setup.port())));
    program.awaitWords("relaying", Duration.ofSeconds(10));
    return new RelayFloor(setup, program);
  }

  @Override
  public Setup setup() {
    return setup;
  }

  @Override
  public long pid() {
    return program.pid();
  }

  /// It takes any.
  @Override
  public TurnCredential credential() {
    return new TurnCredential("u1", "p1");
  }

  @Override
  public String said() {
    return program.said();
  }

  @Override
  public void close() {
    program.close();
  }
}
