package dev.parley.protocol.sdp;

/// The server's answer to a client's offer.
///
/// @param number the number of the offer
public record Answer(long number, SessionDescription description, Agreement agreement) {
  public String text() {
    return description.write();
  }
}
