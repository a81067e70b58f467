package dev.parley.bench;

import dev.parley.lab.Http;
import dev.parley.lab.SignedToken;
import dev.parley.protocol.dtls.DtlsIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The conversations of a crowd with the JSON door, on a thread of their own: descriptions of a
/// large room are long, and media must not wait for them.
final class RoomsDoor implements AutoCloseable {
  private static final long PING_EVERY = 15_000_000_000L;
  private static final Pattern NUMBER = Pattern.compile("\"number\":(\\d+)");
  private static final Pattern SELF = Pattern.compile("\"self\":\\{\"id\":\"([^\"]+)\"");
  private static final Pattern TRACK = Pattern.compile("\"track\":\"([^\"]+)\"");
  private static final Pattern MID = Pattern.compile("\"mid\":\"([^\"]+)\"");
  private static final Pattern LAYERS = Pattern.compile("\"layers\":\\[([^\\]]*)\\]");

  /// Tracks in one message of settings, at most.
  private static final int MOST_SETTINGS = 32;

  private static final String MOST =
      "{\"type\":\"configure\",\"maxParticipants\":500,\"topology\":\"sfu\"}";

  private final Map<String, AtomicInteger> byParticipant = new ConcurrentHashMap<>();
  private final Queue<Runnable> orders = new ConcurrentLinkedQueue<>();
  private final List<Visit> visits = new ArrayList<>();
  private final BenchLoop loop;
  private final URI api;
  private final String[] key;
  private final String name;
  private final DtlsIdentity identity;
  private final Consumer<Runnable> media;
  private final Thread thread;
  private final Set<Integer> leaving = ConcurrentHashMap.newKeySet();
  private volatile boolean ends;
  private volatile String refusal;

  /// Whose connections the server has ended, as they are heard of.
  final Queue<RoomsMember> out = new ConcurrentLinkedQueue<>();

  /// Descriptions of the server so far, and their characters.
  final AtomicLong offers = new AtomicLong();

  final AtomicLong characters = new AtomicLong();

  /// Settings of tracks that were gone when they arrived, and offers that came at a bad time.
  final AtomicLong late = new AtomicLong();

  /// The signaling of one member.
  private final class Visit {
    private final RoomsMember member;
    private final RoomsSdp sdp;
    private BenchSocket socket;
    private final Set<String> offered = new HashSet<>();
    private int cameras;
    private FanoutSdp.Far far;

    private Visit(RoomsMember member) {
      this.member = member;
      this.sdp = new RoomsSdp(member.own, identity.fingerprint());
    }
  }

  /// @param name of the crowd: its rooms begin with it
  /// @param media runs something on the media thread
  RoomsDoor(URI url, String key, String name, DtlsIdentity identity, Consumer<Runnable> media)
      throws IOException {
    this.loop = new BenchLoop(url);
    this.api = URI.create("http://" + url.getAuthority() + "/");
    this.key = key.split(":", 2);
    this.name = name;
    this.identity = identity;
    this.media = media;
    this.thread = Thread.ofPlatform().daemon().name("signaling").start(this::run);
  }

  private void run() {
    long nextPing = System.nanoTime() + PING_EVERY;
    try {
      while (!ends) {
        loop.turn(5);
        for (Runnable order = orders.poll(); order != null; order = orders.poll()) {
          order.run();
        }
        if (nextPing - System.nanoTime() <= 0) {
          nextPing += PING_EVERY;
          visits.stream()
              .map(visit -> visit.socket)
              .filter(BenchSocket::open)
              .forEach(socket -> socket.send("{\"type\":\"ping\"}"));
        }
      }
      loop.close();
    } catch (IOException | RuntimeException e) {
      refusal = e.toString();
      e.printStackTrace();
    }
  }

  /// What somebody was refused, or null.
  String refusal() {
    return refusal;
  }

  /// What the server says of a room's media.
  String media(RoomsMember admin) throws IOException {
    String room = name + admin.room;
    URI media = api.resolve("/api/v1/rooms/" + room + "/media");
    HttpRequest request =
        HttpRequest.newBuilder(media).header("Authorization", "Bearer " + token(admin)).build();
    HttpClient client = Http.client();
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    } finally {
      client.shutdownNow();
    }
  }

  /// Opens a member's conversation.
  void join(RoomsMember member) {
    orders.add(
        () -> {
          try {
            var visit = new Visit(member);
            visits.add(visit);
            visit.socket =
                loop.connect(name + member.room, (socket, text) -> hear(visit, socket, text));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  /// Says goodbye for a member.
  void leave(RoomsMember member) {
    leaving.add(member.number);
    orders.add(
        () -> {
          for (Visit visit : visits) {
            if (visit.member == member && visit.socket.open()) {
              visit.socket.send("{\"type\":\"leave\"}");
            } else if (visit.member == member) {
              visit.socket.cut();
            }
          }
          visits.removeIf(visit -> visit.member == member);
        });
  }

  /// A member's socket is gone without a word.
  void vanish(RoomsMember member) {
    leaving.add(member.number);
    orders.add(
        () -> {
          visits.stream().filter(one -> one.member == member).forEach(one -> one.socket.cut());
          visits.removeIf(visit -> visit.member == member);
        });
  }

  private String token(RoomsMember member) {
    String grants = member.place == 0 ? ",\"roomAdmin\":true,\"roomCreate\":true" : "";
    if (member.row.hidden() && !member.publishes()) {
      grants = ",\"hidden\":true";
    }
    Instant expires = Instant.now().plusSeconds(7_200);
    String room = name + member.room;
    return SignedToken.join(key[0], key[1], room, "u" + member.number, expires, grants);
  }

  private void hear(Visit visit, BenchSocket socket, String text) {
    if (text.isEmpty()) {
      String topology = visit.member.publishes() ? ",\"topology\":\"sfu\"" : "";
      topology += visit.member.says();
      socket.send("{\"type\":\"join\",\"token\":\"" + token(visit.member) + "\"" + topology + "}");
    } else if (text.startsWith("{\"type\":\"joined\"")) {
      joined(visit, text);
    } else if (text.startsWith("{\"type\":\"answer\"")) {
      FanoutSdp.Far far = FanoutSdp.far(FanoutParleyClient.sdp(text));
      if (visit.far == null) {
        visit.far = far;
        media.accept(() -> visit.member.peer().begin(far));
      }
    } else if (text.startsWith("{\"type\":\"offer\"") && visit.far != null) {
      offered(visit, text);
    } else if (text.startsWith("{\"type\":\"subscribed-quality\"")) {
      quality(visit, text);
    } else if (text.startsWith("{\"type\":\"stream-state\"")) {
      String track = word(TRACK, text);
      boolean paused = text.contains("\"state\":\"paused\"");
      media.accept(() -> visit.member.paused(track, paused));
    } else if (text.contains("\"code\":\"track-not-found\"")) {
      late.incrementAndGet();
    } else if (text.startsWith("{\"type\":\"media\"") && text.contains("\"state\":\"closed\"")) {
      if (!leaving.contains(visit.member.number)) {
        System.err.println("  u" + visit.member.number + ": " + text);
        out.add(visit.member);
      }
    } else if (text.contains("\"code\":\"overloaded\"")
        || text.contains("\"code\":\"media-closed\"")) {
      // The end of the connection is told besides, and the member comes again.
      late.incrementAndGet();
    } else if (text.startsWith("{\"type\":\"error\"") || text.startsWith("{\"type\":\"removed\"")) {
      refusal = "u" + visit.member.number + ": " + text;
    }
  }

  private void quality(Visit visit, String text) {
    boolean any = text.contains("\"wanted\":true");
    String mid = word(MID, text);
    String layers = word(LAYERS, text);
    media.accept(() -> visit.member.wanted(mid, any, layers));
  }

  private static String word(Pattern pattern, String text) {
    Matcher found = pattern.matcher(text);
    return found.find() ? found.group(1) : "";
  }

  /// A member shows a track at that size from now on; 0 hides it.
  void show(RoomsMember member, String track, int width) {
    orders.add(
        () ->
            visits.stream()
                .filter(visit -> visit.member == member && visit.socket.open())
                .forEach(visit -> tell(visit, List.of(settings(track, width)))));
  }

  private void joined(Visit visit, String text) {
    Matcher self = SELF.matcher(text);
    if (self.find()) {
      publisher(self.group(1)).set(visit.member.number);
    }
    if (visit.member.place == 0) {
      visit.socket.send(MOST);
    }
    String offer = visit.member.offer(identity.fingerprint().text());
    String sources = visit.member.publishes() ? visit.member.sources() : "";
    visit.socket.send(FanoutParleyClient.description("offer", offer, 1, sources));
  }

  private void offered(Visit visit, String text) {
    int from = text.indexOf("\"sdp\":\"") + 7;
    String sdp = text.substring(from, text.indexOf('"', from));
    offers.incrementAndGet();
    characters.addAndGet(sdp.length());
    Matcher count = NUMBER.matcher(text);
    int number = count.find() ? Integer.parseInt(count.group(1)) : 0;
    String setup = visit.far.passive() ? "active" : "passive";
    List<RoomsSdp.Incoming> tracks = new ArrayList<>();
    String answer = visit.sdp.turn(sdp, setup, tracks);
    visit.socket.send(
        "{\"type\":\"answer\",\"to\":\"sfu\",\"number\":"
            + number
            + ",\"sdp\":\""
            + answer
            + "\"}");
    List<String> quiet = page(visit, tracks);
    media.accept(() -> visit.member.expect(tracks, track -> publisher(track.participant()), quiet));
  }

  /// Says of cameras that are new whether the member's page has them.
  ///
  /// @return the new tracks of which nothing need come
  private static List<String> page(Visit visit, List<RoomsSdp.Incoming> tracks) {
    RoomsRow row = visit.member.row;
    List<String> quiet = new ArrayList<>();
    List<String> settings = new ArrayList<>();
    for (RoomsSdp.Incoming track : tracks) {
      if (!visit.offered.add(track.track())) {
        continue;
      }
      boolean seen = !track.video() || row.sees(visit.member.place, visit.cameras++);
      if (!seen || !track.video() && !row.hearsAll()) {
        quiet.add(track.track());
      }
      if (track.video() && row.page() > 0) {
        settings.add(settings(track.track(), seen ? row.width() : 0));
      }
    }
    for (int i = 0; i < settings.size(); i += MOST_SETTINGS) {
      tell(visit, settings.subList(i, Math.min(i + MOST_SETTINGS, settings.size())));
    }
    return quiet;
  }

  private static String settings(String track, int width) {
    String size =
        width == 0
            ? "\"visible\":false"
            : "\"width\":%d,\"height\":%d".formatted(width, width * 9 / 16);
    return "\"%s\":{%s}".formatted(track, size);
  }

  private static void tell(Visit visit, List<String> settings) {
    visit.socket.send(
        "{\"type\":\"track-settings\",\"tracks\":{" + String.join(",", settings) + "}}");
  }

  // Somebody's tracks may be offered before we have heard who that is.
  private AtomicInteger publisher(String participant) {
    return byParticipant.computeIfAbsent(participant, _ -> new AtomicInteger(RoomsStream.GUEST));
  }

  @Override
  public void close() throws IOException {
    ends = true;
    try {
      thread.join(5_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
