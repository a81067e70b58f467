package dev.parley.identity;

import dev.parley.config.Secrets;
import dev.parley.config.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The API keys: those of settings or the data directory, those in the database, and Parley's own.
///
/// A stored key's secret follows from its id, so the signature of a token is checked before the
/// database is asked whether the key holds: only who once held a real key can cause a query, and
/// one per key in [#FRESH].
@ApplicationScoped
public class ApiKeys implements KeyRing {
  /// The issuer of tokens Parley mints itself; no id in settings can be spelled like this.
  static final String OWN = "~parley";

  /// How long an answer of the database is believed: a key revoked on another node holds so long.
  static final Duration FRESH = Duration.ofSeconds(10);

  private static final Pattern STORED = Pattern.compile("PK[a-z2-9]{16}");
  private static final int REMEMBERED = 1024;

  private record Answer(boolean holds, Instant until) {}

  /// A key just made; the only time its secret is shown.
  public record Made(ApiKeyView key, String secret) {
    @Override
    public String toString() {
      return "Made[" + key.id() + "]";
    }
  }

  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final Secrets secrets;
  private final Transactions transactions;
  private final InstantSource clock;

  /// For the container's proxy.
  ApiKeys() {
    this(null, null, null);
  }

  @Inject
  public ApiKeys(Secrets secrets, Transactions transactions, InstantSource clock) {
    this.secrets = secrets;
    this.transactions = transactions;
    this.clock = clock;
  }

  @Override
  public byte[] secret(String id) {
    String given = secrets.keys().get(id);
    if (given != null) {
      return given.getBytes(StandardCharsets.UTF_8);
    }
    if (id.equals(OWN)) {
      return secrets.derive(OWN);
    }
    return STORED.matcher(id).matches()
        ? secrets.deriveText(id).getBytes(StandardCharsets.US_ASCII)
        : null;
  }

  @Override
  public boolean holds(String id) {
    if (secrets.keys().containsKey(id) || id.equals(OWN)) {
      return true;
    }
    Instant now = clock.instant();
    Answer known = answers.get(id);
    if (known != null && now.isBefore(known.until())) {
      return known.holds();
    }
    boolean holds =
        transactions.call(
            entities -> {
              ApiKey key = entities.find(ApiKey.class, id);
              return key != null && key.holds();
            });
    if (answers.size() >= REMEMBERED) {
      answers.clear();
    }
    answers.put(id, new Answer(holds, now.plus(FRESH)));
    return holds;
  }

  /// Makes a key.
  public Made create(String label) throws IdentityRefused {
    String text =
        Texts.line(label, 100)
            .orElseThrow(
                () ->
                    new IdentityRefused(
                        IdentityRefused.Reason.KEY_INVALID, "a label has 1 to 100 characters"));
    String id = "PK" + Texts.random(16);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    ApiKeyView made =
        transactions.call(
            entities -> {
              ApiKey key = new ApiKey(id, text, now);
              entities.persist(key);
              return key.view();
            });
    return new Made(made, secrets.deriveText(id));
  }

  /// All keys: those of the settings first, then the stored ones by age.
  public List<ApiKeyView> list() {
    List<ApiKeyView> stored =
        transactions.call(
            entities ->
                entities
                    .createQuery("select k from ApiKey k order by k.createdAt, k.id", ApiKey.class)
                    .getResultStream()
                    .map(ApiKey::view)
                    .toList());
    Stream<ApiKeyView> given =
        secrets.keys().keySet().stream()
            .map(id -> new ApiKeyView(id, "from the settings", null, null))
            .sorted(Comparator.comparing(ApiKeyView::id));
    return Stream.concat(given, stored.stream()).toList();
  }

  /// Makes a stored key worthless, for ever: an id is never used again.
  public void revoke(String id) throws IdentityRefused {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    boolean found =
        transactions.retry(
            entities -> {
              ApiKey key = entities.find(ApiKey.class, id);
              if (key != null) {
                key.revoke(now);
              }
              return key != null;
            });
    answers.remove(id);
    if (!found) {
      throw new IdentityRefused(
          IdentityRefused.Reason.KEY_NOT_FOUND, "there is no such key in the database");
    }
  }
}
