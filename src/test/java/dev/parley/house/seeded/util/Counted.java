package dev.parley.house.seeded.util;

/// A static field that changes, in a package for everything.
public class Counted {
  static int count;
}
