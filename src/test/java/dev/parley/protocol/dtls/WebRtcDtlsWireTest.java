package dev.parley.protocol.dtls;

import static dev.parley.protocol.dtls.DtlsPair.PROFILES;
import static dev.parley.protocol.dtls.DtlsPair.TOOLS;
import static dev.parley.protocol.dtls.DtlsPair.acquainted;
import static dev.parley.protocol.dtls.DtlsPair.identity;
import static dev.parley.protocol.dtls.DtlsPair.rules;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.protocol.dtls.DtlsConnection.State;
import dev.parley.wire.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Two ends of a WebRTC connection over a wire that loses, doubles, reorders and cuts.
class WebRtcDtlsWireTest {
  /// The records of a handshake in the order they are sent: ClientHello; ServerHello, Certificate,
  /// ServerKeyExchange, CertificateRequest, ServerHelloDone; Certificate, ClientKeyExchange,
  /// CertificateVerify, ChangeCipherSpec, Finished; ChangeCipherSpec, Finished.
  private static final int RECORDS = 13;

  @Test
  void anyRecordMayBeLost() throws Exception {
    for (int lost = 0; lost < RECORDS; lost++) {
      int which = lost;
      int[] count = {0};
      DtlsPair pair = acquainted();
      pair.wire =
          (from, datagram) -> {
            List<byte[]> arriving = new ArrayList<>();
            for (byte[] record : SpoiledWire.records(datagram)) {
              if (count[0]++ != which) {
                arriving.add(record);
              }
            }
            return arriving;
          };
      agreed(pair.established());
      assertTrue(count[0] > RECORDS, "sent again");
    }
  }

  @Test
  void anyFlightMayBeLost() throws Exception {
    for (int lost = 0; lost < 4; lost++) {
      int which = lost;
      int[] count = {0};
      DtlsPair pair = acquainted();
      pair.wire = (from, datagram) -> count[0]++ == which ? List.of() : List.of(datagram);
      agreed(pair.established());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void aBadNetworkOnlyTakesTime(int seed) throws Exception {
    DtlsPair pair = acquainted();
    pair.wire = SpoiledWire.bad(new Random(seed));
    agreed(pair.established());
  }

  @Test
  void everyDatagramMayComeTwice() throws Exception {
    DtlsPair pair = acquainted();
    pair.wire = (from, datagram) -> List.of(datagram, datagram);
    agreed(pair.established());
    pair.client.send("once");
    pair.settle();
    assertEquals(2, pair.server.told.size());
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 100, 256})
  void messagesInFragmentsArePutTogether(int most) throws Exception {
    DtlsPair pair = acquainted();
    SpoiledWire up = new SpoiledWire();
    SpoiledWire down = new SpoiledWire();
    pair.wire = (from, datagram) -> (from == pair.client ? up : down).fragments(datagram, most);
    agreed(pair.established());
  }

  @Test
  void aHelloThatOffersDtls13IsAnsweredWith12() throws Exception {
    DtlsPair pair = browser();
    agreed(pair.established());
    assertTrue(pair.client.sent.getFirst().length > 1000);
  }

  @Test
  void aLargeHelloInFragmentsOutOfOrderAndTwiceIsPutTogether() throws Exception {
    DtlsPair pair = browser();
    SpoiledWire up = new SpoiledWire();
    SpoiledWire down = new SpoiledWire();
    pair.wire =
        (from, datagram) -> {
          List<byte[]> arriving =
              SpoiledWire.reversed(
                  from == pair.client ? up.fragments(datagram, 90) : down.fragments(datagram, 300));
          arriving.add(arriving.getFirst());
          return arriving;
        };
    agreed(pair.established());
  }

  private static DtlsPair browser() {
    DtlsIdentity one = identity();
    DtlsIdentity other = identity();
    DtlsPeerRules client = rules(one, other, PROFILES);
    DtlsPeerRules server = rules(other, one, PROFILES);
    DtlsPair pair = new DtlsPair();
    pair.server.begin(it -> DtlsConnection.webrtcServer(TOOLS, server, pair.server, it));
    PeerFacts facts = PeerFacts.of(client.expected());
    pair.client.begin(
        it -> DtlsConnection.client(new BrowserHello(client, facts), facts, pair.client, it));
    return pair;
  }

  @Test
  void aMessageThatClaimsToBeHugeIsDropped() throws Exception {
    DtlsPair pair = acquainted();
    byte[] huge = new byte[13 + 12 + 20];
    huge[0] = 22;
    huge[1] = (byte) 0xfe;
    huge[2] = (byte) 0xfd;
    Octets.put16(huge, 11, huge.length - 13);
    huge[13] = 11;
    ClientHelloPart.put24(huge, 14, 0xffffff);
    ClientHelloPart.put24(huge, 22, 20);
    for (int sequence = 0; sequence < 16; sequence++) {
      Octets.put16(huge, 17, sequence);
      Octets.put16(huge, 9, 0x7000 + sequence);
      pair.server.receive(huge);
    }
    agreed(pair.established());
  }

  @Test
  void recordsAreAcceptedOnce() throws Exception {
    DtlsPair pair = acquainted().established();
    pair.client.send("once");
    byte[] record = pair.client.sent.getLast();
    pair.server.receive(record);
    pair.server.receive(record);
    pair.settle();
    assertEquals(
        List.of(new DtlsPair.Told.Established(), new DtlsPair.Told.Data("once")), pair.server.told);
  }

  @Test
  void recordsOfOneDatagramAllCount() throws Exception {
    DtlsPair pair = acquainted().established();
    pair.wire = (from, datagram) -> List.of();
    pair.client.send("one");
    pair.client.send("two");
    byte[] one = pair.client.sent.get(pair.client.sent.size() - 2);
    byte[] two = pair.client.sent.getLast();
    byte[] both = java.util.Arrays.copyOf(one, one.length + two.length);
    System.arraycopy(two, 0, both, one.length, two.length);
    pair.server.receive(both);
    assertEquals(
        List.of(
            new DtlsPair.Told.Established(),
            new DtlsPair.Told.Data("one"),
            new DtlsPair.Told.Data("two")),
        pair.server.told);
  }

  private static void agreed(DtlsPair pair) {
    assertEquals(State.ESTABLISHED, pair.client.state());
    assertArrayEquals(
        pair.client.connection.exportSrtpKeys(56), pair.server.connection.exportSrtpKeys(56));
  }
}
