package dev.parley.bench;

import dev.parley.protocol.dtls.DtlsConnection;
import dev.parley.protocol.dtls.DtlsIdentity;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;

/// All members of a [RoomsRow] in one process, their media on one thread.
final class RoomsCrowd implements AutoCloseable {
  private static final long MILLI = 1_000_000L;
  private static final long SECOND = 1_000 * MILLI;
  private static final int AT_A_TIME = 12;
  private static final int TOLD_EVERY = 10;
  private static final long PATIENCE = 240 * SECOND;

  /// Batches read before the sources are looked at again.
  private static final int BATCHES = 8;

  private final RoomsRow row;
  private final RoomsFilm film;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final RoomsSocket socket = new RoomsSocket();
  private final RoomsFigures figures = new RoomsFigures();
  private final List<RoomsMember> byNumber = new ArrayList<>();
  private final List<RoomsMember> members = new ArrayList<>();
  private final Random random = new Random(1);
  private final RoomsPeer.Kit kit;
  private final RoomsDoor door;
  private final RoomsUnrest unrest;
  private final RoomsSocket.Sink sink = this::datagram;
  private long nextTick;
  private long nextLook;
  private long wallOffset;
  private long waited;
  private long wantedLooks;
  private long liveLooks;
  private long quietLooks;
  private boolean guests;

  /// @param name that its rooms' names begin with
  /// @param film what cameras show, or null
  RoomsCrowd(RoomsRow row, String url, String key, String name, RoomsFilm film) throws IOException {
    this.row = row;
    this.film = film;
    var secure = new SecureRandom();
    Instant now = Instant.now();
    DtlsIdentity identity =
        DtlsIdentity.selfSigned(
            secure, now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(9)));
    var tools = new DtlsConnection.Toolbox(secure);
    kit = new RoomsPeer.Kit(socket, tools, identity, tasks::add, random, row.loss() / 1_000.0);
    door = new RoomsDoor(URI.create(url), key, name, identity, tasks::add);
    unrest = new RoomsUnrest(row, members, door, random, this::replace);
  }

  /// Joins all, room after room, and waits until everybody gets everything.
  ///
  /// @param told how many are connected, each time it is ten more
  void connect(IntConsumer told) throws IOException {
    int next = TOLD_EVERY;
    for (int place = 0; place < row.people(); place++) {
      for (int room = 0; room < row.rooms(); room++) {
        join(room, place);
        await("connections", () -> connecting() < AT_A_TIME);
        if (members.size() - connecting() >= next) {
          told.accept(next);
          next += TOLD_EVERY;
        }
      }
    }
    await("connections", () -> connecting() == 0);
    await("media for all", () -> expected() == wanted());
    unrest.begin(System.nanoTime());
    if (row.width() > 0 && row.page() == 0) {
      show(row.width());
    }
  }

  private void join(int room, int place) {
    var member = new RoomsMember(kit, row, byNumber.size(), room, place, film, figures);
    byNumber.add(member);
    members.add(member);
    door.join(member);
  }

  private void replace(RoomsMember leaver) {
    members.remove(leaver);
    byNumber.set(leaver.number, null);
    join(leaver.room, leaver.place);
  }

  private long connecting() {
    return members.stream().filter(member -> !member.peer().connected()).count();
  }

  private void await(String what, BooleanSupplier done) throws IOException {
    long end = System.nanoTime() + PATIENCE;
    while (!done.getAsBoolean()) {
      turn();
      unrest.retry(System.nanoTime());
      if (System.nanoTime() > end || door.refusal() != null) {
        throw new IOException("no " + what + ": " + state());
      }
    }
  }

  private String state() {
    List<String> behind =
        members.stream()
            .filter(member -> !member.peer().connected())
            .limit(5)
            .map(member -> "u" + member.number + " " + member.peer().state())
            .toList();
    String fewer =
        members.stream()
            .filter(m -> m.receiver() != null)
            .sorted(Comparator.comparingInt(m -> m.receiver().streams().size()))
            .limit(5)
            .map(m -> "u%d %d".formatted(m.number, m.receiver().streams().size()))
            .collect(Collectors.joining(", "));
    return "%d members, %d not connected %s, %d of %d tracks offered (fewest: %s); refused: %s"
        .formatted(
            members.size(), connecting(), behind, expected(), wanted(), fewer, door.refusal());
  }

  private int expected() {
    return members.stream()
        .mapToInt(member -> member.receiver() == null ? 0 : member.receiver().streams().size())
        .sum();
  }

  /// Tracks that all members together should receive.
  private int wanted() {
    int[] published = published();
    return members.stream().mapToInt(m -> published[m.room] - m.tracks()).sum();
  }

  /// Tracks in each room, of guests only once they are there.
  private int[] published() {
    int[] published = new int[row.rooms()];
    Arrays.fill(published, guests ? 2 * row.guests() : 0);
    members.forEach(member -> published[member.room] += member.tracks());
    return published;
  }

  private void turn() {
    long now = System.nanoTime();
    publish(now);
    int batches = 0;
    int count = socket.receive(sink);
    while (RoomsSocket.full(count) && ++batches < BATCHES) {
      count = socket.receive(sink);
    }
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
    if (nextTick - now <= 0) {
      nextTick = now + MILLI;
      tick(now);
    }
    socket.flush();
    if (count == 0) {
      long idle = System.nanoTime();
      socket.await(MILLI / 4);
      waited += System.nanoTime() - idle;
    }
  }

  private void publish(long now) {
    for (int i = 0; i < members.size(); i++) {
      long late = members.get(i).publish(now, wallOffset);
      if (late >= 0) {
        figures.late(late);
        socket.flush();
      }
    }
  }

  private void tick(long now) {
    for (int i = 0; i < members.size(); i++) {
      members.get(i).tick(now);
    }
    if (nextLook - now <= 0) {
      nextLook = now + SECOND;
      Instant wall = Instant.now();
      wallOffset = wall.getEpochSecond() * SECOND + wall.getNano() - System.nanoTime();
      look();
    }
    unrest.tick(now);
  }

  private void look() {
    wantedLooks += wanted();
    int[] published = published();
    for (RoomsMember member : members) {
      if (member.receiver() != null) {
        liveLooks += member.receiver().live(published[member.room] - member.tracks());
        quietLooks += member.receiver().quiet();
      }
    }
  }

  /// Everybody says how large everything of others is shown.
  private void show(int width) {
    for (RoomsMember member : members) {
      for (RoomsStream stream : member.receiver().streams()) {
        String track = stream.incoming().track();
        if (stream.incoming().video() && !member.receiver().quiet(track)) {
          door.show(member, track, width);
        }
      }
    }
  }

  private void datagram(int number, byte[] octets, int length, long arrived) {
    if (number < 0 || number >= byNumber.size() || length <= 3) {
      return;
    }
    if (byNumber.get(number) != null) {
      byNumber.get(number).peer().datagram(octets, length, arrived);
    }
  }

  /// Goes on for a moment.
  void idle() {
    turn();
  }

  /// Goes on for so long; guests are there by now.
  ///
  /// @return what there was to see, by name
  Map<String, Double> run(double seconds) throws IOException {
    guests = row.guests() > 0;
    for (RoomsMember member : members) {
      if (member.receiver() != null) {
        member.receiver().begin();
      }
    }
    figures.clear();
    wantedLooks = liveLooks = quietLooks = waited = 0;
    unrest.clear();
    long offers = door.offers.get();
    long drops = drops();
    long began = System.nanoTime();
    nextLook = began + SECOND;
    long end = began + (long) (seconds * SECOND);
    while (System.nanoTime() < end) {
      turn();
    }
    if ((door.refusal() != null || !door.out.isEmpty()) && row.churn() == 0) {
      throw new IOException("somebody is out: " + state());
    }
    double wall = System.nanoTime() - began;
    Map<String, Double> seen = new LinkedHashMap<>();
    seen.put("seconds", wall / SECOND);
    seen.put("clientBusy", 1 - waited / wall);
    seen.put("clientDrops", (double) (drops() - drops));
    seen.put("offers", (double) (door.offers.get() - offers));
    tell(seen, wall);
    String silences = silences();
    if (!silences.isEmpty()) {
      System.err.println("  silent at the end: " + silences);
      describe();
    }
    return seen;
  }

  // What the server says of the room of one who does not get all. Media must not wait for it.
  private void describe() {
    members.stream()
        .filter(member -> member.receiver() != null && member.receiver().silence() != null)
        .findFirst()
        .ifPresent(
            member -> {
              RoomsMember admin = byNumber.get(member.room);
              Thread.ofVirtual().start(() -> describe(member.number, admin));
            });
  }

  private void describe(int number, RoomsMember admin) {
    try {
      Path file = Files.createTempFile("rooms-u" + number + "-", ".json");
      Files.writeString(file, door.media(admin));
      System.err.println("  the room's media: " + file);
    } catch (IOException e) {
      System.err.println("  the room's media: " + e);
    }
  }

  /// Who does not get what there is, in words.
  private String silences() {
    return members.stream()
        .filter(member -> member.receiver() != null && member.receiver().silence() != null)
        .limit(10)
        .map(member -> "u%d %s".formatted(member.number, member.receiver().silence()))
        .collect(Collectors.joining("; "));
  }

  private void tell(Map<String, Double> seen, double wall) {
    List<RoomsReceiver> receivers =
        members.stream().map(RoomsMember::receiver).filter(r -> r != null).toList();
    seen.put("members", (double) members.size());
    seen.put("packets", (double) receivers.stream().mapToLong(r -> r.packets).sum());
    double[] rates = receivers.stream().mapToDouble(r -> r.octets * 8e6 / wall).sorted().toArray();
    quartiles(seen, "kbit", rates);
    quartiles(
        seen,
        "rttMicros",
        members.stream().mapToDouble(m -> m.peer().roundTrip / 1e3).sorted().toArray());
    quartiles(
        seen,
        "rtcpRttMicros",
        members.stream()
            .filter(m -> m.roundTrip > 0)
            .mapToDouble(m -> m.roundTrip / 1e3)
            .sorted()
            .toArray());
    seen.put("wanted", (double) wantedLooks - quietLooks);
    seen.put("quiet", (double) quietLooks);
    seen.put("live", (double) liveLooks);
    seen.put("churned", (double) unrest.churned);
    seen.put("vanished", (double) unrest.vanished);
    seen.put("again", (double) unrest.again);
    seen.put("preferred", (double) unrest.preferred);
    seen.put("refused", (double) socket.refused);
    figures.tell(seen);
    if (guests) {
      members.stream().filter(m -> m.receiver() != null).forEach(m -> tell(seen, m, wall));
    }
  }

  // Of each member, by its room and place.
  private static void tell(Map<String, Double> seen, RoomsMember member, double wall) {
    String name = "member-" + member.room + "-" + member.place + "-";
    seen.put(name + "kbit", member.receiver().octets * 8e6 / wall);
    seen.put(name + "rttMicros", member.peer().roundTrip / 1e3);
    seen.put(name + "live", (double) member.receiver().liveLooks);
    seen.put(name + "wanted", (double) member.receiver().wantedLooks);
    seen.put(name + "quiet", (double) member.receiver().quietLooks);
  }

  private static void quartiles(Map<String, Double> seen, String name, double[] sorted) {
    if (sorted.length > 0) {
      seen.put(name + "Min", sorted[0]);
      seen.put(name + "Median", sorted[sorted.length / 2]);
      seen.put(name + "Max", sorted[sorted.length - 1]);
    }
  }

  /// What the kernel has dropped for want of room in the socket's buffer.
  private long drops() throws IOException {
    String port = ":%04X".formatted(socket.port());
    for (String line : Files.readAllLines(Path.of("/proc/self/net/udp"))) {
      String[] columns = line.strip().split("\\s+");
      if (columns[1].endsWith(port)) {
        return Long.parseLong(columns[columns.length - 1]);
      }
    }
    return 0;
  }

  /// Descriptions that the server has offered so far, and their characters.
  String described() {
    return "%d offers of %d characters together, %d joined again"
        .formatted(door.offers.get(), door.characters.get(), unrest.again);
  }

  /// So that no end of the server's is left that a later crowd, at the same port, would hear from.
  @Override
  public void close() throws IOException {
    members.forEach(door::leave);
    long end = System.nanoTime() + 3 * SECOND;
    while (System.nanoTime() < end) {
      turn();
    }
    door.close();
    socket.close();
  }

  static String line(Map<String, Double> seen) {
    return seen.entrySet().stream()
        .map(one -> one.getKey() + "=" + one.getValue())
        .reduce((a, b) -> a + " " + b)
        .orElse("");
  }

  static Map<String, Double> parse(String line) {
    Map<String, Double> seen = new LinkedHashMap<>();
    RoomsRow.parse(Arrays.asList(line.split(" ")))
        .forEach((name, value) -> seen.put(name, Double.valueOf(value)));
    return seen;
  }
}
