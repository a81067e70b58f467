package dev.parley.identity;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.parley.config.Secrets;
import dev.parley.config.Transactions;
import dev.parley.identity.IdentityRefused.Reason;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.Optional;

/// Logging in: a name and a password for a login that lasts a working day.
///
/// A login is a JWT under a key of its own, so no access token is one and no login an access token.
/// It names the count of its account's passwords: a new password ends it, as does disabling.
@ApplicationScoped
public class Logins {
  public static final Duration LIFETIME = Duration.ofHours(12);

  private static final String PURPOSE = "~login";
  private static final String CREDENTIAL = "credential";

  /// Failures a person makes on one machine; a stranger elsewhere does not lock that person out.
  private final Throttle pairs = new Throttle(10, Duration.ofSeconds(30));

  /// Failures from one source, wide enough for an office behind one address or a proxy.
  private final Throttle sources = new Throttle(60, Duration.ofSeconds(5));

  /// Failures for one name from anywhere: guessing from many addresses stays at one in two seconds.
  private final Throttle names = new Throttle(200, Duration.ofSeconds(2));

  private final Secrets secrets;
  private final Transactions transactions;
  private final InstantSource clock;

  /// Somebody who is logged in.
  ///
  /// @param account who it is
  /// @param expires when the login ends by itself
  public record Login(AccountView account, Instant expires) {}

  /// A login just made.
  ///
  /// @param login who and until when
  /// @param token what proves it, for the cookie
  public record Made(Login login, String token) {
    @Override
    public String toString() {
      return "Made[" + login.account().name() + "]";
    }
  }

  private record Stored(AccountView account, String hash, int credential) {}

  /// For the container's proxy.
  Logins() {
    this(null, null, null);
  }

  @Inject
  public Logins(Secrets secrets, Transactions transactions, InstantSource clock) {
    this.secrets = secrets;
    this.transactions = transactions;
    this.clock = clock;
  }

  /// Logs in. A name that does not exist, one that is disabled and a wrong password look the same
  /// and take the same work.
  ///
  /// @param source where it comes from, for the throttle; an address without port
  public Made login(String name, String password, String source) throws IdentityRefused {
    if (name == null || password == null || name.length() > 64 || password.length() > 256) {
      throw refused();
    }
    Instant now = clock.instant();
    String pair = name + " " + source;
    if (!pairs.take(pair, now) || !sources.take(source, now) || !names.take(name, now)) {
      throw new IdentityRefused(Reason.LOGIN_THROTTLED, "too many failed logins, try again later");
    }
    Stored stored = authenticate(name, password);
    pairs.succeeded(pair, now);
    sources.succeeded(source, now);
    names.succeeded(name, now);
    Login login = new Login(stored.account(), now.plus(LIFETIME).truncatedTo(ChronoUnit.SECONDS));
    return new Made(login, sign(login, stored.credential()));
  }

  private Stored authenticate(String name, String password) throws IdentityRefused {
    Optional<Stored> found = stored(name).filter(s -> !s.account().disabled());
    if (found.isEmpty()) {
      PasswordHash.pretend(password);
      throw refused();
    }
    Stored stored = found.get();
    if (!PasswordHash.matches(password, stored.hash())) {
      throw refused();
    }
    if (PasswordHash.isWeak(stored.hash())) {
      String stronger = PasswordHash.of(password);
      transactions.retry(
          entities -> {
            Accounts.account(entities, name).ifPresent(a -> a.rehash(stored.hash(), stronger));
            return null;
          });
    }
    return stored;
  }

  /// Whose login this is, where it still holds.
  public Optional<Login> find(String token) {
    try {
      JWTClaimsSet claims =
          Jwt.verify(
              token,
              issuer -> issuer.equals(PURPOSE) ? secrets.derive(PURPOSE) : null,
              clock.instant());
      return stored(claims.getSubject())
          .filter(s -> !s.account().disabled())
          .filter(s -> Long.valueOf(s.credential()).equals(claims.getClaim(CREDENTIAL)))
          .map(s -> new Login(s.account(), claims.getExpirationTime().toInstant()));
    } catch (TokenRefused e) {
      return Optional.empty();
    }
  }

  private Optional<Stored> stored(String name) {
    return transactions.call(
        entities ->
            Accounts.account(entities, name)
                .map(a -> new Stored(a.view(), a.passwordHash(), a.credential())));
  }

  private String sign(Login login, int credential) {
    return Jwt.sign(
        new JWTClaimsSet.Builder()
            .issuer(PURPOSE)
            .subject(login.account().name())
            .claim(CREDENTIAL, credential)
            .expirationTime(Date.from(login.expires()))
            .build(),
        secrets.derive(PURPOSE));
  }

  private static IdentityRefused refused() {
    return new IdentityRefused(Reason.LOGIN_REFUSED, "the name or the password is wrong");
  }
}
