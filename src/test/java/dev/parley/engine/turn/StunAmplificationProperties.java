package dev.parley.engine.turn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.lab.CountedTally;
import dev.parley.lab.RecordedEffects;
import dev.parley.protocol.stun.StunAttribute;
import dev.parley.protocol.stun.StunMethod;
import dev.parley.protocol.stun.StunWriter;
import dev.parley.wire.FiveTuple;
import dev.parley.wire.Transport;
import dev.parley.wire.TransportAddress;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/// The law of the package note: no answer over UDP outweighs its request by more than 1.6.
class StunAmplificationProperties {
  private static final int IPV4_HEADERS = 28;
  private static final int IPV6_HEADERS = 48;
  private static final TransportAddress SERVER = TransportAddress.ipv4(0xc6336401, 3478);
  private static final TransportAddress IPV4 = TransportAddress.ipv4(0xc0000201, 40000);
  private static final TransportAddress IPV6 = new TransportAddress(0x2001_0db8L << 32, 1, 40000);

  private final RecordedEffects<Void> effects = new RecordedEffects<>();
  private final StunServer server = new StunServer(effects, new CountedTally());
  private final StunWriter writer = new StunWriter();
  private final byte[] buffer = new byte[4096];

  @Example
  void weighsTheBareRequestAsThePackageNoteSays() {
    begin(StunMethod.BINDING);
    assertEquals(32, answer(IPV4));
    begin(StunMethod.BINDING);
    assertEquals(44, answer(IPV6));
    assertTrue(within(44, 20, IPV6_HEADERS));
    begin(StunMethod.ALLOCATE);
    assertEquals(28, answer(IPV4));
    begin(StunMethod.BINDING).flag(StunAttribute.USE_CANDIDATE);
    assertEquals(36, answer(IPV4));
  }

  @Property(tries = 1000)
  void neverAmplifies(
      @ForAll StunMethod method,
      @ForAll boolean ipv6,
      @ForAll boolean fingerprint,
      @ForAll @Size(max = 24) List<StunAttribute> attributes) {
    begin(method);
    for (StunAttribute attribute : attributes) {
      boolean tail =
          attribute.label().startsWith("MESSAGE-") || attribute.label().equals("FINGERPRINT");
      if (!tail) {
        writer.flag(attribute);
      }
    }
    if (fingerprint) {
      writer.fingerprint();
    }
    int request = writer.length();
    int answer = answer(ipv6 ? IPV6 : IPV4);
    assertTrue(
        within(answer, request, ipv6 ? IPV6_HEADERS : IPV4_HEADERS), request + " -> " + answer);
    boolean ipv6Success = ipv6 && answer == (fingerprint ? 52 : 44);
    assertTrue(ipv6Success || within(answer, request, 0), request + " -> " + answer);
  }

  private StunWriter begin(StunMethod method) {
    return writer.request(buffer, 0, method, new byte[12]);
  }

  /// Octets of the answer.
  private int answer(TransportAddress client) {
    FiveTuple path = new FiveTuple(Transport.UDP, SERVER, client);
    server.receive(buffer, 0, writer.length(), path, 0);
    return effects.sent().getFirst().octets().length;
  }

  private static boolean within(int answer, int request, int headers) {
    return 5 * (answer + headers) <= 8 * (request + headers);
  }
}
