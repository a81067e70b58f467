package dev.parley.door.json;

/// A message that cannot be read: a value that travels as an exception, without a stack. Its
/// message is in our own words, never the input's.
final class BadMessage extends Exception {
  private static final long serialVersionUID = 1L;

  BadMessage(String message) {
    super(message, null, false, false);
  }
}
