package dev.parley.protocol.ice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.lab.IceClient;
import dev.parley.wire.Octets;
import dev.parley.wire.Transport;
import dev.parley.wire.TransportAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class IceProperties {
  @Property(tries = 500)
  void candidatesReadBack(
      @ForAll @IntRange(min = 1, max = 256) int component,
      @ForAll @LongRange(min = 1, max = 0x7fff_ffffL) long priority,
      @ForAll long high,
      @ForAll long low,
      @ForAll @IntRange(max = 0xffff) int port,
      @ForAll CandidateType type,
      @ForAll boolean tcp,
      @ForAll boolean ipv4,
      @ForAll TcpType tcpType)
      throws IceRefused {
    TransportAddress address =
        ipv4 ? TransportAddress.ipv4((int) low, port) : new TransportAddress(high, low, port);
    IceCandidate candidate =
        new IceCandidate(
            "f" + priority,
            component,
            tcp ? Transport.TCP : Transport.UDP,
            priority,
            IpLiteral.text(address),
            port,
            type,
            type == CandidateType.HOST ? null : new IceCandidate.Related("0.0.0.0", 9),
            tcp ? tcpType : null,
            List.of(new IceCandidate.Extension("generation", "0")));
    IceCandidate read = IceCandidate.parse(candidate.text());
    assertEquals(candidate, read);
    assertEquals(address, read.address());
  }

  @Provide
  Arbitrary<String> nearlyCandidates() {
    Arbitrary<String> words =
        Arbitraries.of(
            "candidate:1",
            "1",
            "udp",
            "tcp",
            "UDP",
            "2122194687",
            "192.0.2.2",
            "fd00::2",
            "9",
            "typ",
            "host",
            "srflx",
            "raddr",
            "rport",
            "tcptype",
            "active",
            "x.local",
            "",
            "\u0000",
            "generation",
            "99999999999999999999",
            "-1",
            "::ffff:1.2.3.4",
            "1.2.3",
            "%",
            "é");
    return words.list().ofMaxSize(16).map(list -> String.join(" ", list));
  }

  @Property(tries = 2000)
  void hostileCandidatesMakeNothingButTheRefusal(@ForAll("nearlyCandidates") String text) {
    readOrRefuse(text);
    readOrRefuse("candidate:1 1 udp 1 192.0.2.2 1 typ host " + text);
  }

  @Property(tries = 1000)
  void anyTextMakesNothingButTheRefusal(@ForAll String text) {
    readOrRefuse(text);
    readOrRefuse("candidate:" + text);
    readOrRefuse("candidate:1 1 udp 1 " + text + " 1 typ host");
  }

  private static void readOrRefuse(String text) {
    try {
      IceCandidate candidate = IceCandidate.parse(text);
      assertEquals(candidate, IceCandidate.parse(candidate.text()), "what is read can be written");
    } catch (IceRefused expected) {
      assertTrue(expected.getStackTrace().length == 0);
    }
  }

  @Property(tries = 1000)
  void hostileStunLeavesNoState(@ForAll @Size(max = 200) byte[] body, @ForAll boolean framed) {
    IceScenario s = IceScenario.described();
    byte[] octets = body;
    if (framed) {
      int length = body.length & ~3;
      octets = new byte[20 + length];
      System.arraycopy(body, 0, octets, 20, length);
      octets[1] = 1;
      Octets.put16(octets, 2, length);
      Octets.put32(octets, 4, 0x2112_a442);
    }
    IceVerdict verdict =
        s.agent.receive(octets, 0, octets.length, IceScenario.path(1), s.clock.now());
    assertTrue(!verdict.authentic());
    assertNull(s.agent.path());
    assertEquals(IceLite.NEVER, s.agent.deadline());
    assertEquals(List.of(), s.events());
    assertNull(new IceDirectory<String>().find(octets, 0, octets.length));
  }

  @Property(tries = 500)
  void aCheckWithAnyBitTurnedIsNotTaken(@ForAll @IntRange(max = 20_000) int where) {
    IceScenario s = IceScenario.described();
    byte[] check = s.client.check(true);
    int bit = where % (8 * check.length);
    check[bit / 8] ^= (byte) (1 << bit % 8);
    IceVerdict verdict =
        s.agent.receive(check, 0, check.length, IceScenario.path(1), s.clock.now());
    assertNotEquals(IceVerdict.ANSWERED, verdict);
    assertNull(s.agent.path());
  }

  /// What a driver of an agent may do, in any order.
  enum Step {
    CHECK,
    NOMINATE,
    CHECK_ANEW,
    NOMINATE_ANEW,
    REPLAY,
    WAIT,
    JUMP,
    CLOSE,
    RESTART,
    ROLL_BACK,
    DEAF,
    HEARING
  }

  @Property(tries = 300)
  void inWhateverOrderThingsHappenTheAgentStaysBoundedAndConsistent(
      @ForAll @Size(max = 60) List<Step> steps, @ForAll long seed) {
    Random random = new Random(seed);
    IceScenario s = IceScenario.described();
    List<byte[]> caught = new ArrayList<>();
    int verified = 0;
    IceClient renewed = new IceClient(s.local, 77);
    for (Step step : steps) {
      var path = IceScenario.path(random.nextInt(25));
      switch (step) {
        case CHECK, NOMINATE -> {
          byte[] check = s.client.check(step == Step.NOMINATE);
          caught.add(check);
          s.receive(check, path);
        }
        case CHECK_ANEW, NOMINATE_ANEW -> {
          byte[] check = renewed.check(step == Step.NOMINATE_ANEW);
          s.agent.receive(check, 0, check.length, path, s.clock.now());
          s.sent.clear();
        }
        case REPLAY -> {
          if (!caught.isEmpty()) {
            byte[] check = caught.get(random.nextInt(caught.size()));
            s.agent.receive(check, 0, check.length, path, s.clock.now());
            s.sent.clear();
          }
        }
        case WAIT -> s.pass(Duration.ofMillis(random.nextInt(10_000)));
        case JUMP -> s.clock.pass(Duration.ofSeconds(random.nextInt(100)));
        case CLOSE -> s.agent.closed(path, s.clock.now());
        case RESTART -> {
          IceCredentials local = IceCredentials.generate(random);
          renewed = new IceClient(local, random.nextInt());
          s.agent.restart(local);
          s.agent.remote(renewed.own());
        }
        case ROLL_BACK -> s.agent.rollBack();
        case DEAF -> s.client.consents(false);
        case HEARING -> s.client.consents(true);
        default -> throw new AssertionError(step);
      }
      for (IceEvent event : s.events()) {
        verified += event instanceof IceEvent.Verified ? 1 : 0;
        verified -= event instanceof IceEvent.Forgotten ? 1 : 0;
        s.client = event instanceof IceEvent.Restarted ? renewed : s.client;
      }
      assertTrue(verified >= 0 && verified <= 16, verified + " paths after " + step);
      assertTrue(s.agent.path() == null || s.agent.verified(s.agent.path()));
    }
    assertEquals(verified, count(s), "what was told is what is");
  }

  private static int count(IceScenario s) {
    int count = 0;
    for (int i = 0; i < 25; i++) {
      count += s.agent.verified(IceScenario.path(i)) ? 1 : 0;
    }
    return count;
  }
}
