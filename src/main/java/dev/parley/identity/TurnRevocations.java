package dev.parley.identity;

import dev.parley.config.LiveTurnSettings;
import dev.parley.config.Transactions;
import dev.parley.identity.IdentityRefused.Reason;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// TURN credentials that were taken back: stored, so that a restart forgets none, and carried out
/// on the loops at once.
@ApplicationScoped
public class TurnRevocations {
  private static final System.Logger AUDIT = System.getLogger("dev.parley.audit");
  private static final Pattern LIMITED = Pattern.compile("([0-9]{1,12})(:.*)?");

  private final Transactions transactions;
  private final TurnRealms realms;
  private final LiveTurnSettings settings;
  private final LiveTurn live;
  private final InstantSource clock;

  /// For the container's proxy.
  TurnRevocations() {
    this(null, null, null, null, null);
  }

  @Inject
  public TurnRevocations(
      Transactions transactions,
      TurnRealms realms,
      LiveTurnSettings settings,
      LiveTurn live,
      InstantSource clock) {
    this.transactions = transactions;
    this.realms = realms;
    this.settings = settings;
    this.live = live;
    this.clock = clock;
  }

  /// Takes back what a user has, or one credential; exactly one of both is named.
  ///
  /// @param realm one of [TurnRealms#all], or null: the first
  /// @param user all time-limited credentials of this user made so far
  /// @param username one credential
  /// @param by who does it, for the log
  /// @return how many allocations ended
  public int revoke(String realm, String user, String username, String by) throws IdentityRefused {
    String checked = realms.require(realm);
    if ((user == null) == (username == null)) {
      throw new IdentityRefused(Reason.TURN_INVALID, "either a user or a username is to be named");
    }
    String named =
        TurnNames.opaque(user == null ? username : user)
            .orElseThrow(
                () ->
                    new IdentityRefused(
                        Reason.TURN_INVALID,
                        "a name has 1 to 508 octets and no control characters"));
    TurnRevocationView revocation =
        user == null
            ? new TurnRevocationView(checked, null, named, end(named))
            : new TurnRevocationView(checked, named, null, lastEnd());
    int ended = carryOut(revocation);
    AUDIT.log(
        System.Logger.Level.INFO,
        "{0} revoked TURN credentials of a {1}; {2} allocations ended",
        by,
        user == null ? "username" : "user",
        ended);
    return ended;
  }

  /// Takes back what an account has in any realm, because it is closed.
  void closed(String account) {
    for (String realm : realms.all()) {
      carryOut(new TurnRevocationView(realm, account, null, lastEnd()));
    }
  }

  /// What must still be refused.
  public List<TurnRevocationView> current() {
    Instant now = clock.instant();
    return transactions.call(
        entities ->
            entities
                .createQuery(
                    "select r from TurnRevocation r where r.until > :now order by r.until",
                    TurnRevocation.class)
                .setParameter("now", now)
                .getResultStream()
                .map(TurnRevocation::view)
                .toList());
  }

  private int carryOut(TurnRevocationView revocation) {
    Instant now = clock.instant();
    transactions.call(
        entities -> {
          entities
              .createQuery("delete from TurnRevocation r where r.until <= :now")
              .setParameter("now", now)
              .executeUpdate();
          entities.persist(new TurnRevocation(revocation));
          return null;
        });
    return live.revoke(revocation);
  }

  /// When the last credential made so far ends, to the second as credentials have it.
  private Instant lastEnd() {
    return clock.instant().plus(settings.now().ttl()).truncatedTo(ChronoUnit.SECONDS);
  }

  /// When one credential ends: a time-limited one says so itself.
  private Instant end(String username) {
    Matcher limited = LIMITED.matcher(username);
    return limited.matches() ? Instant.ofEpochSecond(Long.parseLong(limited.group(1))) : lastEnd();
  }
}
