package dev.parley.lab;

import dev.parley.config.LiveTurnSettings;
import dev.parley.config.Transactions;
import dev.parley.config.TurnSettings;
import dev.parley.identity.LiveTurn;
import dev.parley.identity.TurnRealms;
import dev.parley.identity.TurnRevocationView;
import dev.parley.identity.TurnRevocations;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The loops as a list of what they were told to revoke.
public final class RecordedTurn implements LiveTurn {
  /// How many allocations each revocation is said to end.
  public static final int ENDED = 3;

  private final List<TurnRevocationView> revoked = new ArrayList<>();

  @Override
  public int revoke(TurnRevocationView revocation) {
    revoked.add(revocation);
    return ENDED;
  }

  /// What was revoked so far, in order.
  public List<TurnRevocationView> revoked() {
    return List.copyOf(revoked);
  }

  /// Revocations that are carried out here.
  public TurnRevocations revocations(
      Transactions transactions, LiveTurnSettings settings, InstantSource clock) {
    return new TurnRevocations(transactions, new TurnRealms(settings), settings, this, clock);
  }

  /// Settings as a map of texts gives them.
  public static LiveTurnSettings settings(Map<String, String> values) {
    return new LiveTurnSettings(() -> TurnSettings.read(new MapConfig(values)));
  }
}
