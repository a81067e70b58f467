package dev.parley.media;

import java.util.Map;
import java.util.Set;

/// What the participant behind a peer may do.
///
/// @param publish whether it may send tracks
/// @param subscribe whether it may receive tracks
/// @param automatic whether it is subscribed to every track of the room without asking
/// @param offers whether its client answers offers of the server; where not, all there will ever be
///   is decided by the answer to the client's own, and sections that it only receives in are held
///   for tracks that come later
/// @param limits how much
/// @param encryption of what it sends; tracks of which it declares something else are refused
/// @param sources what may be sent, as [SourceView] has it; empty for everything
/// @param data whether the server's offers have a section for data channels; a client that offers
///   one itself is always answered
/// @param asks whether a client that is not offered anything makes an offer when it is told how
///   many sections are missing: nothing is held for it then
/// @param apart whether each track it receives is a MediaStream of its own that has the track's id
///   behind the participant's, with `|` between them: for clients that cannot tell whose track
///   comes in a section that is used again
/// @param only of these other participants only these of their tracks, by id; of the rest all
public record PeerPolicy(
    boolean publish,
    boolean subscribe,
    boolean automatic,
    boolean offers,
    PeerLimits limits,
    Encryption encryption,
    Set<String> sources,
    boolean data,
    boolean asks,
    boolean apart,
    Map<String, Set<String>> only) {
  public PeerPolicy {
    sources = Set.copyOf(sources);
    only = Map.copyOf(only);
  }

  /// One whose client offers data channels itself where it has use for them.
  public PeerPolicy(
      boolean publish,
      boolean subscribe,
      boolean automatic,
      boolean offers,
      PeerLimits limits,
      Encryption encryption,
      Set<String> sources) {
    this(
        publish,
        subscribe,
        automatic,
        offers,
        limits,
        encryption,
        sources,
        false,
        false,
        false,
        Map.of());
  }

  /// Whether sections are held for tracks that come later.
  public boolean holds() {
    return !offers && !asks;
  }

  /// One that may send whatever it has.
  public PeerPolicy(
      boolean publish,
      boolean subscribe,
      boolean automatic,
      boolean offers,
      PeerLimits limits,
      Encryption encryption) {
    this(publish, subscribe, automatic, offers, limits, encryption, Set.of());
  }

  /// One that may encrypt as it likes.
  public PeerPolicy(
      boolean publish, boolean subscribe, boolean automatic, boolean offers, PeerLimits limits) {
    this(publish, subscribe, automatic, offers, limits, Encryption.ALLOWED);
  }

  /// One whose client answers offers.
  public PeerPolicy(boolean publish, boolean subscribe, boolean automatic, PeerLimits limits) {
    this(publish, subscribe, automatic, true, limits);
  }

  /// The same, with a section for data channels in the server's offers.
  public PeerPolicy offeringData() {
    return new PeerPolicy(
        publish,
        subscribe,
        automatic,
        offers,
        limits,
        encryption,
        sources,
        true,
        asks,
        apart,
        only);
  }

  /// Whether it may receive a track of another participant.
  public boolean admits(String participant, String track) {
    var tracks = only.get(participant);
    return subscribe && (tracks == null || tracks.contains(track));
  }

  /// Whether a track of this source may be sent.
  public boolean permits(String source) {
    return sources.isEmpty() || source != null && sources.contains(source);
  }
}
