package dev.parley.bench;

import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/// What changes in rooms while media goes on: people leave and others come, every eighth of them
/// without a word; they show something in another size; and who is out for any other reason comes
/// again. Confined to the media thread.
final class RoomsUnrest {
  private static final long MILLI = 1_000_000L;
  private static final long SECOND = 1_000 * MILLI;

  /// Far enough from any time of this process.
  private static final long NEVER = System.nanoTime() + (1L << 60);

  private static final int[] WIDTHS = {0, 160, 320, 640, 1_280};

  /// Of so many one goes without a word, as a telephone does whose battery is empty.
  private static final int SILENT = 8;

  /// Who is out comes again, but not at once.
  private static final long AGAIN_AFTER = 3 * SECOND;

  private static final long UP_WITHIN = 60 * SECOND;

  private final RoomsRow row;
  private final List<RoomsMember> members;
  private final RoomsDoor door;
  private final Random random;
  private final Consumer<RoomsMember> next;
  private long nextChurn = NEVER;
  private long nextPreference = NEVER;
  private int turns;

  /// Who left and had somebody else come, and those of them who did so without a word.
  int churned;

  int vanished;

  /// Changed sizes.
  int preferred;

  /// Who had to join once more, since the beginning.
  int again;

  /// @param members who are there
  /// @param next takes one out and has another join in its place
  RoomsUnrest(
      RoomsRow row,
      List<RoomsMember> members,
      RoomsDoor door,
      Random random,
      Consumer<RoomsMember> next) {
    this.row = row;
    this.members = members;
    this.door = door;
    this.random = random;
    this.next = next;
  }

  void begin(long now) {
    nextChurn = row.churn() == 0 ? NEVER : now;
    nextPreference = row.prefer() == 0 ? NEVER : now;
  }

  void clear() {
    churned = vanished = preferred = 0;
  }

  void tick(long now) {
    if (nextPreference - now <= 0) {
      nextPreference = now + row.prefer() * MILLI;
      preference();
    }
    if (nextChurn - now <= 0) {
      nextChurn = now + row.churn() * MILLI;
      churn();
      retry(now);
    }
  }

  // Somebody shows something in another size, or hides it.
  private void preference() {
    RoomsMember member = members.get(random.nextInt(members.size()));
    if (member.receiver() == null || member.receiver().streams().isEmpty()) {
      return;
    }
    List<RoomsStream> streams = member.receiver().streams();
    RoomsSdp.Incoming one = streams.get(random.nextInt(streams.size())).incoming();
    if (one.video()) {
      int width = WIDTHS[random.nextInt(WIDTHS.length)];
      member.receiver().quiet(one.track(), width == 0);
      door.show(member, one.track(), width);
      preferred++;
    }
  }

  // The first of a room stays: it is the room's moderator and looks at everything.
  private void churn() {
    RoomsMember leaver = members.get(random.nextInt(members.size()));
    if (leaver.place == 0 || members.stream().anyMatch(member -> !member.peer().connected())) {
      return;
    }
    boolean silent = ++turns % SILENT == 0;
    replace(leaver, silent);
    churned++;
    vanished += silent ? 1 : 0;
  }

  /// As an application does whose connection does not come up or ends: once more, and people are
  /// told.
  void retry(long now) {
    RoomsMember out = door.out.peek();
    if (out != null && now - out.joinedAt > AGAIN_AFTER) {
      door.out.remove();
      if (members.contains(out)) {
        again++;
        replace(out, false);
      }
    }
    for (int i = 0; i < members.size(); i++) {
      RoomsMember member = members.get(i);
      if (!member.peer().connected() && now - member.joinedAt > UP_WITHIN) {
        System.err.printf("  u%d joins again: %s%n", member.number, member.peer().state());
        again++;
        replace(member, false);
      }
    }
  }

  private void replace(RoomsMember leaver, boolean silent) {
    if (silent) {
      door.vanish(leaver);
      leaver.peer().vanish();
    } else {
      door.leave(leaver);
      leaver.peer().end();
    }
    next.accept(leaver);
  }
}
