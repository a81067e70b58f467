package dev.parley.identity;

/// What an account may do.
public enum Role {
  /// Everything: accounts, keys, rooms.
  ADMIN,
  /// Makes, changes and moderates rooms, invites people.
  HOST,
  /// Joins rooms.
  MEMBER;

  /// Whether it makes and moderates rooms.
  public boolean hosts() {
    return this != MEMBER;
  }
}
