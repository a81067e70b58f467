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
public record TrackView(
    String id,
    String participant,
    TrackKind kind,
    String source,
    String codec,
    boolean muted,
    List<String> layers) {
  public TrackView {
    layers = List.copyOf(layers);
  }
}
