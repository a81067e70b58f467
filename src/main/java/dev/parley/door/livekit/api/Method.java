package dev.parley.door.livekit.api;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.parley.identity.Grant;
import dev.parley.room.RoomRefused;
import dev.parley.signal.StewardRefused;
import java.util.function.Function;
import java.util.function.Predicate;

/// One method of the service.
///
/// @param form an empty request
/// @param grant what a token has to say
/// @param room the room a request is about, for which the token has to be; null where it is about
///   none
record Method<Q extends Message>(
    String name, Q form, Predicate<Grant> grant, Function<Q, String> room, Work<Q> work) {
  /// What it does.
  @FunctionalInterface
  interface Work<Q> {
    Message on(Q request) throws TwirpRefused, RoomRefused, StewardRefused;
  }

  /// Does it. The token is looked at before the body: whoever may not call has nothing read.
  Message answer(Grant caller, Format format, byte[] body) throws TwirpRefused {
    if (!grant.test(caller)) {
      throw denied();
    }
    Q request = read(format, body);
    if (room != null && caller.room() != null && !caller.room().equals(room.apply(request))) {
      throw denied();
    }
    try {
      return work.on(request);
    } catch (RoomRefused e) {
      throw TwirpRefused.of(e);
    } catch (StewardRefused e) {
      throw TwirpRefused.of(e);
    }
  }

  @SuppressWarnings("unchecked") // A message of the form's own type.
  private Q read(Format format, byte[] body) throws TwirpRefused {
    try {
      return (Q) format.read(form, body);
    } catch (InvalidProtocolBufferException e) {
      throw new TwirpRefused(TwirpCode.MALFORMED, "the body is no " + name + " request");
    }
  }

  private static TwirpRefused denied() {
    return new TwirpRefused(TwirpCode.PERMISSION_DENIED, "the token does not grant this");
  }
}
