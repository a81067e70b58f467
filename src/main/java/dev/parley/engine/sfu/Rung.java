package dev.parley.engine.sfu;

/// One way to send a track: an encoding of it up to a spatial and a temporal layer.
///
/// @param spatial [Gate#ALL] for all there are
/// @param temporal likewise
/// @param bitrate bits a second on the wire, as measured; 0 before anything was
/// @param width pixels; estimated where the stream does not tell
/// @param height likewise
/// @param framesPerSecond as measured; 0 before anything was
record Rung(
    Layer layer,
    int spatial,
    int temporal,
    long bitrate,
    int width,
    int height,
    double framesPerSecond) {
  /// Whether it is the same way, whatever it costs by now.
  boolean same(Rung other) {
    return other != null
        && layer == other.layer
        && spatial == other.spatial
        && temporal == other.temporal;
  }
}
