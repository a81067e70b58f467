package dev.parley.lab;

import dev.parley.media.TurnPolicy;
import dev.parley.media.TurnQuota;
import dev.parley.media.TurnRealm;
import java.util.List;

/// Policies of TURN servers that accept allocations and limit nobody.
public final class TurnPolicies {
  private TurnPolicies() {}

  /// A realm of time-limited credentials.
  public static TurnRealm realm(String name, List<String> places, String... secrets) {
    return new TurnRealm(
        name, places, List.of(secrets), List.of(), null, TurnQuota.NONE, TurnQuota.NONE);
  }

  /// Nothing is said of peers.
  public static TurnPolicy of(TurnRealm... realms) {
    return of(List.of(realms), List.of(), List.of(), List.of(), List.of());
  }

  /// For those who ask about peers alone.
  public static TurnPolicy ofPeers(
      List<String> allow, List<String> deny, List<String> guarded, List<String> media) {
    return of(List.of(realm("r", List.of(), "s")), allow, deny, guarded, media);
  }

  public static TurnPolicy of(
      List<TurnRealm> realms,
      List<String> allow,
      List<String> deny,
      List<String> guarded,
      List<String> media) {
    return new TurnPolicy(
        realms, allow, deny, guarded, media, TurnQuota.NONE, 0, true, List.of(), null);
  }
}
