package dev.parley.engine.sfu;

import dev.parley.media.SfuCommand;

/// Who brings the tracks of a room to its branches on other loops or nodes and theirs here; what
/// happens on this branch is told to it. Confined to the loop.
///
/// It answers through [Router#carry], [Router#drop], [Router#branch] and [PublishedTrack#legs].
public interface Branches {
  /// No room has any other branch.
  Branches NONE = new Branches() {};

  /// Where a room has branches from now on.
  default void spread(SfuCommand.Spread order, long now) {}

  /// A room has its first member here, who has seen no track yet.
  default void opened(Router room, long now) {}

  /// A room has nobody here any more; its own tracks have ended.
  default void closed(Router room, long now) {}

  /// A member here publishes something new.
  default void up(Router room, PublishedTrack track) {}

  /// Such a track is muted or goes on, or in another codec or with other encodings.
  default void changed(Router room, PublishedTrack track) {}

  /// Such a track has ended.
  default void down(Router room, PublishedTrack track, long now) {}

  /// Hot: packets were handed to legs, and what this loop does next takes time.
  default void flush() {}
}
