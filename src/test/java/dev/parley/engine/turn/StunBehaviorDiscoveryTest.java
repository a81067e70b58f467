package dev.parley.engine.turn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.lab.CountedTally;
import dev.parley.lab.RecordedEffects;
import dev.parley.protocol.stun.StunAttribute;
import dev.parley.protocol.stun.StunClass;
import dev.parley.protocol.stun.StunMessage;
import dev.parley.protocol.stun.StunMethod;
import dev.parley.protocol.stun.StunRefused;
import dev.parley.protocol.stun.StunValues;
import dev.parley.protocol.stun.StunWriter;
import dev.parley.wire.FiveTuple;
import dev.parley.wire.Transport;
import dev.parley.wire.TransportAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

/// RFC 5780 between two addresses and two ports.
class StunBehaviorDiscoveryTest {
  private static final int A1 = 0xc6336401;
  private static final int A2 = 0xc6336402;
  private static final int P1 = 3478;
  private static final int P2 = 3479;
  private static final int CHANGE_BOTH = 6;
  private static final int CHANGE_ADDRESS = 4;
  private static final int CHANGE_PORT = 2;
  private static final TransportAddress CLIENT = TransportAddress.ipv4(0xc0000201, 40000);
  private static final TransportAddress CLIENT6 =
      new TransportAddress(0x2001_0db8_0000_0001L, 0x42, 40000);
  private static final Alternates.Family IPV4 = new Alternates.Family(at(A1, P1), at(A2, P2));
  private static final Alternates.Family IPV6 = new Alternates.Family(at6(1, P1), at6(2, P2));

  private final RecordedEffects<Void> effects = new RecordedEffects<>();
  private final StunWriter writer = new StunWriter();
  private final byte[] buffer = new byte[2048];
  private StunServer server = server(IPV4, IPV6);
  private FiveTuple answeredOn;

  @Test
  void aBareRequestLearnsTheOtherAddressWithin1Point6() throws StunRefused {
    binding();
    StunMessage answer = answer(udp(A1, P1));
    assertEquals(at(A2, P2), address(answer, StunAttribute.OTHER_ADDRESS));
    assertEquals(CLIENT, xorMapped(answer));
    assertEquals(44, answer.length());
    assertFalse(answer.has(StunAttribute.RESPONSE_ORIGIN));
    assertEquals(udp(A1, P1), answeredOn);
  }

  @Test
  void everySocketNamesTheOneThatDiffersInBoth() throws StunRefused {
    for (int address : List.of(A1, A2)) {
      for (int port : List.of(P1, P2)) {
        binding();
        assertEquals(
            at(address == A1 ? A2 : A1, port == P1 ? P2 : P1),
            address(answer(udp(address, port)), StunAttribute.OTHER_ADDRESS));
      }
    }
  }

  @Test
  void changeRequestIsAnsweredFromTheSocketItNames() throws StunRefused {
    changeFrom(0, at(A1, P1));
    changeFrom(CHANGE_ADDRESS, at(A2, P1));
    changeFrom(CHANGE_PORT, at(A1, P2));
    changeFrom(CHANGE_BOTH, at(A2, P2));
  }

  private void changeFrom(int flags, TransportAddress origin) throws StunRefused {
    binding().u32(StunAttribute.CHANGE_REQUEST, flags);
    StunMessage answer = answer(udp(A1, P1));
    assertEquals(new FiveTuple(Transport.UDP, origin, CLIENT), answeredOn);
    assertEquals(origin, address(answer, StunAttribute.RESPONSE_ORIGIN));
    assertEquals(at(A2, P2), address(answer, StunAttribute.OTHER_ADDRESS));
  }

  @Test
  void changeRequestTurnsBackFromTheAlternateSocket() throws StunRefused {
    binding().u32(StunAttribute.CHANGE_REQUEST, CHANGE_BOTH);
    answer(udp(A2, P2));
    assertEquals(udp(A1, P1), answeredOn);
  }

  @Test
  void responsePortDirectsTheAnswerToAnotherPortOfTheSameAddress() throws StunRefused {
    for (int length : List.of(2, 4)) {
      binding().octets(StunAttribute.RESPONSE_PORT, new byte[] {0x30, 0x39, 0, 0}, 0, length);
      StunMessage answer = answer(udp(A1, P1));
      assertEquals(
          new FiveTuple(Transport.UDP, at(A1, P1), TransportAddress.ipv4(0xc0000201, 12345)),
          answeredOn);
      assertEquals(CLIENT, xorMapped(answer));
    }
  }

  @Test
  void responsePortAndChangeRequestGoTogether() throws StunRefused {
    binding()
        .u32(StunAttribute.RESPONSE_PORT, 12345 << 16)
        .u32(StunAttribute.CHANGE_REQUEST, CHANGE_PORT);
    answer(udp(A1, P1));
    assertEquals(
        new FiveTuple(Transport.UDP, at(A1, P2), TransportAddress.ipv4(0xc0000201, 12345)),
        answeredOn);
  }

  @Test
  void aPaddedRequestGetsAPaddedAnswerWithEverything() throws StunRefused {
    binding().octets(StunAttribute.PADDING, new byte[1500], 0, 1500).fingerprint();
    StunMessage answer = answer(udp(A1, P1));
    assertEquals(1500, answer.length(answer.find(StunAttribute.PADDING)));
    assertEquals(CLIENT, address(answer, StunAttribute.MAPPED_ADDRESS));
    assertEquals(at(A1, P1), address(answer, StunAttribute.RESPONSE_ORIGIN));
    assertTrue(answer.fingerprinted());
  }

  @Test
  void paddingIsNoLongerThanAsked() throws StunRefused {
    binding().octets(StunAttribute.PADDING, new byte[7], 0, 7);
    StunMessage answer = answer(udp(A1, P1));
    assertEquals(4, answer.length(answer.find(StunAttribute.PADDING)));
    binding().octets(StunAttribute.PADDING, new byte[1900], 0, 1900);
    answer = answer(udp(A1, P1));
    assertEquals(1500, answer.length(answer.find(StunAttribute.PADDING)));
  }

  @Test
  void paddingIsNeverAimedAtAnotherPort() throws StunRefused {
    binding()
        .octets(StunAttribute.PADDING, new byte[64], 0, 64)
        .u32(StunAttribute.RESPONSE_PORT, 12345 << 16);
    assertEquals(400, errorCode(answer(udp(A1, P1))));
    assertEquals(udp(A1, P1), answeredOn);
  }

  @Test
  void brokenAttributesAreRefusedWhereTheyCameFrom() throws StunRefused {
    binding().u32(StunAttribute.RESPONSE_PORT, 0);
    assertEquals(400, errorCode(answer(udp(A1, P1))));
    binding().u64(StunAttribute.CHANGE_REQUEST, CHANGE_BOTH);
    assertEquals(400, errorCode(answer(udp(A1, P1))));
    assertEquals(udp(A1, P1), answeredOn);
  }

  @Test
  void streamsAndSocketsWithoutAlternatesKnowNoneOfIt() throws StunRefused {
    FiveTuple tcp = new FiveTuple(Transport.TCP, at(A1, P1), CLIENT);
    FiveTuple dtls = new FiveTuple(Transport.DTLS, at(A1, P1), CLIENT);
    for (FiveTuple path : List.of(tcp, dtls, udp(0, P1), udp(A1, 5349))) {
      binding()
          .u32(StunAttribute.CHANGE_REQUEST, 0)
          .u32(StunAttribute.RESPONSE_PORT, 12345 << 16)
          .flag(StunAttribute.PADDING);
      StunMessage answer = answer(path);
      assertEquals(420, errorCode(answer));
      assertArrayEquals(
          new int[] {0x0003, 0x0027, 0x0026},
          StunValues.unknownAttributes(answer, answer.find(StunAttribute.UNKNOWN_ATTRIBUTES)));
      binding();
      assertFalse(answer(path).has(StunAttribute.OTHER_ADDRESS));
    }
  }

  @Test
  void anIpv6ClientIsToldWhenItAsks() throws StunRefused {
    FiveTuple path = new FiveTuple(Transport.UDP, at6(1, P1), CLIENT6);
    binding();
    assertFalse(answer(path).has(StunAttribute.OTHER_ADDRESS));
    binding().u32(StunAttribute.CHANGE_REQUEST, CHANGE_BOTH);
    assertEquals(at6(2, P2), address(answer(path), StunAttribute.OTHER_ADDRESS));
    assertEquals(new FiveTuple(Transport.UDP, at6(2, P2), CLIENT6), answeredOn);
  }

  @Test
  void addressesAreToldAsTheWorldSeesThem() throws StunRefused {
    TransportAddress seen1 = at(0xcb00710a, 0);
    TransportAddress seen2 = at(0xcb00710b, 0);
    server = server(new Alternates.Family(at(A1, P1), at(A2, P2), seen1, seen2));
    binding().u32(StunAttribute.CHANGE_REQUEST, CHANGE_PORT);
    StunMessage answer = answer(udp(A1, P1));
    assertEquals(at(0xcb00710b, P2), address(answer, StunAttribute.OTHER_ADDRESS));
    assertEquals(at(0xcb00710a, P2), address(answer, StunAttribute.RESPONSE_ORIGIN));
    assertEquals(udp(A1, P2), answeredOn);
  }

  @Test
  void noAnswerOutweighsItsRequestByMoreThan1Point6() throws StunRefused {
    for (FiveTuple path : List.of(udp(A1, P1), new FiveTuple(Transport.UDP, at6(1, P1), CLIENT6))) {
      for (int padding = -1; padding < 200; padding++) {
        for (int flags = 0; flags < 4; flags++) {
          binding();
          if (padding >= 0) {
            writer.octets(StunAttribute.PADDING, new byte[200], 0, padding);
          }
          if ((flags & 1) != 0) {
            writer.u32(StunAttribute.CHANGE_REQUEST, 0);
          }
          if ((flags & 2) != 0) {
            writer.fingerprint();
          }
          int headers = path.remote().ipv4() ? 28 : 48;
          int request = writer.length() + headers;
          int answer = answer(path).length() + headers;
          assertTrue(5 * answer <= 8 * request, request + " -> " + answer);
        }
      }
    }
  }

  @Test
  void alternatesThatDoNotDifferAreABug() {
    for (TransportAddress wrong : List.of(at(A1, P2), at(A2, P1), at6(2, P2))) {
      assertThrows(IllegalArgumentException.class, () -> new Alternates.Family(at(A1, P1), wrong));
    }
  }

  private StunServer server(Alternates.Family... families) {
    return new StunServer(effects, new CountedTally(), new Alternates(List.of(families)));
  }

  private static TransportAddress at(int address, int port) {
    return TransportAddress.ipv4(address, port);
  }

  private static TransportAddress at6(int host, int port) {
    return new TransportAddress(0x2001_0db8_0000_0000L, host, port);
  }

  private static FiveTuple udp(int address, int port) {
    return new FiveTuple(Transport.UDP, at(address, port), CLIENT);
  }

  private StunWriter binding() {
    return writer.request(buffer, 0, StunMethod.BINDING, new byte[12]);
  }

  private StunMessage answer(FiveTuple path) throws StunRefused {
    server.receive(buffer, 0, writer.length(), path, 0);
    List<RecordedEffects.Sent> sent = effects.sent();
    assertEquals(1, sent.size());
    answeredOn = sent.getFirst().path();
    byte[] octets = sent.getFirst().octets();
    return StunMessage.parse(octets, 0, octets.length);
  }

  private static TransportAddress address(StunMessage message, StunAttribute attribute)
      throws StunRefused {
    return StunValues.address(message, message.find(attribute));
  }

  private static TransportAddress xorMapped(StunMessage message) throws StunRefused {
    assertEquals(StunClass.SUCCESS_RESPONSE, message.messageClass());
    return StunValues.xorAddress(message, message.find(StunAttribute.XOR_MAPPED_ADDRESS));
  }

  private static int errorCode(StunMessage message) throws StunRefused {
    return StunValues.errorCode(message, message.find(StunAttribute.ERROR_CODE));
  }
}
