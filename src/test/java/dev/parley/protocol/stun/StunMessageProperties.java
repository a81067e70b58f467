package dev.parley.protocol.stun;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.protocol.stun.StunIntegrity.Algorithm;
import dev.parley.wire.TransportAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class StunMessageProperties {
  record Attribute(StunAttribute kind, byte[] value) {
    @Override
    public String toString() {
      return kind.label() + "=" + Arrays.toString(value);
    }
  }

  @Provide
  Arbitrary<List<Attribute>> attributes() {
    Arbitrary<StunAttribute> kinds =
        Arbitraries.of(StunAttribute.class)
            .filter(
                kind ->
                    kind != StunAttribute.MESSAGE_INTEGRITY
                        && kind != StunAttribute.MESSAGE_INTEGRITY_SHA256
                        && kind != StunAttribute.FINGERPRINT);
    Arbitrary<byte[]> values = Arbitraries.bytes().array(byte[].class).ofMaxSize(70);
    return Combinators.combine(kinds, values).as(Attribute::new).list().ofMaxSize(20);
  }

  @Property(tries = 500)
  void readsBackWhatWasWritten(
      @ForAll StunMethod method,
      @ForAll("attributes") List<Attribute> attributes,
      @ForAll @Size(12) byte[] transaction,
      @ForAll @Size(min = 1, max = 80) byte[] key,
      @ForAll boolean signed,
      @ForAll @IntRange(max = 9) int at)
      throws StunRefused {
    byte[] buffer = new byte[4096];
    Arrays.fill(buffer, (byte) 0xee);
    StunIntegrity sha1 = new StunIntegrity(Algorithm.SHA1, key);
    StunIntegrity sha256 = new StunIntegrity(Algorithm.SHA256, key);
    StunWriter writer = new StunWriter().request(buffer, at, method, transaction);
    for (Attribute a : attributes) {
      writer.octets(a.kind(), a.value(), 0, a.value().length);
    }
    if (signed) {
      writer.integrity(sha1).integrity(sha256).fingerprint();
    }

    StunMessage message = StunMessage.parse(buffer, at, writer.length());

    assertEquals(method, message.method());
    assertEquals(StunClass.REQUEST, message.messageClass());
    assertArrayEquals(transaction, message.transactionId());
    List<Attribute> read = new ArrayList<>();
    for (int value = message.first(); value != StunMessage.NONE; value = message.next(value)) {
      byte[] octets = Arrays.copyOfRange(buffer, value, value + message.length(value));
      read.add(new Attribute(StunAttribute.of(message.type(value)), octets));
    }
    assertEquals(attributes.toString(), read.toString());
    assertEquals(signed, message.fingerprinted());
    assertEquals(signed, sha1.verifies(message));
    assertEquals(signed, sha256.verifies(message));
    assertEquals((byte) 0xee, buffer[at + writer.length()], "nothing is written after the end");
  }

  @Property(tries = 300)
  void readsBackTheClassAndMethodOfAnAnswer(
      @ForAll StunClass response, @ForAll StunMethod method, @ForAll @Size(12) byte[] transaction)
      throws StunRefused {
    byte[] buffer = new byte[40];
    StunWriter writer = new StunWriter().request(buffer, 0, method, transaction);
    StunMessage request = StunMessage.parse(buffer, 0, writer.length());
    writer.answer(buffer, 20, response, request);
    StunMessage answer = StunMessage.parse(buffer, 20, writer.length());
    assertEquals(response, answer.messageClass());
    assertEquals(method, answer.method());
    assertArrayEquals(transaction, answer.transactionId());
  }

  @Property(tries = 500)
  void readsBackAddressesOfBothFamilies(
      @ForAll long high,
      @ForAll long low,
      @ForAll boolean ipv4,
      @ForAll @IntRange(max = 0xffff) int port,
      @ForAll @Size(12) byte[] transaction)
      throws StunRefused {
    TransportAddress address =
        ipv4 ? TransportAddress.ipv4((int) low, port) : new TransportAddress(high, low, port);
    byte[] buffer = new byte[80];
    StunWriter writer =
        new StunWriter()
            .request(buffer, 0, StunMethod.SEND, transaction)
            .xorAddress(StunAttribute.XOR_PEER_ADDRESS, address)
            .address(StunAttribute.ALTERNATE_SERVER, address);
    StunMessage message = StunMessage.parse(buffer, 0, writer.length());
    int xored = message.find(StunAttribute.XOR_PEER_ADDRESS);
    int plain = message.find(StunAttribute.ALTERNATE_SERVER);
    assertEquals(address, StunValues.xorAddress(message, xored));
    assertEquals(address, StunValues.address(message, plain));
  }

  @Property(tries = 1000)
  void makesNothingButItsRefusalOfHostileOctets(@ForAll @Size(max = 300) byte[] octets) {
    HostileReader.readEverything(octets);
  }

  @Property(tries = 1000)
  void makesNothingButItsRefusalOfAHostileBody(@ForAll @Size(max = 300) byte[] body) {
    int length = body.length & ~3;
    byte[] octets = new byte[20 + length];
    System.arraycopy(body, 0, octets, 20, length);
    octets[1] = 1;
    octets[2] = (byte) (length >> 8);
    octets[3] = (byte) length;
    System.arraycopy(new byte[] {0x21, 0x12, (byte) 0xa4, 0x42}, 0, octets, 4, 4);
    HostileReader.readEverything(octets);
  }

  @Property(tries = 200)
  void findsTheErrorThatWasWritten(@ForAll StunError error, @ForAll @Size(12) byte[] transaction)
      throws StunRefused {
    byte[] buffer = new byte[200];
    StunWriter writer =
        new StunWriter().request(buffer, 0, StunMethod.BINDING, transaction).error(error);
    StunMessage message = StunMessage.parse(buffer, 0, writer.length());
    int value = message.find(StunAttribute.ERROR_CODE);
    assertTrue(value != StunMessage.NONE);
    assertEquals(error, StunError.of(StunValues.errorCode(message, value)));
    assertEquals(error.phrase(), StunValues.errorPhrase(message, value));
  }
}
