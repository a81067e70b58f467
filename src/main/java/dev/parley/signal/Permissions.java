package dev.parley.signal;

import dev.parley.identity.Grant;
import java.util.Set;

/// What a participant may do now: at first what its token says, later what the server was told.
///
/// @param sources what may be published, of `camera`, `microphone`, `screen`, `screen-audio`; empty
///   for everything
/// @param hidden is not shown to others
/// @param ownMetadata may change its own name, metadata and attributes
/// @param recorder is a recorder and nobody who takes part
/// @param agent is a program that serves the others
public record Permissions(
    boolean publish,
    boolean subscribe,
    boolean publishData,
    Set<String> sources,
    boolean hidden,
    boolean ownMetadata,
    boolean recorder,
    boolean agent) {
  /// What a token allows that says nothing special.
  public static final Permissions ORDINARY =
      new Permissions(true, true, true, Set.of(), false, false, false, false);

  public Permissions {
    sources = Set.copyOf(sources);
  }

  /// What a grant allows.
  static Permissions of(Grant grant) {
    var details = grant.details();
    return new Permissions(
        grant.canPublish(),
        grant.canSubscribe(),
        grant.canPublishData(),
        Sources.of(details.canPublishSources()),
        grant.hidden(),
        details.canUpdateOwnMetadata(),
        details.recorder(),
        details.agent() || "agent".equals(details.kind()));
  }

  /// Whether it may publish something that it calls so.
  ///
  /// @param source null where it says nothing
  public boolean publishes(String source) {
    return publish && (sources.isEmpty() || source != null && sources.contains(source));
  }
}
