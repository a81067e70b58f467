package dev.parley.protocol.dtls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.wire.Octets;
import java.util.Arrays;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class RecordGateProperties {
  private static final int CERTIFICATE_VERIFY = 15;

  @Property
  void hostileOctetsPassWholeOrAsTheirBeginningOrNotAtAll(
      @ForAll @Size(max = 120) byte[] octets, @ForAll @IntRange(min = 0, max = 9) int at) {
    int from = Math.min(at, octets.length);
    byte[] passed = new RecordGate(true).pass(octets, from, octets.length - from);
    assertArrayEquals(Arrays.copyOfRange(octets, from, from + passed.length), passed);
    if (!RecordGate.whole(octets, from, octets.length - from)) {
      assertEquals(0, passed.length);
    }
  }

  @Property
  void octetsThatLookLikeRecordsHarmNobody(
      @ForAll @Size(min = 25, max = 120) byte[] octets,
      @ForAll @IntRange(min = 20, max = 26) int type) {
    octets[0] = (byte) type;
    Octets.put16(octets, 3, 0);
    Octets.put16(octets, 11, octets.length - 13);
    byte[] passed = new RecordGate(true).pass(octets, 0, octets.length);
    assertTrue(passed.length == 0 || passed.length == octets.length);
  }

  @Example
  void changeCipherSpecWaitsForTheWholeProof() {
    RecordGate gate = new RecordGate(true);
    byte[] second = proof(40, 80, 40);
    byte[] datagram = Arrays.copyOf(second, second.length + 14);
    System.arraycopy(changeCipherSpec(), 0, datagram, second.length, 14);
    assertArrayEquals(second, gate.pass(datagram, 0, datagram.length));
    byte[] first = proof(0, 80, 40);
    assertArrayEquals(first, gate.pass(first, 0, first.length));
    assertEquals(datagram.length, gate.pass(datagram, 0, datagram.length).length);
  }

  @Example
  void changeCipherSpecPassesWhereNoProofIsAwaited() {
    assertEquals(14, new RecordGate(false).pass(changeCipherSpec(), 0, 14).length);
  }

  @Example
  void encryptedRecordsTooShortForTheirTagDoNotPass() {
    byte[] record = new byte[13 + 23];
    record[0] = 23;
    record[4] = 1;
    record[12] = 23;
    assertFalse(RecordGate.whole(record, 0, record.length));
    byte[] longer = Arrays.copyOf(record, record.length + 1);
    longer[12] = 24;
    assertTrue(RecordGate.whole(longer, 0, longer.length));
  }

  private static byte[] changeCipherSpec() {
    byte[] record = new byte[14];
    record[0] = 20;
    record[12] = 1;
    record[13] = 1;
    return record;
  }

  private static byte[] proof(int offset, int whole, int length) {
    byte[] record = new byte[13 + 12 + length];
    record[0] = 22;
    Octets.put16(record, 11, 12 + length);
    record[13] = CERTIFICATE_VERIFY;
    ClientHelloPart.put24(record, 14, whole);
    ClientHelloPart.put24(record, 19, offset);
    ClientHelloPart.put24(record, 22, length);
    return record;
  }
}
