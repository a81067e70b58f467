package dev.parley.protocol.sctp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.wire.Octets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class SctpProperties {
  private static final SctpLimits PATIENT = patient();

  // A patience that no run of losses outlasts, and smaller windows than usual.
  private static SctpLimits patient() {
    return new SctpLimits(
        1160,
        262_144,
        400_000,
        4_194_304,
        524_288,
        4,
        64,
        256,
        Duration.ofMillis(500),
        Duration.ofMillis(220),
        Duration.ofSeconds(1),
        Duration.ofMillis(100),
        Duration.ofSeconds(30),
        Duration.ofMinutes(9));
  }

  @Provide
  Arbitrary<SctpPair.Conditions> networks() {
    Arbitrary<Double> loss = Arbitraries.doubles().between(0, 0.49);
    Arbitrary<Double> duplication = Arbitraries.doubles().between(0, 0.3);
    Arbitrary<Long> delay = Arbitraries.longs().between(0, 200).map(ms -> ms * SctpPair.MS);
    Arbitrary<Long> jitter = Arbitraries.longs().between(0, 100).map(ms -> ms * SctpPair.MS);
    return Combinators.combine(loss, duplication, delay, jitter).as(SctpPair.Conditions::new);
  }

  @Provide
  Arbitrary<List<Integer>> sizes() {
    return Arbitraries.frequencyOf(
            Tuple.of(6, Arbitraries.integers().between(0, 1200)),
            Tuple.of(3, Arbitraries.integers().between(1, 5000)),
            Tuple.of(1, Arbitraries.integers().between(1, 60_000)))
        .list()
        .ofMinSize(1)
        .ofMaxSize(40);
  }

  private static byte[] message(int number, int size, SplittableRandom random) {
    byte[] octets = new byte[size + 4];
    random.nextBytes(octets);
    Octets.put32(octets, 0, number);
    return octets;
  }

  @Property(tries = 60)
  void everyMessageArrivesIntactAndInOrder(
      @ForAll long seed,
      @ForAll("networks") SctpPair.Conditions network,
      @ForAll("sizes") List<Integer> sizes,
      @ForAll @IntRange(min = 1, max = 4) int channels) {
    SctpPair pair = SctpPair.up(network, PATIENT, seed);
    SplittableRandom random = new SplittableRandom(seed);
    Map<Integer, List<byte[]>> toServer = new HashMap<>();
    Map<Integer, List<byte[]>> toClient = new HashMap<>();
    for (int i = 0; i < channels; i++) {
      toServer.put(pair.client.open(ChannelParameters.reliable("c" + i)), new ArrayList<>());
      toClient.put(pair.server.open(ChannelParameters.reliable("s" + i)), new ArrayList<>());
    }
    int number = 0;
    for (int size : sizes) {
      send(pair.client, 2 * random.nextInt(channels), message(number, size, random), toServer);
      send(
          pair.server,
          2 * random.nextInt(channels) + 1,
          message(number, size / 3, random),
          toClient);
      number++;
    }
    pair.until(() -> pair.client.association.held() == 0 && pair.server.association.held() == 0);
    same(toServer, pair.server);
    same(toClient, pair.client);
    assertEquals(0, pair.server.association.incoming());
    assertEquals(0, pair.client.association.incoming());
  }

  private static void send(
      TestEnd end, int channel, byte[] octets, Map<Integer, List<byte[]>> sent) {
    assertEquals(SendVerdict.QUEUED, end.send(channel, octets));
    sent.get(channel).add(octets);
  }

  private static void same(Map<Integer, List<byte[]>> sent, TestEnd end) {
    sent.forEach(
        (channel, messages) -> {
          List<byte[]> come =
              end.messages.stream()
                  .filter(message -> message.channel() == channel)
                  .map(TestEnd.Message::octets)
                  .toList();
          assertEquals(messages.size(), come.size());
          for (int i = 0; i < come.size(); i++) {
            assertArrayEquals(messages.get(i), come.get(i));
          }
        });
  }

  @Property(tries = 40)
  void whatIsUnorderedAndReliableArrivesOnce(
      @ForAll long seed,
      @ForAll("networks") SctpPair.Conditions network,
      @ForAll("sizes") List<Integer> sizes) {
    SctpPair pair = SctpPair.up(network, PATIENT, seed);
    SplittableRandom random = new SplittableRandom(seed);
    int channel = pair.client.open(new ChannelParameters("u", "", false, -1, -1, 256));
    pair.until(() -> pair.client.told(new SctpEvent.Acknowledged(channel)));
    Map<Integer, byte[]> sent = new HashMap<>();
    for (int size : sizes) {
      sent.put(sent.size(), message(sent.size(), size, random));
      pair.client.send(channel, sent.get(sent.size() - 1));
    }
    pair.until(() -> pair.client.association.held() == 0);
    assertEquals(sent.size(), pair.server.messages.size());
    for (TestEnd.Message message : pair.server.messages) {
      byte[] expected = sent.remove(Octets.u32(message.octets(), 0));
      assertArrayEquals(expected, message.octets());
    }
  }

  @Property(tries = 60)
  void whatIsLossyArrivesIntactAndOnceOrNotAtAll(
      @ForAll long seed,
      @ForAll("networks") SctpPair.Conditions network,
      @ForAll("sizes") List<Integer> sizes,
      @ForAll boolean ordered,
      @ForAll boolean timed,
      @ForAll @IntRange(max = 3) int retransmits) {
    SctpPair pair = SctpPair.up(network, PATIENT, seed);
    SplittableRandom random = new SplittableRandom(seed);
    int channel =
        pair.client.open(
            new ChannelParameters(
                "l",
                "",
                ordered,
                timed ? -1 : retransmits,
                timed ? 1 + 100 * retransmits : -1,
                256));
    int reliable = pair.client.open(ChannelParameters.reliable("r"));
    pair.until(() -> pair.client.told(new SctpEvent.Acknowledged(reliable)));
    List<byte[]> sent = new ArrayList<>();
    for (int size : sizes) {
      sent.add(message(sent.size(), size, random));
      pair.client.send(channel, sent.getLast());
      pair.pass(random.nextInt(20) * SctpPair.MS);
    }
    byte[] last = message(-1, 10, random);
    pair.client.send(reliable, last);
    pair.until(() -> pair.client.association.held() == 0);
    int before = -1;
    for (TestEnd.Message message : pair.server.messages) {
      int number = Octets.u32(message.octets(), 0);
      assertArrayEquals(number < 0 ? last : sent.get(number), message.octets());
      if (ordered && message.channel() == channel) {
        assertTrue(number > before, number + " after " + before);
        before = number;
      }
    }
    long distinct =
        pair.server.messages.stream()
            .map(message -> Octets.u32(message.octets(), 0))
            .distinct()
            .count();
    assertEquals(distinct, pair.server.messages.size());
    assertTrue(
        pair.server.messages.stream().anyMatch(message -> message.channel() == reliable),
        "what is reliable arrives beside it");
    assertEquals(0, pair.server.association.incoming());
  }

  @Property(tries = 40)
  void channelsOpenAndCloseOverAnyNetwork(
      @ForAll long seed, @ForAll("networks") SctpPair.Conditions network) {
    SctpPair pair = SctpPair.up(network, PATIENT, seed);
    SplittableRandom random = new SplittableRandom(seed);
    int messages = 0;
    for (int round = 0; round < 8; round++) {
      TestEnd opener = random.nextBoolean() ? pair.client : pair.server;
      int channel = opener.open(ChannelParameters.reliable("r" + round));
      messages++;
      opener.text(channel, "m" + round);
      if (random.nextBoolean()) {
        pair.pass(random.nextInt(300) * SctpPair.MS);
      }
      long before = closed(opener, channel);
      opener.association.close(channel, pair.now);
      if (random.nextBoolean()) {
        pair.until(() -> closed(opener, channel) > before);
      }
    }
    int expected = messages;
    pair.until(() -> closed(pair.client, -1) == expected && closed(pair.server, -1) == expected);
    assertEquals(expected, pair.client.messages.size() + pair.server.messages.size());
  }

  // How many channels with a number, or any for -1, were closed so far.
  private static long closed(TestEnd end, int channel) {
    return end.events.stream()
        .filter(
            event ->
                event instanceof SctpEvent.Closed closed
                    && (channel < 0 || closed.channel() == channel))
        .count();
  }

  @Property(tries = 30)
  void bothMayBeginWhenTheyLike(
      @ForAll long seed,
      @ForAll @DoubleRange(max = 0.49) double loss,
      @ForAll @IntRange(max = 1500) int later) {
    SctpPair.Conditions network =
        new SctpPair.Conditions(loss, 0.2, 50 * SctpPair.MS, 40 * SctpPair.MS);
    SctpPair pair = new SctpPair(network, PATIENT, seed);
    pair.client.association.connect(pair.now);
    pair.pass(later * SctpPair.MS);
    pair.server.association.connect(pair.now);
    pair.until(() -> pair.client.up() && pair.server.up());
    int channel = pair.client.open(ChannelParameters.reliable("c"));
    pair.client.text(channel, "hello");
    pair.until(() -> !pair.server.messages.isEmpty());
    pair.settle();
    assertEquals(1, pair.client.events.stream().filter(SctpEvent.Up.class::isInstance).count());
    assertEquals(1, pair.server.events.stream().filter(SctpEvent.Up.class::isInstance).count());
  }
}
