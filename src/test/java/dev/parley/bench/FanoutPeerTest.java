package dev.parley.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.protocol.dtls.DtlsConnection;
import dev.parley.protocol.dtls.DtlsIdentity;
import dev.parley.protocol.sdp.Kind;
import dev.parley.protocol.sdp.Offer;
import dev.parley.protocol.sdp.Outgoing;
import dev.parley.protocol.sdp.SessionDescription;
import dev.parley.wire.Octets;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The load client's own end, so that a benchmark that delivers nothing is the server's fault.
class FanoutPeerTest {
  private static final Outgoing TRACK =
      new Outgoing("v", Kind.VIDEO, "stream", "track", "cname", 77, 78, List.of());

  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final DtlsConnection.Toolbox tools = new DtlsConnection.Toolbox(new SecureRandom());
  private final FanoutPair server = new FanoutPair(tools, identity(), tasks::add);
  private final FanoutReceivers sockets =
      new FanoutReceivers((socket, octets, length) -> datagram(octets, length));
  private final FanoutCheck check = new FanoutCheck();
  private final FanoutPeer peer =
      new FanoutPeer(sockets.open(0, check), tools, identity(), tasks::add, check, 1);

  FanoutPeerTest() throws IOException {}

  private static DtlsIdentity identity() {
    Instant now = Instant.now();
    return DtlsIdentity.selfSigned(new SecureRandom(), now, now.plus(Duration.ofDays(1)));
  }

  @AfterEach
  void close() throws IOException {
    server.close();
    sockets.channel(0).close();
  }

  private void datagram(byte[] octets, int length) throws IOException {
    peer.datagram(octets, length);
  }

  @Test
  void aPublisherConnectsAndItsPacketsArrive() throws Exception {
    connect(true);
    sockets.channel(0).connect(peer.server());
    var source = new FanoutSource(sockets.channel(0), peer.sender(), true);
    long sent = source.run(FanoutPattern.BURSTS, 0.1, 1);
    turnUntil(() -> server.media >= sent);
    // A sender report comes with the first frame.
    assertEquals(sent + 1, server.media);
  }

  @Test
  void aReceiverKnowsWhatIsRightAndWhatIsNot() throws Exception {
    server.negotiation.want(List.of(TRACK));
    connect(false);
    var stream = server.keys.sender().stream(77);
    for (int number = 0; number < 5; number++) {
      if (number != 3) {
        send(stream, number, number == 4 ? 99 : number + 10);
      }
    }
    turnUntil(() -> check.taken == 4);
    assertEquals(77, check.ssrc());
    assertEquals(1, check.wrong);
    assertEquals(1, check.gaps);
  }

  private void send(dev.parley.protocol.srtp.SrtpSender.Stream stream, int number, int sequence) {
    var header = new byte[12];
    Octets.put16(header, 0, 0x8060);
    Octets.put16(header, 2, sequence);
    Octets.put32(header, 8, 77);
    var payload = new byte[FanoutPattern.PAYLOAD];
    FanoutPayload.write(payload, 0, payload.length, number, number, true, false);
    var out = new byte[2048];
    server.send(out, stream.protect(header, 0, 12, payload, 0, payload.length, out, 0));
  }

  @Test
  void whatTheServerOffersLaterIsAnswered() throws Exception {
    server.answer(peer.offer(true));
    server.negotiation.want(List.of(TRACK));
    Offer offer = server.negotiation.offer();
    var agreed =
        server.negotiation.accept(
            offer.number(), SessionDescription.parse(peer.answer(offer.text())));
    assertTrue(agreed.sections().getFirst().receiving());
    assertTrue(agreed.sections().getLast().sending());
  }

  @Test
  void aReceiversOfferTakesTheTrackAtOnce() throws Exception {
    server.negotiation.want(List.of(TRACK));
    String answer = server.answer(peer.offer(false));
    assertTrue(answer.contains("a=ssrc:77 cname:cname"), answer);
    assertTrue(server.negotiation.sections().getFirst().sending());
  }

  private void connect(boolean sends) throws Exception {
    peer.answered(server.answer(peer.offer(sends)));
    turnUntil(() -> peer.connected() && server.keys != null);
    assertNotNull(peer.sender());
  }

  private void turnUntil(BooleanSupplier done) throws IOException {
    long end = System.nanoTime() + 20_000_000_000L;
    while (!done.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "nothing comes");
      peer.tick(System.nanoTime());
      server.turn();
      sockets.turn(2);
      for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
        task.run();
      }
    }
  }
}
