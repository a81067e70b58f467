package dev.parley.identity;

import dev.parley.config.LiveTurnSettings;
import dev.parley.config.Secrets;
import dev.parley.identity.IdentityRefused.Reason;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Makes time-limited TURN credentials: the username is `expiry:name`, the password
/// base64(HMAC-SHA1(secret, username)), so that every node computes the key and none stores it.
///
/// Never asks the database. HMAC-SHA1 since every TURN server and application that shares the
/// secret does it so; its weaknesses do not reach HMAC (RFC 6194, section 3.3).
@ApplicationScoped
public class TurnCredentials {
  private static final String HMAC = "HmacSHA1";
  private static final Duration SHORTEST = Duration.ofMinutes(1);

  private final LiveTurnSettings settings;
  private final TurnRealms realms;
  private final Secrets secrets;
  private final InstantSource clock;

  /// A credential just made.
  ///
  /// @param ttl how long it lasts from now
  public record Issued(String realm, String username, String password, Duration ttl) {
    /// Nothing secret.
    @Override
    public String toString() {
      return "Issued[" + ttl + "]";
    }
  }

  /// For the container's proxy.
  TurnCredentials() {
    this(null, null, null, null);
  }

  @Inject
  public TurnCredentials(
      LiveTurnSettings settings, TurnRealms realms, Secrets secrets, InstantSource clock) {
    this.settings = settings;
    this.realms = realms;
    this.secrets = secrets;
    this.clock = clock;
  }

  /// Makes a credential.
  ///
  /// @param realm one of [TurnRealms#all], or null: the first
  /// @param name whom quotas count it for and revocations name
  /// @param ttl how long it shall last, or null: as the settings say; never longer than they say,
  ///   so that who revokes a user knows when the last credential ends
  public Issued issue(String realm, String name, Duration ttl) throws IdentityRefused {
    String checked = realms.require(realm);
    Duration most = settings.now().ttl();
    Duration lasts = ttl == null ? most : ttl;
    if (lasts.compareTo(SHORTEST) < 0 || lasts.compareTo(most) > 0) {
      throw new IdentityRefused(
          Reason.TURN_INVALID, "a credential lasts 60 to " + most.toSeconds() + " seconds");
    }
    return made(checked, name, lasts);
  }

  /// A credential that ended a minute ago, to show that it is refused.
  public Issued expired(String name) throws IdentityRefused {
    return made(realms.require(null), name, SHORTEST.negated());
  }

  private Issued made(String realm, String name, Duration lasts) throws IdentityRefused {
    String username =
        TurnNames.opaque(clock.instant().plus(lasts).getEpochSecond() + ":" + name)
            .orElseThrow(
                () ->
                    new IdentityRefused(
                        Reason.TURN_INVALID, "a name fits into a USERNAME of 508 octets"));
    return new Issued(realm, username, password(realm, username), lasts);
  }

  private String password(String realm, String username) {
    String secret = settings.now().secrets(secrets, realm).getFirst();
    byte[] mac = hmac(secret.getBytes(StandardCharsets.UTF_8), username);
    return Base64.getEncoder().encodeToString(mac);
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + HMAC, e);
    }
  }
}
