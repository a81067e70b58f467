package dev.parley.engine.turn;

import dev.parley.engine.Timers;
import dev.parley.engine.turn.auth.Credential;
import dev.parley.protocol.stun.StunMessage;
import dev.parley.wire.FiveTuple;
import dev.parley.wire.Octets;
import dev.parley.wire.TransportAddress;
import java.util.ArrayList;
import java.util.List;

/// What one client has at this server (RFC 8656, section 3): one relayed transport address, or one
/// of each family, with permissions and channels. Confined to its loop.
final class Allocation {
  private final long id;
  private final long madeAt;
  private final Meter meter;
  private final Quotas.Reservation quota;
  private final Permissions permissions = new Permissions();
  private final ChannelBindings channels = new ChannelBindings();
  private final Transaction making;
  private Timers.Alarm alarm;
  private FiveTuple path;
  private Credential credential;
  private Relay ipv4;
  private Relay ipv6;
  private Opening opening;
  private Grant grant;
  private boolean connected = true;
  private boolean passedOn;
  private boolean ended;
  private int ticket;
  private Transaction moving;

  /// The 96 bits that name a transaction.
  record Transaction(long high, int low) {
    static Transaction of(StunMessage message) {
      int at = message.at() + 8;
      return new Transaction(
          Octets.u64(message.octets(), at), Octets.u32(message.octets(), at + 8));
    }
  }

  /// What the success response to Allocate says besides addresses, so that it can be said again.
  ///
  /// @param lifetime seconds
  /// @param token of the reserved next port, or 0
  /// @param missing the family that could not be allocated, or 0 (ADDRESS-ERROR-CODE)
  record Grant(long lifetime, long token, int missing, int missingError) {}

  Allocation(long id, Request request, Meter meter, Quotas.Reservation quota) {
    this.id = id;
    this.madeAt = request.now();
    this.path = request.path();
    this.credential = request.credential();
    this.making = Transaction.of(request.message());
    this.meter = meter;
    this.quota = quota;
  }

  long id() {
    return id;
  }

  long madeAt() {
    return madeAt;
  }

  FiveTuple path() {
    return path;
  }

  /// Moves to another 5-tuple (RFC 8016); the old tickets are worth nothing.
  void move(FiveTuple to, Transaction by) {
    path = to;
    connected = true;
    moving = by;
    ticket = ticket % 0xffff + 1;
  }

  Credential credential() {
    return credential;
  }

  /// Whether the holder of this credential made it (RFC 8656, section 5).
  boolean belongsTo(Credential other) {
    return credential.realm().equals(other.realm()) && credential.user().equals(other.user());
  }

  /// The same user has shown a newer credential.
  void follow(Credential newer) {
    credential = newer;
  }

  Meter meter() {
    return meter;
  }

  Quotas.Reservation quota() {
    return quota;
  }

  Permissions permissions() {
    return permissions;
  }

  ChannelBindings channels() {
    return channels;
  }

  Timers.Alarm alarm() {
    return alarm;
  }

  void alarm(Timers.Alarm alarm) {
    this.alarm = alarm;
  }

  /// Whether this request made it: then it is a retransmission.
  boolean madeBy(StunMessage message) {
    return making.equals(Transaction.of(message));
  }

  /// Whether this request moved it here: then it is a retransmission.
  boolean movedBy(StunMessage message) {
    return Transaction.of(message).equals(moving);
  }

  /// While its relays are being opened; null when it is ready.
  Opening opening() {
    return opening;
  }

  void opening(Opening opening) {
    this.opening = opening;
  }

  boolean ready() {
    return opening == null && !ended;
  }

  /// The relay of a family, or null.
  Relay relay(boolean ofIpv4) {
    return ofIpv4 ? ipv4 : ipv6;
  }

  /// The relay from which this peer is reached, or null: 443.
  Relay relayFor(TransportAddress peer) {
    return relay(peer.ipv4());
  }

  void relay(boolean ofIpv4, Relay relay) {
    if (ofIpv4) {
      ipv4 = relay;
    } else {
      ipv6 = relay;
    }
  }

  /// Its relays, IPv4 first.
  List<Relay> relays() {
    List<Relay> relays = new ArrayList<>(2);
    if (ipv4 != null) {
      relays.add(ipv4);
    }
    if (ipv6 != null) {
      relays.add(ipv6);
    }
    return relays;
  }

  Grant grant() {
    return grant;
  }

  void grant(Grant granted) {
    grant = granted;
  }

  /// Whether its client can be reached: false from the end of its stream until it moves to another.
  boolean connected() {
    return connected;
  }

  void disconnect() {
    connected = false;
  }

  /// Whether other loops pass messages of its path to this one.
  boolean passedOn() {
    return passedOn;
  }

  void passOn() {
    passedOn = true;
  }

  boolean ended() {
    return ended;
  }

  void end() {
    ended = true;
  }

  /// Number of the mobility ticket that is valid, 0 where the client asked for none.
  int ticket() {
    return ticket;
  }

  void ticket(int number) {
    ticket = number;
  }
}
