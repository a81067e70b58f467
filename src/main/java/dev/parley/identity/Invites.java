package dev.parley.identity;

import dev.parley.config.Transactions;
import dev.parley.identity.IdentityRefused.Reason;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/// Invites to rooms. Each call is a transaction of its own.
///
/// A code has 128 random bits: guessing needs no throttle, and a plain hash of it is enough.
@ApplicationScoped
public class Invites {
  private static final int CODE_OCTETS = 16;
  private static final int CODE_LONGEST = 64;
  private static final Duration LONGEST = Duration.ofDays(366);
  private static final int MOST_USES = 100_000;

  private final Transactions transactions;
  private final InstantSource clock;

  /// An invite just made; the only time its code is shown.
  public record Made(InviteView invite, String code) {
    @Override
    public String toString() {
      return "Made[" + invite.id() + "]";
    }
  }

  /// For the container's proxy.
  Invites() {
    this(null, null);
  }

  @Inject
  public Invites(Transactions transactions, InstantSource clock) {
    this.transactions = transactions;
    this.clock = clock;
  }

  /// Makes an invite to a room that exists.
  ///
  /// @param room the room's name
  /// @param createdBy who invites
  /// @param validFor how long it lasts, at most a year
  /// @param uses how often it can be used, null: without limit
  /// @param moderator whether who comes with it may moderate
  public Made create(
      String room, String createdBy, Duration validFor, Integer uses, boolean moderator)
      throws IdentityRefused {
    if (validFor.toSeconds() < 1 || validFor.compareTo(LONGEST) > 0) {
      throw new IdentityRefused(Reason.INVITE_INVALID, "an invite lasts a second to a year");
    }
    if (uses != null && (uses < 1 || uses > MOST_USES)) {
      throw new IdentityRefused(Reason.INVITE_INVALID, "uses are 1 to " + MOST_USES);
    }
    String code = Base64.getUrlEncoder().withoutPadding().encodeToString(Texts.octets(CODE_OCTETS));
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    try {
      InviteView made =
          transactions.call(
              entities -> {
                Invite invite =
                    new Invite(
                        hash(code), room, createdBy, now, now.plus(validFor), uses, moderator);
                entities.persist(invite);
                return invite.view();
              });
      return new Made(made, code);
    } catch (PersistenceException e) {
      // The room went away between the caller's look and ours: the foreign key says so.
      throw new IdentityRefused(Reason.INVITE_INVALID, "there is no such room");
    }
  }

  /// The invites of a room, the oldest first.
  public List<InviteView> list(String room) {
    return transactions.call(
        entities ->
            entities
                .createQuery(
                    "select i from Invite i where i.room = :room order by i.createdAt, i.id",
                    Invite.class)
                .setParameter("room", room)
                .getResultStream()
                .map(Invite::view)
                .toList());
  }

  /// Takes an invite back.
  ///
  /// @return whether the room has such an invite
  public boolean revoke(String room, UUID id) {
    return transactions.retry(
        entities -> {
          Invite invite = entities.find(Invite.class, id);
          if (invite == null || !invite.room().equals(room)) {
            return false;
          }
          invite.revoke();
          return true;
        });
  }

  /// Uses an invite once. Unknown, spent, expired, revoked and meant for another room look the
  /// same.
  public InviteView redeem(String room, String code) throws IdentityRefused {
    if (code == null || code.isEmpty() || code.length() > CODE_LONGEST) {
      throw invalid();
    }
    String hash = hash(code);
    Instant now = clock.instant();
    return transactions.retry(
        entities -> {
          // Locked: of two who come at once with the last use, one waits and then finds it gone.
          Invite invite =
              entities
                  .createQuery("select i from Invite i where i.codeHash = :hash", Invite.class)
                  .setParameter("hash", hash)
                  .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                  .getResultStream()
                  .findFirst()
                  .orElseThrow(Invites::invalid);
          if (!invite.use(room, now)) {
            throw invalid();
          }
          return invite.view();
        });
  }

  private static IdentityRefused invalid() {
    return new IdentityRefused(Reason.INVITE_INVALID, "this invite does not open the room");
  }

  private static String hash(String code) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha256.digest(code.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
