package dev.parley.engine.turn;

import dev.parley.engine.Effects;
import dev.parley.engine.Engine;
import dev.parley.engine.Tally;
import dev.parley.engine.turn.auth.Amplification;
import dev.parley.media.Counter;
import dev.parley.protocol.stun.StunAttribute;
import dev.parley.protocol.stun.StunClass;
import dev.parley.protocol.stun.StunError;
import dev.parley.protocol.stun.StunMessage;
import dev.parley.protocol.stun.StunMethod;
import dev.parley.protocol.stun.StunRefused;
import dev.parley.protocol.stun.StunWriter;
import dev.parley.wire.FiveTuple;
import dev.parley.wire.Transport;
import dev.parley.wire.TransportAddress;

/// Tells clients their reflexive transport address: the STUN Binding server (RFC 8489, section 12),
/// over datagrams and streams.
///
/// Confined to the loop that owns it; keeps no state between messages, so it never has a deadline
/// and never orders a control effect.
public final class StunServer implements Engine {
  /// The longest answer: a padded success; an error that lists every attribute a message can have
  /// is shorter.
  private static final int MAX_ANSWER = BehaviorRequest.MAX_PADDING + 256;

  private static final byte[] PADDING = new byte[BehaviorRequest.MAX_PADDING];

  private final Effects<?> effects;
  private final Tally tally;
  private final Alternates alternates;
  private final StunWriter writer = new StunWriter();
  private final byte[] answer = new byte[MAX_ANSWER];
  private final int[] unknown = new int[StunMessage.MAX_ATTRIBUTES];

  public StunServer(Effects<?> effects, Tally tally) {
    this(effects, tally, Alternates.NONE);
  }

  /// @param alternates where NAT behaviour discovery (RFC 5780) is offered
  public StunServer(Effects<?> effects, Tally tally, Alternates alternates) {
    this.effects = effects;
    this.tally = tally;
    this.alternates = alternates;
  }

  @Override
  public void receive(byte[] octets, int at, int length, FiveTuple path, long now) {
    try {
      receive(StunMessage.parse(octets, at, length), path);
    } catch (StunRefused refused) {
      tally.count(Counter.INPUT_MALFORMED);
    }
  }

  @Override
  public void tick(long now) {}

  @Override
  public long deadline() {
    return NEVER;
  }

  /// Takes a message that is already parsed, for the engine that wraps this one.
  void receive(StunMessage message, FiveTuple path) {
    boolean fingerprint = message.has(StunAttribute.FINGERPRINT);
    StunMethod method = message.method();
    if (method == null || fingerprint && !message.fingerprinted()) {
      tally.count(Counter.INPUT_MALFORMED);
      return;
    }
    // An indication wants no answer, and a response answers nothing: this server never asks.
    if (message.messageClass() != StunClass.REQUEST) {
      return;
    }
    if (method != StunMethod.BINDING) {
      refuse(message, path, StunError.BAD_REQUEST, 0);
      return;
    }
    tally.count(Counter.STUN_BINDING_REQUESTS);
    // Answering from another socket, or to another port, makes sense for datagrams alone.
    Alternates.Family family =
        path.transport() == Transport.UDP ? alternates.around(path.local()) : null;
    int strange = listUnknown(message, family != null);
    if (strange > 0) {
      refuse(message, path, StunError.UNKNOWN_ATTRIBUTE, strange);
      return;
    }
    writer
        .answer(answer, 0, StunClass.SUCCESS_RESPONSE, message)
        .xorAddress(StunAttribute.XOR_MAPPED_ADDRESS, path.remote());
    if (family == null) {
      transmit(message, path);
      tally.count(Counter.STUN_BINDING_SUCCESSES);
    } else {
      discover(message, path, family);
    }
  }

  /// Answers as RFC 5780, section 6.1, says; XOR-MAPPED-ADDRESS is written already.
  private void discover(StunMessage message, FiveTuple path, Alternates.Family family) {
    BehaviorRequest wish;
    try {
      wish = BehaviorRequest.read(message);
    } catch (StunRefused broken) {
      wish = null;
    }
    if (wish == null) {
      refuse(message, path, StunError.BAD_REQUEST, 0);
      return;
    }
    TransportAddress origin = family.other(path.local(), wish.changeAddress(), wish.changePort());
    TransportAddress other = family.other(path.local(), true, true);
    int room = room(message, path.remote(), wish);
    room = add(StunAttribute.OTHER_ADDRESS, family.seen(other), room);
    room = add(StunAttribute.RESPONSE_ORIGIN, family.seen(origin), room);
    add(StunAttribute.MAPPED_ADDRESS, path.remote(), room);
    if (wish.padding() != BehaviorRequest.UNPADDED) {
      writer.octets(StunAttribute.PADDING, PADDING, 0, wish.padding());
    }
    boolean elsewhere = wish.responsePort() != 0 || !origin.equals(path.local());
    transmit(message, elsewhere ? redirected(path, origin, wish.responsePort()) : path);
    tally.count(Counter.STUN_BINDING_SUCCESSES);
  }

  /// Octets that may be added to the answer; what must be in it is taken off already.
  private int room(StunMessage request, TransportAddress client, BehaviorRequest wish) {
    int most = Amplification.most(request.length(), client);
    int padding = wish.padding() == BehaviorRequest.UNPADDED ? 0 : 4 + wish.padding();
    int fingerprint = request.has(StunAttribute.FINGERPRINT) ? 8 : 0;
    return most - writer.length() - padding - fingerprint;
  }

  /// Adds an address where there is room; what room is left.
  private int add(StunAttribute attribute, TransportAddress address, int room) {
    int length = address.ipv4() ? 12 : 24;
    if (room < length) {
      return 0;
    }
    writer.address(attribute, address);
    return room - length;
  }

  private static FiveTuple redirected(FiveTuple path, TransportAddress origin, int port) {
    TransportAddress to = port == 0 ? path.remote() : path.remote().withPort(port);
    return new FiveTuple(Transport.UDP, origin, to);
  }

  /// Collects the types that must be comprehended and are not (RFC 8489, section 6.3.1); how many.
  private int listUnknown(StunMessage message, boolean discovery) {
    int count = 0;
    for (int value = message.first(); value != StunMessage.NONE; value = message.next(value)) {
      int type = message.type(value);
      StunAttribute attribute = StunAttribute.of(type);
      boolean known =
          attribute != null
              && (attribute.rfc() == 8489 || discovery && BehaviorRequest.knows(attribute));
      if (!known && StunAttribute.comprehensionRequired(type)) {
        unknown[count++] = type;
      }
    }
    return count;
  }

  private void refuse(StunMessage request, FiveTuple path, StunError error, int strange) {
    writer.answer(answer, 0, StunClass.ERROR_RESPONSE, request);
    if (path.transport().stream() || phraseFits(request, error, strange)) {
      writer.error(error);
    } else {
      writer.bareError(error);
    }
    if (strange > 0) {
      writer.unknownAttributes(unknown, strange);
    }
    transmit(request, path);
    tally.count(Counter.STUN_ERRORS);
  }

  /// Whether an error with its reason phrase stays within 1.6 times the request, even without the
  /// headers of IP and UDP.
  private static boolean phraseFits(StunMessage request, StunError error, int strange) {
    int length = StunMessage.HEADER + 8 + padded(error.phrase().length());
    length += strange == 0 ? 0 : 4 + padded(2 * strange);
    length += request.has(StunAttribute.FINGERPRINT) ? 8 : 0;
    return 5 * length <= 8 * request.length();
  }

  private static int padded(int length) {
    return length + 3 & ~3;
  }

  private void transmit(StunMessage request, FiveTuple path) {
    if (request.has(StunAttribute.FINGERPRINT)) {
      writer.fingerprint();
    }
    effects.transmit(answer, 0, writer.length(), path);
  }
}
