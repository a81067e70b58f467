package dev.parley.engine.turn;

import dev.parley.engine.Effects;
import dev.parley.engine.Tally;
import dev.parley.engine.turn.Request.Check;
import dev.parley.engine.turn.auth.Amplification;
import dev.parley.engine.turn.auth.Authenticator;
import dev.parley.engine.turn.auth.Credential;
import dev.parley.media.Counter;
import dev.parley.protocol.stun.StunAttribute;
import dev.parley.protocol.stun.StunClass;
import dev.parley.protocol.stun.StunError;
import dev.parley.protocol.stun.StunMessage;
import dev.parley.protocol.stun.StunWriter;
import dev.parley.wire.FiveTuple;
import dev.parley.wire.Transport;
import dev.parley.wire.TransportAddress;
import java.util.List;

/// Writes, signs, counts and sends what the TURN server answers. Confined to one loop.
final class Answers {
  /// The longest answer: a challenge with realm and nonce of full length is below it.
  private static final int MAX_ANSWER = 2048;

  /// Octets of an Allocate with REQUESTED-TRANSPORT, which it must have, and nothing else.
  private static final int SHORTEST_ALLOCATE = 28;

  private final Effects<TurnEffect> effects;
  private final Tally tally;
  private final Authenticator authenticator;
  private final Rulebook rules;
  private final StunWriter writer = new StunWriter();
  private final byte[] answer = new byte[MAX_ANSWER];

  Answers(Effects<TurnEffect> effects, Tally tally, Authenticator authenticator, Rulebook rules) {
    this.effects = effects;
    this.tally = tally;
    this.authenticator = authenticator;
    this.rules = rules;
  }

  /// Begins a success response; finish it with [#send].
  StunWriter success(StunMessage request) {
    return writer.answer(answer, 0, StunClass.SUCCESS_RESPONSE, request);
  }

  /// Signs what was begun and sends it.
  void send(Credential credential, FiveTuple path, boolean fingerprint) {
    authenticator.sign(writer, credential);
    finish(path, fingerprint);
  }

  /// A success response that says nothing more.
  void succeed(Request request) {
    success(request.message());
    send(request.credential(), request.path(), request.has(StunAttribute.FINGERPRINT));
  }

  /// Refuses a request where one of the rules does.
  ///
  /// @return whether it did
  boolean refused(Request request, List<Check> checks) {
    StunError refusal = request.judged(checks);
    if (refusal != null) {
      refuse(request, refusal);
    }
    return refusal != null;
  }

  /// Refuses a request whose sender has proved who it is.
  void refuse(Request request, StunError error) {
    refuse(
        request.message(),
        request.path(),
        request.credential(),
        request.has(StunAttribute.FINGERPRINT),
        error);
  }

  /// The same, for a request of which only its header is left.
  void refuse(
      StunMessage request,
      FiveTuple path,
      Credential credential,
      boolean fingerprint,
      StunError error) {
    writer.answer(answer, 0, StunClass.ERROR_RESPONSE, request).error(error);
    if (error == StunError.TRY_ALTERNATE) {
      redirect(path.remote());
    }
    send(credential, path, fingerprint);
    tally.count(cause(error));
  }

  /// Refuses attributes that must be comprehended and are not (RFC 8489, section 6.3.1).
  void refuseUnknown(Request request, int[] types, int count) {
    writer
        .answer(answer, 0, StunClass.ERROR_RESPONSE, request.message())
        .error(StunError.UNKNOWN_ATTRIBUTE)
        .unknownAttributes(types, count);
    send(request.credential(), request.path(), request.has(StunAttribute.FINGERPRINT));
    tally.count(Counter.TURN_REFUSED_OTHER);
  }

  /// Refuses a request whose sender has not proved who it is: anybody may have sent a datagram in
  /// anybody's name. Where the answer is longer than [Amplification] allows it has no phrase, and
  /// if the request is too short to be an Allocate no challenge.
  void refuseUnproved(
      StunMessage request, FiveTuple path, StunError error, boolean challenge, long now) {
    if (!authenticator.admits(path, now)) {
      tally.count(Counter.TURN_UNANSWERED);
      return;
    }
    boolean fingerprint = request.has(StunAttribute.FINGERPRINT);
    writer.answer(answer, 0, StunClass.ERROR_RESPONSE, request).error(error);
    if (challenge) {
      authenticator.challenge(writer, request, path, now);
    }
    if (!fits(request, path, fingerprint)) {
      writer.answer(answer, 0, StunClass.ERROR_RESPONSE, request).bareError(error);
      // Who is not told the nonce can never come in. What is shorter is no request of TURN.
      if (challenge && request.length() >= SHORTEST_ALLOCATE) {
        authenticator.challenge(writer, request, path, now);
      }
    }
    finish(path, fingerprint);
    tally.count(cause(error));
  }

  private boolean fits(StunMessage request, FiveTuple path, boolean fingerprint) {
    int length = writer.length() + (fingerprint ? 8 : 0);
    // The cookie of a DTLS handshake has proved the source as a TCP handshake does.
    return path.transport() != Transport.UDP
        || length <= Amplification.most(request.length(), path.remote());
  }

  /// ALTERNATE-SERVER and ALTERNATE-DOMAIN (RFC 8489, section 10).
  private void redirect(TransportAddress client) {
    writer.address(StunAttribute.ALTERNATE_SERVER, rules.alternate(client));
    if (rules.policy().alternateDomain() != null) {
      writer.text(StunAttribute.ALTERNATE_DOMAIN, rules.policy().alternateDomain());
    }
  }

  private void finish(FiveTuple path, boolean fingerprint) {
    if (fingerprint) {
      writer.fingerprint();
    }
    effects.transmit(answer, 0, writer.length(), path);
  }

  private static Counter cause(StunError error) {
    return switch (error) {
      case UNAUTHENTICATED -> Counter.TURN_REFUSED_401;
      case FORBIDDEN -> Counter.TURN_REFUSED_403;
      case ALLOCATION_MISMATCH -> Counter.TURN_REFUSED_437;
      case STALE_NONCE -> Counter.TURN_REFUSED_438;
      case WRONG_CREDENTIALS -> Counter.TURN_REFUSED_441;
      case ALLOCATION_QUOTA_REACHED -> Counter.TURN_REFUSED_486;
      case INSUFFICIENT_CAPACITY -> Counter.TURN_REFUSED_508;
      default -> Counter.TURN_REFUSED_OTHER;
    };
  }
}
