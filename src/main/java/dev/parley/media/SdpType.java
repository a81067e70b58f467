package dev.parley.media;

/// What a session description is in its exchange (RFC 3264).
public enum SdpType {
  OFFER,
  ANSWER
}
