package dev.parley.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.config.RoomSettings;
import dev.parley.config.Secrets;
import dev.parley.config.Transactions;
import dev.parley.identity.ApiKeys;
import dev.parley.identity.Tokens;
import dev.parley.lab.Database;
import dev.parley.lab.GivenSecrets;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurabilityTest {
  private static final int ENOUGH = 200;

  @TempDir Path data;

  /// Makes rooms on several threads until it is killed and says each name once it is committed.
  static final class Writer {
    public static void main(String[] arguments) {
      StoredRooms rooms = rooms(Database.embedded(Path.of(arguments[0])));
      for (String thread : List.of("a", "b", "c")) {
        new Thread(() -> write(rooms, thread)).start();
      }
    }

    private static void write(StoredRooms rooms, String thread) {
      for (int i = 0; ; i++) {
        try {
          String name = rooms.create(thread + i, RoomChange.NONE).name();
          synchronized (System.out) {
            System.out.println(name);
            System.out.flush();
          }
        } catch (RoomRefused e) {
          throw new IllegalStateException(e);
        }
      }
    }
  }

  private static StoredRooms rooms(Transactions transactions) {
    Secrets secrets = GivenSecrets.of();
    InstantSource clock = InstantSource.system();
    Tokens tokens = new Tokens(new ApiKeys(secrets, transactions, clock), clock);
    return new StoredRooms(transactions, tokens, new RoomSettings(true), clock);
  }

  @Test
  void losesNoCommittedRoomWhenTheProcessIsKilled() throws Exception {
    Process writer =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Writer.class.getName(),
                data.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<String> committed = new ArrayList<>();
    try (BufferedReader out = writer.inputReader()) {
      while (committed.size() < ENOUGH) {
        String line = out.readLine();
        if (line == null) {
          break;
        }
        committed.add(line);
      }
      // SIGKILL: no shutdown hook, no flush, in the middle of whatever it does. By its handle,
      // since
      // the process itself would close the stream with the names still in it.
      writer.toHandle().destroyForcibly();
      out.lines().filter(line -> line.matches("[abc]\\d+")).forEach(committed::add);
    }
    assertEquals(128 + 9, writer.waitFor());
    assertTrue(committed.size() >= ENOUGH, () -> "only " + committed);
    try (Database survived = Database.embedded(data)) {
      Set<String> found = new HashSet<>();
      rooms(survived).list().forEach(room -> found.add(room.name()));
      committed.removeAll(found);
      assertEquals(List.of(), committed);
    }
  }
}
