package dev.parley.engine.turn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.engine.Engine;
import dev.parley.lab.CountedTally;
import dev.parley.lab.RecordedEffects;
import dev.parley.lab.VirtualClock;
import dev.parley.media.Counter;
import dev.parley.protocol.stun.StunAttribute;
import dev.parley.protocol.stun.StunClass;
import dev.parley.protocol.stun.StunError;
import dev.parley.protocol.stun.StunIntegrity;
import dev.parley.protocol.stun.StunMessage;
import dev.parley.protocol.stun.StunMethod;
import dev.parley.protocol.stun.StunRefused;
import dev.parley.protocol.stun.StunValues;
import dev.parley.protocol.stun.StunWriter;
import dev.parley.wire.FiveTuple;
import dev.parley.wire.Transport;
import dev.parley.wire.TransportAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StunServerTest {
  private static final TransportAddress SERVER = TransportAddress.ipv4(0xc6336401, 3478);
  private static final TransportAddress CLIENT = TransportAddress.ipv4(0xc0000201, 40000);
  private static final TransportAddress CLIENT6 =
      new TransportAddress(0x2001_0db8_0000_0001L, 0x42, 40000);
  private static final FiveTuple UDP = new FiveTuple(Transport.UDP, SERVER, CLIENT);
  private static final FiveTuple UDP6 = new FiveTuple(Transport.UDP, SERVER, CLIENT6);
  private static final FiveTuple TCP = new FiveTuple(Transport.TCP, SERVER, CLIENT);
  private static final byte[] ID = HexFormat.of().parseHex("000102030405060708090a0b");

  private final VirtualClock clock = new VirtualClock();
  private final RecordedEffects<Void> effects = new RecordedEffects<>();
  private final CountedTally tally = new CountedTally();
  private final StunServer server = new StunServer(effects, tally);
  private final StunWriter writer = new StunWriter();
  private final byte[] buffer = new byte[2048];

  @Test
  void tellsAClientItsAddress() throws StunRefused {
    for (FiveTuple path : List.of(UDP, UDP6, TCP)) {
      binding();
      StunMessage answer = answer(path);
      assertEquals(StunClass.SUCCESS_RESPONSE, answer.messageClass());
      assertEquals(StunMethod.BINDING, answer.method());
      assertArrayEquals(ID, answer.transactionId());
      int mapped = answer.find(StunAttribute.XOR_MAPPED_ADDRESS);
      assertEquals(path.remote(), StunValues.xorAddress(answer, mapped));
      assertEquals(StunMessage.NONE, answer.next(mapped));
      assertFalse(answer.has(StunAttribute.FINGERPRINT));
    }
    assertEquals(
        Map.of(Counter.STUN_BINDING_REQUESTS, 3L, Counter.STUN_BINDING_SUCCESSES, 3L),
        tally.counts());
  }

  @Test
  void answersAFingerprintWithAFingerprint() throws StunRefused {
    binding().fingerprint();
    assertTrue(answer(UDP).fingerprinted());
  }

  @Test
  void dropsAMessageWithAWrongFingerprint() {
    binding().fingerprint();
    buffer[8] ^= 1;
    assertSilence(UDP);
    assertEquals(Map.of(Counter.INPUT_MALFORMED, 1L), tally.counts());
  }

  @Test
  void refusesAttributesItMustComprehendAndDoesNot() throws StunRefused {
    binding().u32(StunAttribute.CHANGE_REQUEST, 6).flag(StunAttribute.USE_CANDIDATE).fingerprint();
    StunMessage answer = answer(UDP);
    assertEquals(StunClass.ERROR_RESPONSE, answer.messageClass());
    assertEquals(420, errorCode(answer));
    int unknown = answer.find(StunAttribute.UNKNOWN_ATTRIBUTES);
    assertArrayEquals(new int[] {0x0003, 0x0025}, StunValues.unknownAttributes(answer, unknown));
    assertTrue(answer.fingerprinted());
    assertEquals(
        Map.of(Counter.STUN_BINDING_REQUESTS, 1L, Counter.STUN_ERRORS, 1L), tally.counts());
  }

  @Test
  void listsEveryUnknownAttributeOfTheFullestMessage() throws StunRefused {
    binding();
    for (int i = 0; i < StunMessage.MAX_ATTRIBUTES; i++) {
      writer.flag(StunAttribute.USE_CANDIDATE);
    }
    StunMessage answer = answer(TCP);
    int unknown = answer.find(StunAttribute.UNKNOWN_ATTRIBUTES);
    assertEquals(StunMessage.MAX_ATTRIBUTES, StunValues.unknownAttributes(answer, unknown).length);
  }

  @Test
  void ignoresAttributesItMayIgnoreAndCredentialsItDoesNotNeed() throws StunRefused {
    binding()
        .text(StunAttribute.SOFTWARE, "a client")
        .u64(StunAttribute.ICE_CONTROLLED, 1)
        .text(StunAttribute.USERNAME, "someone")
        .integrity(new StunIntegrity(StunIntegrity.Algorithm.SHA1, new byte[] {1}));
    assertEquals(StunClass.SUCCESS_RESPONSE, answer(UDP).messageClass());
  }

  @Test
  void refusesOtherMethods() throws StunRefused {
    writer.request(buffer, 0, StunMethod.ALLOCATE, ID);
    assertEquals(400, errorCode(answer(UDP)));
    writer.request(buffer, 0, StunMethod.ALLOCATE, ID);
    StunMessage answer = answer(TCP);
    assertEquals(StunMethod.ALLOCATE, answer.method());
    int error = answer.find(StunAttribute.ERROR_CODE);
    assertEquals("Bad Request", StunValues.errorPhrase(answer, error));
    assertEquals(Map.of(Counter.STUN_ERRORS, 2L), tally.counts());
  }

  @Test
  void isSilentToIndicationsAndResponses() throws StunRefused {
    writer.indication(buffer, 0, StunMethod.BINDING, ID);
    assertSilence(UDP);
    binding();
    StunMessage request = StunMessage.parse(buffer.clone(), 0, writer.length());
    writer.answer(buffer, 0, StunClass.SUCCESS_RESPONSE, request);
    assertSilence(UDP);
    writer.answer(buffer, 0, StunClass.ERROR_RESPONSE, request).error(StunError.BAD_REQUEST);
    assertSilence(UDP);
    assertEquals(Map.of(), tally.counts());
  }

  @Test
  void dropsWhatIsNotStunAndMethodsNobodyRegistered() {
    binding();
    buffer[4] = 0; // no magic cookie, as RFC 3489
    assertSilence(UDP);
    binding();
    buffer[1] = 0x0d; // method 0x00D
    assertSilence(UDP);
    server.receive(buffer, 0, 0, UDP, clock.now());
    assertEquals(Map.of(Counter.INPUT_MALFORMED, 3L), tally.counts());
  }

  @Test
  void neverWantsToBeTicked() {
    assertEquals(Engine.NEVER, server.deadline());
    server.tick(clock.now());
    server.closed(TCP, clock.now());
    assertEquals(List.of(), effects.sent());
  }

  private StunWriter binding() {
    return writer.request(buffer, 0, StunMethod.BINDING, ID);
  }

  private StunMessage answer(FiveTuple path) throws StunRefused {
    server.receive(buffer, 0, writer.length(), path, clock.now());
    List<RecordedEffects.Sent> sent = effects.sent();
    assertEquals(1, sent.size());
    assertEquals(path, sent.getFirst().path());
    byte[] octets = sent.getFirst().octets();
    return StunMessage.parse(octets, 0, octets.length);
  }

  private void assertSilence(FiveTuple path) {
    server.receive(buffer, 0, writer.length(), path, clock.now());
    assertEquals(List.of(), effects.sent());
  }

  private static int errorCode(StunMessage message) throws StunRefused {
    return StunValues.errorCode(message, message.find(StunAttribute.ERROR_CODE));
  }
}
