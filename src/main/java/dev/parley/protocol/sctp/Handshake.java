package dev.parley.protocol.sctp;

import dev.parley.wire.Octets;

/// How two ends become an association: INIT, INIT ACK, COOKIE ECHO, COOKIE ACK (RFC 9260, section
/// 5), also where both begin at once, packets come twice, or the peer begins anew.
final class Handshake {
  /// How long a cookie is good (Valid.Cookie.Life of section 16).
  private static final long COOKIE_LIFE = 60_000_000_000L;

  /// Octets of parameters of an INIT that are reported as unknown.
  private static final int REPORTED = 128;

  private static final byte[] NONE = new byte[0];

  private final Endpoint end;
  private final Established established;
  private final long salt;
  private int localTsn;
  private InitChunk answer;
  private byte[] cookie = NONE;
  private RoundTrip roundTrip;

  /// What happens when the handshake is done.
  interface Established {
    /// @param facts of both ends
    /// @param restart whether there was an association already, which ends now
    void established(StateCookie facts, boolean restart, long now);

    void end(SctpEnd why);
  }

  Handshake(Endpoint end, Established established) {
    this.end = end;
    this.established = established;
    this.salt = end.kit.longNumber();
    this.roundTrip = new RoundTrip(end.limits);
  }

  /// Sends an INIT (section 5.1, A).
  void begin(long now) {
    end.localTag = end.kit.tag();
    localTsn = end.kit.number();
    end.state = SctpAssociation.State.COOKIE_WAIT;
    sendInit(now);
  }

  private void sendInit(long now) {
    PacketWriter packet = end.begin(0);
    InitChunk.write(packet, end.localTag, end.limits.receiveWindow(), localTsn, NONE, NONE);
    await(now);
    end.send(packet);
  }

  private void sendCookie(long now) {
    PacketWriter packet = end.begin();
    int at = packet.chunk(ChunkType.COOKIE_ECHO, 0, cookie.length);
    System.arraycopy(cookie, 0, packet.octets(), at, cookie.length);
    await(now);
    end.send(packet);
  }

  private void await(long now) {
    end.await(now);
    end.timers.set(Timer.HANDSHAKE, now + roundTrip.timeout());
  }

  /// T1 ran out (sections 5.1 and 4).
  void timedOut(long now) {
    roundTrip.backOff();
    if (end.state == SctpAssociation.State.COOKIE_WAIT) {
      sendInit(now);
    } else if (end.state == SctpAssociation.State.COOKIE_ECHOED) {
      sendCookie(now);
    }
  }

  /// Answers an INIT without keeping anything of it (sections 5.1, B, 5.2.1 and 5.2.2).
  void init(byte[] octets, int chunk, long now) {
    InitChunk init = InitChunk.read(octets, chunk);
    if (!init.valid()) {
      refuse(init.tag());
      return;
    }
    boolean waiting = end.state == SctpAssociation.State.COOKIE_WAIT;
    boolean own = waiting || end.state == SctpAssociation.State.COOKIE_ECHOED;
    boolean none = waiting || end.state == SctpAssociation.State.CLOSED;
    StateCookie facts =
        new StateCookie(
            now,
            own ? end.localTag : end.kit.tag(),
            init.tag(),
            own ? localTsn : end.kit.number(),
            init.tsn(),
            init.window(),
            init.inbound(),
            init.forwardTsn(),
            init.reset(),
            none ? 0 : end.localTag,
            none ? 0 : end.peerTag);
    PacketWriter packet = end.begin(init.tag());
    byte[] unknown = InitChunk.unknown(octets, chunk, REPORTED);
    byte[] baked = facts.bake(end.kit, salt);
    int window = end.limits.receiveWindow();
    InitChunk.write(packet, facts.localTag(), window, facts.localTsn(), baked, unknown);
    end.send(packet);
  }

  private void refuse(int tag) {
    end.refused++;
    PacketWriter packet = end.begin(tag);
    int at = packet.chunk(ChunkType.ABORT, 0, 4);
    Octets.put16(packet.octets(), at, CauseCode.INVALID_MANDATORY_PARAMETER.code());
    Octets.put16(packet.octets(), at + 2, 4);
    end.send(packet);
  }

  /// Echoes the cookie of an INIT ACK (section 5.1, C); one that nobody waits for is ignored
  /// (section 5.2.3).
  void initAck(byte[] octets, int chunk, long now) {
    if (end.state != SctpAssociation.State.COOKIE_WAIT) {
      return;
    }
    InitChunk told = InitChunk.read(octets, chunk);
    int room = end.limits.chunk() - PacketReader.CHUNK_HEADER;
    if (!told.valid() || told.cookie() < 0 || told.cookieLength() > room) {
      refuse(told.tag());
      established.end(SctpEnd.PROTOCOL_VIOLATION);
      return;
    }
    answer = told;
    cookie =
        java.util.Arrays.copyOfRange(octets, told.cookie(), told.cookie() + told.cookieLength());
    end.peerTag = told.tag();
    end.state = SctpAssociation.State.COOKIE_ECHOED;
    roundTrip = new RoundTrip(end.limits);
    sendCookie(now);
  }

  /// The peer has taken the cookie (section 5.1, E).
  void cookieAck(long now) {
    if (end.state != SctpAssociation.State.COOKIE_ECHOED) {
      return;
    }
    StateCookie facts =
        new StateCookie(
            now,
            end.localTag,
            end.peerTag,
            localTsn,
            answer.tsn(),
            answer.window(),
            answer.inbound(),
            answer.forwardTsn(),
            answer.reset(),
            0,
            0);
    done(facts, false, now);
  }

  /// The peer says that the cookie is too old (section 5.2.6): from the beginning.
  void stale(long now) {
    if (end.state == SctpAssociation.State.COOKIE_ECHOED) {
      end.state = SctpAssociation.State.COOKIE_WAIT;
      end.peerTag = 0;
      cookie = NONE;
      sendInit(now);
    }
  }

  /// What a COOKIE ECHO means (section 5.2.4, table 12).
  private enum Action {
    /// The first one.
    NEW,
    /// A: the peer begins anew.
    RESTART,
    /// B: both have begun at once.
    COLLISION,
    /// D: the same again.
    AGAIN,
    /// C, and what is in no row.
    DISCARD
  }

  /// The peer shows the cookie it was given (sections 5.1, D, and 5.2.4).
  ///
  /// @param tag the packet's verification tag
  /// @return whether what follows in the packet may be taken
  boolean cookieEcho(byte[] octets, int chunk, int tag, long now) {
    int at = chunk + PacketReader.CHUNK_HEADER;
    int length = PacketReader.chunkLength(octets, chunk) - PacketReader.CHUNK_HEADER;
    StateCookie facts = StateCookie.read(end.kit, salt, octets, at, length);
    if (facts == null || facts.localTag() != tag) {
      end.refused++;
      return false;
    }
    Action action = action(facts);
    boolean known = action == Action.AGAIN || action == Action.COLLISION;
    if (!known && now - facts.baked() > COOKIE_LIFE) {
      sendStale(facts, now);
      return false;
    }
    return act(action, facts, now);
  }

  private Action action(StateCookie facts) {
    if (end.state == SctpAssociation.State.CLOSED) {
      return Action.NEW;
    }
    boolean local = facts.localTag() == end.localTag;
    boolean peer = facts.peerTag() == end.peerTag;
    boolean tied = facts.tieLocal() == end.localTag && facts.tiePeer() == end.peerTag;
    if (local) {
      return peer ? Action.AGAIN : Action.COLLISION;
    }
    return !peer && tied ? Action.RESTART : Action.DISCARD;
  }

  private boolean act(Action action, StateCookie facts, long now) {
    switch (action) {
      case DISCARD -> {
        return false;
      }
      case RESTART -> {
        if (end.state == SctpAssociation.State.SHUTDOWN_ACK_SENT) {
          end.send(ChunkType.SHUTDOWN_ACK);
          end.sendCause(ChunkType.ERROR, CauseCode.COOKIE_RECEIVED_WHILE_SHUTTING_DOWN, NONE);
          return false;
        }
        done(facts, true, now);
      }
      case NEW -> done(facts, false, now);
      case COLLISION, AGAIN -> {
        if (handshaking()) {
          done(facts, false, now);
        } else if (action == Action.COLLISION) {
          return false;
        }
      }
    }
    if (!end.ended()) {
      end.send(ChunkType.COOKIE_ACK);
    }
    return true;
  }

  private boolean handshaking() {
    return end.state == SctpAssociation.State.COOKIE_WAIT
        || end.state == SctpAssociation.State.COOKIE_ECHOED;
  }

  private void sendStale(StateCookie facts, long now) {
    int kept = end.peerTag;
    end.peerTag = facts.peerTag();
    byte[] microseconds = new byte[4];
    long over = (now - facts.baked() - COOKIE_LIFE) / 1000;
    Octets.put32(microseconds, 0, (int) Math.min(over, 0xffff_ffffL));
    end.sendCause(ChunkType.ERROR, CauseCode.STALE_COOKIE, microseconds);
    end.peerTag = kept;
  }

  private void done(StateCookie facts, boolean restart, long now) {
    end.timers.clear(Timer.HANDSHAKE);
    end.localTag = facts.localTag();
    end.peerTag = facts.peerTag();
    localTsn = facts.localTsn();
    cookie = NONE;
    answer = null;
    end.state = SctpAssociation.State.ESTABLISHED;
    established.established(facts, restart, now);
  }
}
