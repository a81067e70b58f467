package dev.parley.media;

import java.util.List;

/// A published track as others may know it.
///
/// @param id made by the server; the `msid` track id of those who receive it
/// @param participant who publishes it; the `msid` stream id
/// @param kind audio or video
/// @param source what the publisher says it is
/// @param codec the encoding name, as `VP8`
/// @param muted whether nothing of it is sent now
/// @param layers the `rid`s of a simulcast track, the publisher's order; empty for one encoding
/// @param encrypted whether it is encrypted from end to end, as its publisher declares
/// @param note what else its publisher said of it, or null
public record TrackView(
    String id,
    String participant,
    TrackKind kind,
    String source,
    String codec,
    boolean muted,
    List<String> layers,
    boolean encrypted,
    TrackNote note) {
  public TrackView {
    layers = List.copyOf(layers);
  }

  /// One of which nothing else was said.
  public TrackView(
      String id,
      String participant,
      TrackKind kind,
      String source,
      String codec,
      boolean muted,
      List<String> layers,
      boolean encrypted) {
    this(id, participant, kind, source, codec, muted, layers, encrypted, null);
  }

  /// One that the server could understand.
  public TrackView(
      String id,
      String participant,
      TrackKind kind,
      String source,
      String codec,
      boolean muted,
      List<String> layers) {
    this(id, participant, kind, source, codec, muted, layers, false);
  }

  /// The same with what its publisher said of it.
  public TrackView with(TrackNote said) {
    return new TrackView(id, participant, kind, source, codec, muted, layers, encrypted, said);
  }

  /// The same, muted or not.
  public TrackView muted(boolean now) {
    return new TrackView(id, participant, kind, source, codec, now, layers, encrypted, note);
  }
}
