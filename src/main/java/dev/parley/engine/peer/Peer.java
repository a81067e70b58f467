package dev.parley.engine.peer;

import dev.parley.engine.Deadline;
import dev.parley.engine.Engine;
import dev.parley.media.Counter;
import dev.parley.media.PeerPolicy;
import dev.parley.media.PeerState;
import dev.parley.media.SdpType;
import dev.parley.media.SfuRefusal;
import dev.parley.media.SourceView;
import dev.parley.protocol.dtls.DtlsEnd;
import dev.parley.protocol.dtls.DtlsIdentity;
import dev.parley.protocol.dtls.Fingerprint;
import dev.parley.protocol.ice.IceCredentials;
import dev.parley.protocol.ice.IceRefused;
import dev.parley.protocol.ice.IceVerdict;
import dev.parley.protocol.rtp.RtpPacket;
import dev.parley.protocol.sdp.Agreement;
import dev.parley.protocol.sdp.Outgoing;
import dev.parley.protocol.sdp.RemoteTransport;
import dev.parley.protocol.sdp.Setup;
import dev.parley.wire.FiveTuple;
import dev.parley.wire.Octets;
import java.util.List;
import java.util.Optional;

/// The server's end of one PeerConnection: ICE, DTLS, SRTP, RTCP and negotiation wired together.
///
/// Confined to the loop of its room. Times are nanoseconds of one monotonic clock, compared by
/// subtraction. After it has closed, every input is ignored.
public final class Peer {
  /// How long a client may take for its first check after the descriptions were exchanged.
  private static final long CHECKED_WITHIN = 30_000_000_000L;

  /// How long DTLS may take after that.
  private static final long KEYED_WITHIN = 15_000_000_000L;

  private final String id;
  private final PeerKit kit;
  private final PeerSide side;
  private final PeerIce ice;
  private final PeerNegotiation negotiation;
  private final Association association;
  private final PeerMedia media;
  private final PeerData data;
  private PeerState state = PeerState.CONNECTING;
  private long now;
  private long patience = Engine.NEVER;

  /// @param id unique on this node for ever
  /// @param kit of the loop
  /// @param side hears what happens
  public Peer(String id, PeerKit kit, PeerPolicy policy, PeerSide side, long now) {
    this.id = id;
    this.kit = kit;
    this.side = side;
    this.now = now;
    DtlsIdentity identity = kit.identity().get();
    this.ice = new PeerIce(kit, this, new Connectivity());
    this.negotiation = new PeerNegotiation(kit, identity, ice, policy, side, this::agreed);
    this.association = new Association(kit, identity, ice, new Security());
    this.media = new PeerMedia(this, kit, ice, policy, side);
    this.data = new PeerData(kit, association, media, policy.limits().data(), side.data(), now);
  }

  public String id() {
    return id;
  }

  public PeerState state() {
    return state;
  }

  /// Takes one message of a path that was [PeerNotes#routed] here, or a STUN message whose user
  /// name fragment the directory knows to be this peer's (RFC 7983, section 7).
  ///
  /// @param octets valid during the call only; on streams without the length before the message
  public void receive(byte[] octets, int at, int length, FiveTuple path, long time) {
    if (state == PeerState.CLOSED || length < 2) {
      return;
    }
    now = time;
    int first = Octets.u8(octets, at);
    if (RtpPacket.isMedia(first)) {
      media.receive(octets, at, length, time);
    } else {
      signalling(first, octets, at, length, path);
    }
  }

  private void signalling(int first, byte[] octets, int at, int length, FiveTuple path) {
    if (first < 4) {
      IceVerdict verdict = ice.receive(octets, at, length, path, now);
      if (verdict == IceVerdict.MALFORMED) {
        kit.tally().count(Counter.INPUT_MALFORMED);
      }
    } else if (first >= 20 && first <= 63 && ice.verified(path)) {
      association.receive(octets, at, length);
    } else {
      kit.tally().count(Counter.INPUT_MALFORMED);
    }
  }

  /// The client's description: an offer is answered or refused, an answer refused or taken without
  /// a word.
  ///
  /// @param number of an offer: the client's own, rising; of an answer: that of the server's offer
  /// @param sources what the sections of an offer are, for those that have one
  public void describe(long number, SdpType type, String sdp, List<SourceView> sources, long time) {
    if (state == PeerState.CLOSED) {
      return;
    }
    now = time;
    try {
      if (type == SdpType.OFFER) {
        media.offered(sources);
        negotiation.answer(number, sdp, media::declared);
      } else {
        negotiation.accept(number, sdp);
      }
    } catch (Refused refused) {
      media.offered(List.of());
      side.refused(number, refused.reason(), refused.getMessage());
    }
    offer();
  }

  private void offer() {
    if (state != PeerState.CLOSED) {
      negotiation.offer(now);
    }
  }

  private void agreed(Agreement agreement, boolean mixed) {
    if (state == PeerState.CLOSED) {
      return;
    }
    ice.agreed(agreement);
    RemoteTransport far = agreement.remote();
    if (far != null) {
      boolean begins = !association.keyed() || agreement.rekeyed();
      if (begins && (patience == Engine.NEVER || agreement.rekeyed())) {
        patience = Deadline.at(now + (ice.reachable() ? KEYED_WITHIN : CHECKED_WITHIN));
      }
      List<Fingerprint> expected =
          far.fingerprints().stream()
              .map(fingerprint -> Fingerprint.parse(fingerprint.value()))
              .flatMap(Optional::stream)
              .toList();
      association.agreed(expected, agreement.role() == Setup.ACTIVE, agreement.rekeyed());
    }
    if (state != PeerState.CLOSED) {
      media.agreed(agreement.sections(), mixed, negotiation.wanted());
    }
    if (state != PeerState.CLOSED) {
      data.agreed(agreement.data(), now);
    }
  }

  /// New ICE credentials of the client outside of a description (RFC 9725, section 4.3.3);
  /// [PeerSide#iceRestarted] or [PeerSide#refused] answers.
  ///
  /// @param ufrag null where the client keeps its own and asks for new ones of the server
  public void restartIce(long number, String ufrag, String password, long time) {
    if (state == PeerState.CLOSED) {
      return;
    }
    now = time;
    try {
      IceCredentials remote = ufrag == null ? null : IceCredentials.of(ufrag, password);
      if (remote != null && ice.standing(remote)) {
        side.refused(number, SfuRefusal.SDP_UNACCEPTABLE, "A restart needs other ICE credentials.");
        return;
      }
      ice.restart(remote);
      side.iceRestarted(number, ice.fragment(negotiation.tagged()));
    } catch (IceRefused refused) {
      side.refused(
          number, SfuRefusal.SDP_MALFORMED, "These are no ICE credentials (RFC 8839, 5.4).");
    }
  }

  /// Asks the client for an ICE restart by an offer.
  public void offerIceRestart(long time) {
    now = time;
    negotiation.restartIce();
    offer();
  }

  /// Says which tracks the client is to receive from now on, in the order sections are filled; an
  /// offer follows where one is needed and none is out.
  public void want(List<Outgoing> tracks, long time) {
    if (state == PeerState.CLOSED) {
      return;
    }
    now = time;
    negotiation.want(tracks);
    media.want(tracks);
    offer();
  }

  /// The participant may do this from now on.
  public void policy(PeerPolicy other, long time) {
    if (state == PeerState.CLOSED) {
      return;
    }
    now = time;
    negotiation.policy(other);
    media.policy(other);
    data.limits(other.limits().data());
    offer();
  }

  /// Ends what the client publishes in a section until it stops sending there and begins anew.
  public void unpublish(String mid, long time) {
    now = time;
    media.unpublish(mid);
  }

  /// Its data channels; [DataSide] hears of them.
  public DataEnd data() {
    return data;
  }

  /// Asks the client for a key frame of an incoming stream, at once (RFC 4585, section 6.3.1).
  public void requestKeyFrame(int ssrc, long time) {
    now = time;
    media.requestKeyFrame(ssrc);
  }

  /// How its path and its streams do; [PeerSide#estimated] tells when the estimate changes.
  public PeerReadings readings() {
    return media.readings();
  }

  /// Says how much there would be to send at most, the sum of the best layers wanted, 0 for
  /// nothing: nothing beyond is searched for. Until it is said, five megabits.
  public void useful(long bitsPerSecond, long time) {
    media.useful(bitsPerSecond, time);
  }

  /// A stream connection has ended.
  public void closed(FiveTuple path, long time) {
    if (state != PeerState.CLOSED) {
      now = time;
      ice.closed(path, time);
    }
  }

  /// Time has reached [#deadline()]; may be called early or late.
  public void tick(long time) {
    if (state == PeerState.CLOSED) {
      return;
    }
    now = time;
    if (Deadline.due(patience, time)) {
      close("timeout", time);
      return;
    }
    negotiation.tick(time);
    ice.tick(time);
    media.tick(time);
    data.tick(time);
  }

  /// When it next wants to be ticked, or [Engine#NEVER]; cheap to ask after every input.
  public long deadline() {
    if (state == PeerState.CLOSED) {
      return Engine.NEVER;
    }
    long next = Deadline.earlier(patience, Deadline.earlier(ice.deadline(), media.deadline()));
    next = Deadline.earlier(next, negotiation.deadline());
    return Deadline.earlier(next, data.deadline());
  }

  /// Ends the connection with all that belongs to it; [PeerSide#changed] tells.
  ///
  /// @param reason a word for the developer
  public void close(String reason, long time) {
    if (state == PeerState.CLOSED) {
      return;
    }
    now = time;
    state = PeerState.CLOSED;
    media.bye();
    data.release();
    association.release();
    ice.release();
    media.release();
    side.changed(PeerState.CLOSED, reason);
  }

  private void become(PeerState other) {
    if (state != PeerState.CLOSED && state != other) {
      state = other;
      side.changed(other, null);
    }
  }

  /// What ICE tells.
  private final class Connectivity implements PeerIce.Hearer {
    private boolean reached;

    @Override
    public void verified() {
      if (state == PeerState.CLOSED) {
        return;
      }
      if (!reached && !association.keyed()) {
        patience = Deadline.at(now + KEYED_WITHIN);
      }
      reached = true;
      association.reachable();
    }

    @Override
    public void quiet() {
      if (state == PeerState.CONNECTED) {
        become(PeerState.QUIET);
      }
    }

    @Override
    public void heard() {
      if (state == PeerState.QUIET) {
        become(PeerState.CONNECTED);
      }
    }

    @Override
    public void consentLost() {
      close("consent", now);
    }
  }

  /// What DTLS tells.
  private final class Security implements Association.Hearer {
    @Override
    public void keyed() {
      patience = Engine.NEVER;
      media.keyed(association.sender(), association.receiver(), now);
      become(PeerState.CONNECTED);
      media.send(association.sender());
      if (state != PeerState.CLOSED) {
        data.keyed(now);
      }
    }

    @Override
    public void data(byte[] octets, int at, int length) {
      data.receive(octets, at, length, now);
    }

    @Override
    public void ended(DtlsEnd end) {
      String reason =
          switch (end) {
            case CLOSED_BY_PEER -> "left";
            case TIMEOUT -> "timeout";
            default -> "dtls";
          };
      close(reason, now);
    }

    @Override
    public void stirred() {
      kit.notes().stirred(Peer.this);
    }
  }
}
