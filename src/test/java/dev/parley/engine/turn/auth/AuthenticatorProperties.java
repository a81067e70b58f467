package dev.parley.engine.turn.auth;

import static dev.parley.engine.turn.auth.Requests.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.lab.SettableClock;
import dev.parley.protocol.stun.StunAttribute;
import dev.parley.protocol.stun.StunIntegrity;
import dev.parley.protocol.stun.StunIntegrity.Algorithm;
import dev.parley.protocol.stun.StunMessage;
import dev.parley.protocol.stun.StunMethod;
import dev.parley.protocol.stun.StunNonceCookie;
import dev.parley.wire.FiveTuple;
import dev.parley.wire.Transport;
import dev.parley.wire.TransportAddress;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class AuthenticatorProperties {
  private static final Realm REALM = Realm.of(realm("parley", List.of(), "s"), List.of("s"));

  private final SettableClock clock = new SettableClock();
  private final Authenticator server =
      new Authenticator(policy(realm("parley", List.of(), "s")), SECRET, clock);
  private final Nonces nonces = new Nonces(SECRET);

  /// What a hostile client can put into an attribute.
  record Stray(StunAttribute attribute, byte[] value) {}

  @Provide
  Arbitrary<Stray> strays() {
    Arbitrary<StunAttribute> attributes =
        Arbitraries.of(StunAttribute.values())
            .filter(a -> !a.label().startsWith("MESSAGE-") && a != StunAttribute.FINGERPRINT);
    Arbitrary<byte[]> good =
        Arbitraries.of("parley".getBytes(), "9999999999:a".getBytes(), OFFERED, new byte[32]);
    Arbitrary<byte[]> any = Arbitraries.bytes().array(byte[].class).ofMaxSize(70);
    return Combinators.combine(attributes, Arbitraries.oneOf(good, any)).as(Stray::new);
  }

  @Property(tries = 3000)
  void nothingWithoutAKeyIsEverGranted(
      @ForAll @Size(max = 12) List<@From("strays") Stray> strays,
      @ForAll boolean bound,
      @ForAll Algorithm algorithm) {
    StunMessage request =
        request(
            StunMethod.ALLOCATE,
            w -> {
              strays.forEach(s -> w.octets(s.attribute(), s.value(), 0, s.value().length));
              w.integrity(new StunIntegrity(algorithm, "guess".getBytes()));
            });
    Credential ann =
        new Credential("parley", "ann", "ann", Algorithm.SHA1, new byte[16], Credential.NEVER);
    Verdict verdict = server.check(request, PATH, bound ? ann : null, 0);
    assertFalse(verdict instanceof Verdict.Granted);
    assertFalse(verdict instanceof Verdict.Wanted, "the database is not asked without a nonce");
  }

  @Property
  void aNonceIsGoodForAnHourWhereItWasMadeAndNowhereElse(
      @ForAll @LongRange(min = 0, max = 1L << 40) long made,
      @ForAll @LongRange(min = -1L << 25, max = 1L << 25) long later,
      @ForAll int address,
      @ForAll int other,
      @ForAll @IntRange(max = 65535) int port,
      @ForAll boolean plain) {
    int features = plain ? Nonces.PLAIN : REALM.features();
    StunMessage message = holding(features, path(address, port), made);
    int nonce = message.find(StunAttribute.NONCE);
    assertEquals(plain ? Nonces.BODY : StunNonceCookie.LENGTH + Nonces.BODY, message.length(nonce));
    int judged = nonces.judge(message, nonce, path(address, 1), REALM, made + later);
    boolean fresh = later >= -60 && later <= Nonces.LIFETIME;
    assertEquals(fresh ? features : Nonces.STALE, judged);
    if (other != address) {
      assertEquals(Nonces.STALE, nonces.judge(message, nonce, path(other, port), REALM, made));
    }
    Realm tenant = Realm.of(realm("tenant", List.of(), "s"), List.of("s"));
    assertEquals(Nonces.STALE, nonces.judge(message, nonce, path(address, port), tenant, made));
    Nonces strangers = new Nonces("other".getBytes());
    assertEquals(Nonces.STALE, strangers.judge(message, nonce, path(address, port), REALM, made));
  }

  @Property
  void noncesOfDifferentPortsDiffer(
      @ForAll @IntRange(max = 65535) int one, @ForAll @IntRange(max = 65535) int two) {
    String first = Requests.text(holding(1, path(7, one), 1000), StunAttribute.NONCE);
    String second = Requests.text(holding(1, path(7, two), 1000), StunAttribute.NONCE);
    if (one != two) {
      assertNotEquals(first, second);
    }
  }

  @Property
  void aDatagramIsNeverAnsweredWithMoreThanOnePointSix(
      @ForAll @IntRange(max = 120) int software,
      @ForAll boolean ipv6,
      @ForAll boolean fingerprint) {
    TransportAddress client =
        ipv6 ? new TransportAddress(0x2a00L << 48, 1, 9) : TransportAddress.ipv4(9, 9);
    StunMessage request =
        request(
            StunMethod.ALLOCATE,
            w -> {
              allocate(w);
              if (software > 0) {
                w.octets(StunAttribute.SOFTWARE, new byte[software], 0, software);
              }
              if (fingerprint) {
                w.fingerprint();
              }
            });
    StunMessage challenge = challenge(server, request, Requests.path(Transport.UDP, client));
    int headers = ipv6 ? 48 : 28;
    int answer = challenge.length() + (fingerprint ? 8 : 0) + headers;
    assertTrue(5 * answer <= 8 * (request.length() + headers), answer + " octets");
  }

  @Property(tries = 3000)
  void anyNameIsATimeOrNot(@ForAll String name, @ForAll @LongRange(min = 0) long seconds) {
    TimeLimited.expiry(name);
    String user = TimeLimited.user(name);
    assertTrue(name.endsWith(user));
    boolean short18 = Long.toString(seconds).length() <= 18;
    assertEquals(short18 ? seconds : TimeLimited.NOT, TimeLimited.expiry(seconds + ":" + name));
    if (short18 && !name.isEmpty()) {
      assertEquals(name, TimeLimited.user(seconds + ":" + name));
    }
  }

  private StunMessage holding(int features, FiveTuple path, long seconds) {
    byte[] nonce = new byte[64];
    int length = nonces.write(nonce, 0, features, path, REALM, seconds);
    return request(StunMethod.REFRESH, w -> w.octets(StunAttribute.NONCE, nonce, 0, length));
  }

  private static FiveTuple path(int address, int port) {
    return Requests.path(Transport.UDP, TransportAddress.ipv4(address, port));
  }
}
