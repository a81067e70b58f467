package dev.parley.house.seeded.door.json;

import livekit.LivekitModels.Room;

/// A message of one door in another.
public record Relayed(Room room) {}
