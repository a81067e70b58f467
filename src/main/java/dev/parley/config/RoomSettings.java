package dev.parley.config;

import org.eclipse.microprofile.config.Config;

/// How rooms come into being.
///
/// @param autoCreate whether a token with `roomJoin` opens a room that does not exist
public record RoomSettings(boolean autoCreate) {
  public static RoomSettings read(Config config) {
    return new RoomSettings(Key.ROOMS_AUTO_CREATE.flag(config));
  }
}
