package dev.parley.identity;

import dev.parley.config.IdentitySettings;
import dev.parley.config.Transactions;
import dev.parley.identity.IdentityRefused.Reason;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The local accounts. Each call is a transaction of its own; passwords are hashed outside of it.
@ApplicationScoped
public class Accounts {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._@-]{0,63}");
  private static final int DISPLAY_NAME = 100;

  /// Longer ones cost time to normalize and no one types them.
  private static final int PASSWORD_LONGEST = 256;

  private final Transactions transactions;
  private final InstantSource clock;
  private final TurnRevocations revocations;

  /// For the container's proxy.
  Accounts() {
    this(null, null, null);
  }

  @Inject
  public Accounts(Transactions transactions, InstantSource clock, TurnRevocations revocations) {
    this.transactions = transactions;
    this.clock = clock;
    this.revocations = revocations;
  }

  /// Makes an account.
  ///
  /// @param displayName what others see, or null: the name
  public AccountView create(String name, String displayName, String password, Role role)
      throws IdentityRefused {
    if (name == null || !NAME.matcher(name).matches()) {
      throw new IdentityRefused(
          Reason.ACCOUNT_INVALID,
          "a name has 1 to 64 of a-z 0-9 . _ @ - and begins with a letter or digit");
    }
    if (Tokens.isGuest(name)) {
      throw new IdentityRefused(Reason.ACCOUNT_INVALID, "names of guests begin like this");
    }
    if (role == null) {
      throw new IdentityRefused(Reason.ACCOUNT_INVALID, "a role is ADMIN, HOST or MEMBER");
    }
    String shown = displayName == null ? name : displayName(displayName);
    String hash = hash(password);
    try {
      return transactions.call(
          entities -> {
            Account account =
                new Account(
                    name, shown, hash, role, clock.instant().truncatedTo(ChronoUnit.MICROS));
            entities.persist(account);
            return account.view();
          });
    } catch (PersistenceException e) {
      if (find(name).isPresent()) {
        throw new IdentityRefused(Reason.ACCOUNT_EXISTS, "there is an account of that name");
      }
      throw e;
    }
  }

  public Optional<AccountView> find(String name) {
    return transactions.call(entities -> account(entities, name).map(Account::view));
  }

  /// All accounts by name.
  public List<AccountView> list() {
    return transactions.call(
        entities ->
            entities
                .createQuery("select a from Account a order by a.name", Account.class)
                .getResultStream()
                .map(Account::view)
                .toList());
  }

  /// Whether there is no account yet.
  boolean isEmpty() {
    return transactions.call(
        entities ->
            entities
                .createQuery("select a.name from Account a", String.class)
                .setMaxResults(1)
                .getResultList()
                .isEmpty());
  }

  /// Gives an account a new password; whoever is logged in with the old one is out.
  public void changePassword(String name, String password) throws IdentityRefused {
    String hash = hash(password);
    transactions.retry(
        entities -> {
          require(entities, name).changePassword(hash);
          return null;
        });
  }

  /// Changes an account; null leaves something as it is. Who is disabled loses its relay, too.
  ///
  /// @throws IdentityRefused also where nobody would be left to administer
  public AccountView change(String name, String displayName, Role role, Boolean disabled)
      throws IdentityRefused {
    String shown = displayName == null ? null : displayName(displayName);
    AccountView changed =
        transactions.retry(
            entities -> {
              Administrators administrators = Administrators.lock(entities);
              Account account = require(entities, name);
              if (shown != null) {
                account.rename(shown);
              }
              if (role != null) {
                account.appoint(role);
              }
              if (disabled != null) {
                account.disable(disabled);
              }
              administrators.requireOne();
              return account.view();
            });
    if (Boolean.TRUE.equals(disabled)) {
      revocations.closed(name);
    }
    return changed;
  }

  /// Deletes an account, and ends what it relays.
  ///
  /// @throws IdentityRefused also where nobody would be left to administer
  public void delete(String name) throws IdentityRefused {
    transactions.retry(
        entities -> {
          Administrators administrators = Administrators.lock(entities);
          Account account = require(entities, name);
          account.disable(true);
          administrators.requireOne();
          entities.remove(account);
          return null;
        });
    revocations.closed(name);
  }

  /// The accounts that administered when a change began, locked until it ends: two changes at once
  /// cannot each rely on the other's administrator.
  private record Administrators(List<Account> before) {
    static Administrators lock(EntityManager entities) {
      return new Administrators(
          entities
              .createQuery(
                  "select a from Account a where a.role = :role and a.disabled = :disabled"
                      + " order by a.id",
                  Account.class)
              .setParameter("role", Role.ADMIN)
              .setParameter("disabled", false)
              .setLockMode(LockModeType.PESSIMISTIC_WRITE)
              .getResultList());
    }

    void requireOne() throws IdentityRefused {
      if (!before.isEmpty() && before.stream().noneMatch(Account::administers)) {
        throw new IdentityRefused(Reason.LAST_ADMIN, "this is the last administrator");
      }
    }
  }

  static Optional<Account> account(EntityManager entities, String name) {
    return entities
        .createQuery("select a from Account a where a.name = :name", Account.class)
        .setParameter("name", name)
        .getResultStream()
        .findFirst();
  }

  private static Account require(EntityManager entities, String name) throws IdentityRefused {
    return account(entities, name)
        .orElseThrow(
            () ->
                new IdentityRefused(Reason.ACCOUNT_NOT_FOUND, "there is no account of that name"));
  }

  private static String displayName(String text) throws IdentityRefused {
    return Texts.line(text, DISPLAY_NAME)
        .orElseThrow(
            () ->
                new IdentityRefused(
                    Reason.ACCOUNT_INVALID, "a display name is one line of 1 to 100 characters"));
  }

  private static String hash(String password) throws IdentityRefused {
    if (password == null
        || password.length() < IdentitySettings.PASSWORD_LENGTH
        || password.length() > PASSWORD_LONGEST) {
      throw new IdentityRefused(
          Reason.PASSWORD_UNSUITABLE,
          "a password has "
              + IdentitySettings.PASSWORD_LENGTH
              + " to "
              + PASSWORD_LONGEST
              + " characters");
    }
    return PasswordHash.of(password);
  }
}
