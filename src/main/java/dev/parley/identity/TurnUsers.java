package dev.parley.identity;

import dev.parley.config.IdentitySettings;
import dev.parley.config.Secrets;
import dev.parley.config.Transactions;
import dev.parley.identity.IdentityRefused.Reason;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The TURN users. Each call is a transaction of its own; whoever may allocate no more loses what
/// it has allocated.
@ApplicationScoped
public class TurnUsers {
  /// 24 letters of 4.95 bits: a password nobody types may be tried out offline by whoever hears one
  /// request.
  private static final int GENERATED = 24;

  private static final int PASSWORD_LONGEST = 256;

  /// How long a loop may take to come to a revocation; it refuses the user so long.
  private static final Duration CARRIED_OUT = Duration.ofSeconds(5);

  private final Transactions transactions;
  private final TurnRealms realms;
  private final LiveTurn live;
  private final InstantSource clock;
  private final KeySeal seal;

  /// A user whose password was just set; the only time it is shown.
  public record Made(TurnUserView user, String password) {
    @Override
    public String toString() {
      return "Made[" + user.id() + "]";
    }
  }

  /// For the container's proxy.
  TurnUsers() {
    this.transactions = null;
    this.realms = null;
    this.live = null;
    this.clock = null;
    this.seal = null;
  }

  @Inject
  public TurnUsers(
      Transactions transactions,
      TurnRealms realms,
      LiveTurn live,
      Secrets secrets,
      InstantSource clock) {
    this.transactions = transactions;
    this.realms = realms;
    this.live = live;
    this.clock = clock;
    this.seal = new KeySeal(secrets);
  }

  /// Makes a user.
  ///
  /// @param realm one of [TurnRealms#all], or null: the first
  /// @param password null: one is made up
  public Made create(String realm, String name, String password) throws IdentityRefused {
    String checked = realms.require(realm);
    String opaque = name(name);
    String chosen = password(password);
    UUID id = UUID.randomUUID();
    String keys = seal.seal(id, keys(checked, opaque, chosen));
    String userhash = HexFormat.of().formatHex(TurnNames.userhash(opaque, checked));
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    try {
      TurnUserView made =
          transactions.call(
              entities -> {
                TurnUser user = new TurnUser(id, checked, opaque, userhash, keys, now);
                entities.persist(user);
                return user.view();
              });
      return new Made(made, chosen);
    } catch (PersistenceException e) {
      if (transactions.call(entities -> byHash(entities, userhash)).isPresent()) {
        throw new IdentityRefused(Reason.TURN_USER_EXISTS, "the realm has a user of that name");
      }
      throw e;
    }
  }

  /// All users by realm and name.
  public List<TurnUserView> list() {
    return transactions.call(
        entities ->
            entities
                .createQuery("select u from TurnUser u order by u.realm, u.name", TurnUser.class)
                .getResultStream()
                .map(TurnUser::view)
                .toList());
  }

  /// Lets a user in or shuts it out; shut out, it loses its allocations.
  public TurnUserView enable(UUID id, boolean enabled) throws IdentityRefused {
    TurnUserView changed =
        transactions.retry(
            entities -> {
              TurnUser user = require(entities, id);
              user.enable(enabled);
              return user.view();
            });
    if (!enabled) {
      end(changed);
    }
    return changed;
  }

  /// Gives a user a new password; what it has allocated with the old one ends.
  ///
  /// @param password null: one is made up
  public Made changePassword(UUID id, String password) throws IdentityRefused {
    String chosen = password(password);
    TurnUserView changed =
        transactions.retry(
            entities -> {
              TurnUser user = require(entities, id);
              user.changeKeys(seal.seal(id, keys(user.realm(), user.name(), chosen)));
              return user.view();
            });
    end(changed);
    return new Made(changed, chosen);
  }

  /// Deletes a user; its allocations end.
  public void delete(UUID id) throws IdentityRefused {
    end(
        transactions.retry(
            entities -> {
              TurnUser user = require(entities, id);
              entities.remove(user);
              return user.view();
            }));
  }

  /// The keys of a user who may allocate, found by its name or by the hash of it.
  ///
  /// @param username as claimed, or null
  /// @param userhash SHA-256(username ":" realm), where the name is null
  public Optional<TurnKeys> keys(String realm, String username, byte[] userhash) {
    byte[] hash = username == null ? userhash : TurnNames.userhash(username, realm);
    return transactions
        .call(entities -> byHash(entities, HexFormat.of().formatHex(hash)))
        .filter(user -> user.enabled() && user.realm().equals(realm))
        .map(user -> seal.open(user.id(), user.name(), user.keys()));
  }

  /// Ends what lives of a user. It is not stored: the database lets it in no more, and its
  /// time-limited credentials, if there are any, are another matter.
  private void end(TurnUserView user) {
    Instant until = clock.instant().plus(CARRIED_OUT);
    live.revoke(new TurnRevocationView(user.realm(), user.name(), null, until));
  }

  private static Optional<TurnUser> byHash(EntityManager entities, String userhash) {
    return entities
        .createQuery("select u from TurnUser u where u.userhash = :hash", TurnUser.class)
        .setParameter("hash", userhash)
        .getResultStream()
        .findFirst();
  }

  private static TurnUser require(EntityManager entities, UUID id) throws IdentityRefused {
    TurnUser user = entities.find(TurnUser.class, id);
    if (user == null) {
      throw new IdentityRefused(Reason.TURN_USER_NOT_FOUND, "there is no such TURN user");
    }
    return user;
  }

  private static TurnKeys keys(String realm, String name, String password) {
    return new TurnKeys(
        name, TurnNames.md5(name, realm, password), TurnNames.sha256(name, realm, password));
  }

  private static String name(String name) throws IdentityRefused {
    return TurnNames.opaque(name)
        // Else nobody could tell it from a time-limited credential.
        .filter(opaque -> !opaque.matches("[0-9]+(:.*)?"))
        .orElseThrow(
            () ->
                new IdentityRefused(
                    Reason.TURN_INVALID,
                    "a name has 1 to 508 octets, no control characters, and does not begin like"
                        + " `expiry:`"));
  }

  private static String password(String password) throws IdentityRefused {
    String chosen = password == null ? Texts.random(GENERATED) : password;
    return TurnNames.opaque(chosen)
        .filter(
            opaque ->
                opaque.length() >= IdentitySettings.PASSWORD_LENGTH
                    && opaque.length() <= PASSWORD_LONGEST)
        .orElseThrow(
            () ->
                new IdentityRefused(
                    Reason.PASSWORD_UNSUITABLE,
                    "a password has "
                        + IdentitySettings.PASSWORD_LENGTH
                        + " to "
                        + PASSWORD_LONGEST
                        + " characters"));
  }
}
