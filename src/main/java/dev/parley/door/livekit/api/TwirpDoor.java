package dev.parley.door.livekit.api;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.parley.identity.Grant;
import dev.parley.identity.TokenRefused;
import dev.parley.identity.Tokens;
import dev.parley.room.Rooms;
import dev.parley.signal.Signaling;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The server API, from call to answer. Any thread may call; a call may wait for the database and
/// for a turn of a meeting, never for an event loop.
@ApplicationScoped
public class TwirpDoor {
  static final String SERVICE = "livekit.RoomService/";

  /// Methods of the service that this server does not have.
  private static final Set<String> NOT_HERE =
      Set.of("ForwardParticipant", "MoveParticipant", "PerformRpc");

  private static final Logger LOG = System.getLogger(TwirpDoor.class.getName());

  /// Takes an access token.
  @FunctionalInterface
  interface Counter {
    Grant verify(String token) throws TokenRefused;
  }

  private final Counter tokens;
  private final Map<String, Method<?>> methods = new HashMap<>();

  /// For the container's proxy only.
  protected TwirpDoor() {
    tokens = null;
  }

  @Inject
  public TwirpDoor(Rooms rooms, Signaling signaling, Tokens tokens) {
    this(rooms, signaling, tokens::verify);
  }

  TwirpDoor(Rooms rooms, Signaling signaling, Counter tokens) {
    this.tokens = tokens;
    add(new RoomMethods(rooms, signaling).all());
    add(new ParticipantMethods(rooms, signaling.steward()).all());
  }

  private void add(List<Method<?>> some) {
    some.forEach(method -> methods.put(method.name(), method));
  }

  /// Never throws.
  Answer answer(Call call) {
    try {
      return routed(call);
    } catch (TwirpRefused no) {
      return Answer.error(no);
    } catch (RuntimeException | InvalidProtocolBufferException e) {
      LOG.log(Level.ERROR, "a call of the server API failed", e);
      return Answer.error(
          new TwirpRefused(
              TwirpCode.INTERNAL, "something went wrong; the log of the server says what"));
    }
  }

  private Answer routed(Call call) throws TwirpRefused, InvalidProtocolBufferException {
    if (!call.verb().equals("POST")) {
      throw TwirpRefused.badRoute("methods are called with POST");
    }
    Method<?> method = method(call.path());
    Format format = Format.of(call.contentType());
    Grant caller = caller(call);
    if (call.body().length > Call.MOST) {
      throw new TwirpRefused(
          TwirpCode.INVALID_ARGUMENT, "a body has at most " + Call.MOST + " octets");
    }
    return new Answer(200, format.type(), format.write(method.answer(caller, format, call.body())));
  }

  private Method<?> method(String path) throws TwirpRefused {
    if (!path.startsWith(SERVICE)) {
      throw TwirpRefused.badRoute("there is no such service");
    }
    String name = path.substring(SERVICE.length());
    Method<?> method = methods.get(name);
    if (method == null) {
      throw NOT_HERE.contains(name)
          ? new TwirpRefused(TwirpCode.UNIMPLEMENTED, "this server does not do that")
          : TwirpRefused.badRoute("there is no such method");
    }
    return method;
  }

  private Grant caller(Call call) throws TwirpRefused {
    try {
      return tokens.verify(call.token());
    } catch (TokenRefused e) {
      throw TwirpRefused.of(e);
    }
  }
}
