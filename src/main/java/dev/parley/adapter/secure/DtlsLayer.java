package dev.parley.adapter.secure;

import dev.parley.adapter.DatagramOutlet;
import dev.parley.adapter.EventLoop;
import dev.parley.adapter.Intake;
import dev.parley.adapter.Ticking;
import dev.parley.engine.Engine;
import dev.parley.media.Counter;
import dev.parley.protocol.dtls.ClientHelloPart;
import dev.parley.protocol.dtls.DtlsCookies;
import dev.parley.wire.FiveTuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// [SecureDatagrams] on one loop: its associations, found by their 5-tuple. Confined to its loop.
///
/// Nothing is kept of a client before it has shown by a cookie that it receives at its address; of
/// how many more do that, the limits decide.
final class DtlsLayer implements Intake, DatagramOutlet, Ticking {
  // RFC 7983, section 7: the first octet of a DTLS record.
  private static final int FIRST = 20;
  private static final int LAST = 63;

  private static final long SWEEP = TimeUnit.SECONDS.toNanos(1);

  /// A cookie is good for one to two of these.
  private static final long COOKIES = TimeUnit.MINUTES.toNanos(1);

  private final SecureDatagrams settings;
  private final EventLoop loop;
  private final Intake next;
  private final DtlsCookies cookies;
  private final Map<FiveTuple, DtlsAssociation> byDatagrams = new HashMap<>();
  private final Map<FiveTuple, DtlsAssociation> byPath = new HashMap<>();
  private final HalfOpen<DtlsAssociation> handshakes;
  private long sweepAt;
  private long cookiesAt;

  DtlsLayer(SecureDatagrams settings, EventLoop loop, Intake next) {
    this.settings = settings;
    this.loop = loop;
    this.next = next;
    this.cookies = new DtlsCookies(settings.secret());
    this.cookiesAt = loop.now() + COOKIES;
    SecureLimits limits = settings.limits();
    this.handshakes =
        new HalfOpen<>(
            limits.dtlsHalfOpen(),
            limits.dtlsHalfOpenPerSource(),
            limits.handshakeWithin().toNanos());
  }

  @Override
  public void receive(byte[] octets, int at, int length, FiveTuple path) {
    int first = length > 0 ? octets[at] & 0xff : 0;
    if (first < FIRST || first > LAST || path.transport().stream()) {
      next.receive(octets, at, length, path);
    } else if (ClientHelloPart.begins(octets, at, length)) {
      hello(octets, at, length, path);
    } else {
      records(octets, at, length, path);
    }
  }

  private void records(byte[] octets, int at, int length, FiveTuple path) {
    DtlsAssociation association = byDatagrams.get(path);
    if (association == null) {
      count(Counter.DTLS_DROPPED);
    } else {
      association.receive(octets, at, length);
    }
  }

  private void hello(byte[] octets, int at, int length, FiveTuple path) {
    int begin = at;
    int end = at + length;
    while (begin < end) {
      ClientHelloPart part = ClientHelloPart.parse(octets, begin, end - begin);
      if (part == null) {
        count(Counter.DTLS_DROPPED);
        return;
      }
      part(octets, part, path);
      begin += part.recordLength();
    }
  }

  private void part(byte[] octets, ClientHelloPart part, FiveTuple path) {
    DtlsAssociation association = byDatagrams.get(path);
    if (part.offset() > 0) {
      if (association == null) {
        count(Counter.DTLS_DROPPED);
      } else {
        association.hello(octets, part);
      }
    } else if (association != null && association.sameHello(octets, part)) {
      association.hello(octets, part);
    } else if (!cookies.verified(octets, part, path)) {
      count(Counter.DTLS_HELLOS);
      byte[] answer = cookies.helloVerifyRequest(octets, part, path);
      loop.transmit(answer, 0, answer.length, path);
    } else {
      begin(octets, part, path, association);
    }
  }

  /// A client at a known address that begins anew has lost its state (RFC 6347, section 4.2.8); its
  /// cookie tells that it is the one there.
  private void begin(byte[] octets, ClientHelloPart first, FiveTuple path, DtlsAssociation former) {
    if (former != null) {
      end(former);
    }
    if (byDatagrams.size() >= settings.limits().dtlsAssociations()
        || !handshakes.admits(path.remote())) {
      count(Counter.DTLS_REFUSED);
      return;
    }
    if (byDatagrams.isEmpty()) {
      sweepAt = loop.now() + SWEEP;
    }
    DtlsAssociation association = new DtlsAssociation(this, path);
    byDatagrams.put(path, association);
    handshakes.begin(association, path.remote(), loop.now());
    association.begin(octets, first);
  }

  void established(DtlsAssociation association) {
    handshakes.end(association);
    byPath.put(association.path(), association);
    count(Counter.DTLS_ESTABLISHED);
  }

  /// Ends an association, with a word to its client where it still listens.
  void end(DtlsAssociation association) {
    if (!byDatagrams.remove(association.datagrams(), association)) {
      return;
    }
    handshakes.end(association);
    association.close();
    if (byPath.remove(association.path(), association)) {
      count(Counter.DTLS_ENDED);
      // Perhaps the engine is transmitting just now: it hears of it when its handler has returned.
      loop.execute(() -> next.closed(association.path()));
    } else {
      count(Counter.DTLS_FAILED);
    }
  }

  @Override
  public void closed(FiveTuple path) {
    next.closed(path);
  }

  /// Hot: encrypts and sends one message.
  @Override
  public void transmit(byte[] octets, int at, int length, FiveTuple path) {
    DtlsAssociation association = byPath.get(path);
    if (association == null) {
      loop.outlets().transmitElsewhere(octets, at, length, path);
    } else {
      association.send(octets, at, length);
    }
  }

  @Override
  public long deadline() {
    return byDatagrams.isEmpty() ? Engine.NEVER : sweepAt;
  }

  @Override
  public void tick(long now) {
    sweepAt = now + SWEEP;
    handshakes.overdue(now).forEach(this::end);
    long patience = settings.limits().dtlsIdleAfter().toNanos();
    List<DtlsAssociation> idle = new ArrayList<>();
    for (DtlsAssociation association : byPath.values()) {
      if (now - association.lastHeard() >= patience) {
        idle.add(association);
      }
    }
    idle.forEach(this::end);
    renewCookies(now);
  }

  /// Says goodbye to every client, so that none has to find out by silence.
  @Override
  public void stop() {
    List.copyOf(byDatagrams.values()).forEach(this::end);
  }

  private void renewCookies(long now) {
    if (now - cookiesAt >= 0) {
      cookiesAt = now + COOKIES;
      cookies.renew(settings.secret());
    }
  }

  void count(Counter counter) {
    loop.tally().count(counter);
  }

  SecureDatagrams settings() {
    return settings;
  }

  EventLoop loop() {
    return loop;
  }

  Intake next() {
    return next;
  }
}
