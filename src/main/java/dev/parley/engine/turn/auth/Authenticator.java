package dev.parley.engine.turn.auth;

import static dev.parley.protocol.stun.StunError.BAD_REQUEST;
import static dev.parley.protocol.stun.StunError.STALE_NONCE;
import static dev.parley.protocol.stun.StunError.UNAUTHENTICATED;
import static dev.parley.protocol.stun.StunError.WRONG_CREDENTIALS;
import static dev.parley.protocol.stun.StunMessage.NONE;

import dev.parley.engine.turn.auth.Verdict.Granted;
import dev.parley.engine.turn.auth.Verdict.Refused;
import dev.parley.engine.turn.auth.Verdict.Wanted;
import dev.parley.media.TurnPolicy;
import dev.parley.protocol.stun.StunAttribute;
import dev.parley.protocol.stun.StunMessage;
import dev.parley.protocol.stun.StunMethod;
import dev.parley.protocol.stun.StunNonceCookie;
import dev.parley.protocol.stun.StunNonceCookie.Feature;
import dev.parley.protocol.stun.StunPasswordAlgorithm;
import dev.parley.protocol.stun.StunRefused;
import dev.parley.protocol.stun.StunWriter;
import dev.parley.wire.FiveTuple;
import java.time.InstantSource;

/// The server side of the long-term credential mechanism (RFC 8489, section 9.2.4) and of
/// third-party authorization (RFC 7635), for all realms of a node. Confined to one loop.
public final class Authenticator {
  /// Unauthenticated answers a second to one source, and how many at once. Reflected they are less
  /// than 1 Mbit/s; a network of thousands behind one address restarts within seconds.
  static final int RATE = 1000;

  static final int BURST = 4000;

  private static final byte[] OFFERED =
      StunPasswordAlgorithm.list(StunPasswordAlgorithm.SHA_256, StunPasswordAlgorithm.MD5);

  private static final Verdict CHALLENGED = new Refused(UNAUTHENTICATED, true);
  private static final Verdict STALE = new Refused(STALE_NONCE, true);
  private static final Verdict BAD = new Refused(BAD_REQUEST, false);

  private final InstantSource wall;
  private final Nonces nonces;
  private final SourceBuckets buckets;
  private final Revocations revocations = new Revocations();
  private final Proofs proofs = new Proofs();
  private final byte[] nonce = new byte[64];
  private Realms realms;

  /// @param secret of the node, equal on all its loops; nonces are made from it
  /// @param wall the time of day
  public Authenticator(TurnPolicy policy, byte[] secret, InstantSource wall) {
    this.wall = wall;
    this.nonces = new Nonces(secret);
    this.buckets = new SourceBuckets(RATE, BURST, nonces.seed());
    follow(policy);
  }

  /// Follows other realms, secrets and keys from now on.
  public void follow(TurnPolicy policy) {
    realms = new Realms(policy);
  }

  /// Judges a request.
  ///
  /// @param bound the credential of the allocation on this path, or null
  public Verdict check(StunMessage request, FiveTuple path, Credential bound, long now) {
    return check(request, path, bound, null, now);
  }

  /// Judges a request for which [Verdict.Wanted] was said, now that the key is known.
  ///
  /// @param key what was found, or null where nobody has looked yet
  public Verdict check(
      StunMessage request, FiveTuple path, Credential bound, FoundKey key, long now) {
    if (!request.has(StunAttribute.MESSAGE_INTEGRITY)
        && !request.has(StunAttribute.MESSAGE_INTEGRITY_SHA256)) {
      return CHALLENGED;
    }
    Claim claim = new Claim(request);
    if (!claim.complete()) {
      return BAD;
    }
    try {
      return judge(new Case(request, claim, path, bound, key, seconds()));
    } catch (StunRefused malformed) {
      return BAD;
    }
  }

  /// The checks of RFC 8489, section 9.2.4, in its order, but that nobody is looked up for who
  /// cannot even receive an answer.
  private Verdict judge(Case at) throws StunRefused {
    Realm realm = at.bound() == null ? realmFor(at.path()) : realms.named(at.bound().realm());
    if (realm == null || !at.claim().ofRealm(realm)) {
      return CHALLENGED;
    }
    StunPasswordAlgorithm algorithm = algorithm(at);
    if (algorithm == null) {
      return BAD;
    }
    int fresh = nonces.judge(at.request(), at.claim().nonce(), at.path(), realm, at.seconds());
    Credential credential = proofs.prove(at, realm, algorithm);
    if (credential == null) {
      return fresh == Nonces.STALE
          ? STALE
          : new Wanted(realm.name(), at.claim().username(), at.claim().userhash());
    }
    if (credential == Proofs.NOBODY
        || credential.expires() <= at.seconds()
        || revocations.holds(credential, at.seconds())) {
      return CHALLENGED;
    }
    if (fresh == Nonces.STALE || fresh == Nonces.PLAIN && deservedMore(at, realm)) {
      return STALE;
    }
    return at.bound() == null || mayAct(at, realm, credential)
        ? new Granted(credential)
        : new Refused(WRONG_CREDENTIALS, false, credential);
  }

  /// The password algorithm, or null where the client does not echo what it was offered.
  private static StunPasswordAlgorithm algorithm(Case at) throws StunRefused {
    int nonce = at.claim().nonce();
    int told = StunNonceCookie.features(at.request().octets(), nonce, at.request().length(nonce));
    boolean offered =
        told != StunNonceCookie.NONE && (told & Feature.PASSWORD_ALGORITHMS.mask()) != 0;
    if (offered && at.claim().choosesAlgorithm() && !at.claim().echoes(OFFERED)) {
      return null;
    }
    return at.claim().algorithm();
  }

  /// Whether the request, which nobody can have altered, was too long to have been answered with a
  /// nonce that tells no features: then somebody cut it short on its first way here, to keep the
  /// client from better algorithms (RFC 8489, section 9.2.1).
  private static boolean deservedMore(Case at, Realm realm) {
    return at.bound() == null
        && at.request().method() == StunMethod.ALLOCATE
        && Challenge.mayOfferFeatures(
            at.request(), at.claim().bareLength(), at.path(), realm, OFFERED.length);
  }

  /// Whether this is who made the allocation (RFC 8656, section 5). An OAuth client is known by
  /// holding a token, whichever key it is under.
  private static boolean mayAct(Case at, Realm realm, Credential credential) {
    return credential.username().equals(at.bound().username())
        || at.request().method() == StunMethod.ALLOCATE
        || at.claim().token() != NONE && realm.oauthKeys().containsKey(at.bound().username());
  }

  /// Appends what a client needs to authenticate: REALM, NONCE and, where the answer does not grow
  /// beyond what [Challenge] allows, PASSWORD-ALGORITHMS; THIRD-PARTY-AUTHORIZATION where the realm
  /// has it. Over UDP the ERROR-CODE before it should have no phrase.
  public void challenge(StunWriter answer, StunMessage request, FiveTuple path, long now) {
    Realm realm = realmFor(path);
    boolean features =
        Challenge.mayOfferFeatures(request, request.length(), path, realm, OFFERED.length);
    int told = features ? realm.features() : Nonces.PLAIN;
    int length = nonces.write(nonce, 0, told, path, realm, seconds());
    answer.octets(StunAttribute.REALM, realm.octets(), 0, realm.octets().length);
    answer.octets(StunAttribute.NONCE, nonce, 0, length);
    if (features) {
      answer.octets(StunAttribute.PASSWORD_ALGORITHMS, OFFERED, 0, OFFERED.length);
    }
    if (realm.oauthServer() != null) {
      answer.text(StunAttribute.THIRD_PARTY_AUTHORIZATION, realm.oauthServer());
    }
  }

  /// Appends the integrity attribute of this credential over what is written so far.
  public void sign(StunWriter answer, Credential credential) {
    answer.integrity(proofs.keyed(credential.algorithm(), credential.key()));
  }

  /// Takes credentials back; see [dev.parley.media.MediaCommand.RevokeTurn].
  public void revoke(String realm, String user, String username, long until) {
    revocations.add(realm, user, username, until, seconds());
  }

  /// Whether this credential has been taken back.
  public boolean revoked(Credential credential) {
    return revocations.holds(credential, seconds());
  }

  /// Whether one more unauthenticated answer may go to this source.
  public boolean admits(FiveTuple path, long now) {
    return buckets.take(path.remote(), now);
  }

  /// The realm of the clients on this path.
  Realm realmFor(FiveTuple path) {
    return realms.of(path);
  }

  private long seconds() {
    return wall.millis() / 1000;
  }
}
