package dev.parley.media;

/// What every event loop counts: a row each, in a `long[]` with the loop as single writer. The load
/// is not counted but stands there.
public enum Counter {
  LOOP_TURNS("turns", "Turns of the event loop"),
  LOOP_BUSY("busy_nanoseconds", "Nanoseconds the loop worked instead of waiting"),
  LOOP_LOAD("load_percent", "Share of the last quarter of a second that the loop worked"),
  LOOP_LATE("late_microseconds", "How late the loop came to a deadline at worst in that time"),
  DATAGRAMS_RECEIVED("datagrams_received", "UDP datagrams taken from the kernel"),
  DATAGRAMS_SENT("datagrams_sent", "UDP datagrams given to the kernel"),
  DATAGRAMS_TRUNCATED("datagrams_truncated", "UDP datagrams larger than a receive slot, dropped"),
  SEND_FAILURES(
      "send_failures",
      "Messages the kernel refused for one destination; only that message is lost"),
  STREAMS_ACCEPTED("streams_accepted", "TCP connections accepted"),
  STREAMS_REFUSED("streams_refused", "TCP connections closed at once because a limit was reached"),
  STREAMS_CLOSED("streams_closed", "TCP connections ended for any reason"),
  STREAMS_SLOW("streams_slow", "TCP connections closed because the client did not read"),
  STREAMS_IDLE("streams_idle", "TCP connections closed because the client was silent"),
  TLS_ESTABLISHED("tls_established", "TLS handshakes completed"),
  TLS_FAILED("tls_failed", "TLS handshakes that came to nothing"),
  TLS_REFUSED("tls_refused", "TLS connections closed because too many handshakes were under way"),
  PROXY_REFUSED("proxy_refused", "Connections closed for a malformed or untrusted PROXY header"),
  DTLS_HELLOS("dtls_hellos", "DTLS hellos answered with a cookie, without any state"),
  DTLS_ESTABLISHED("dtls_established", "DTLS handshakes completed"),
  DTLS_FAILED("dtls_failed", "DTLS handshakes that came to nothing"),
  DTLS_REFUSED(
      "dtls_refused", "DTLS hellos with a good cookie refused because a limit was reached"),
  DTLS_ENDED("dtls_ended", "DTLS associations ended for any reason"),
  DTLS_DROPPED("dtls_dropped", "DTLS records dropped: of no association, forged or malformed"),
  INPUT_MALFORMED("input_malformed", "Messages that are not of the protocol, dropped"),
  STUN_BINDING_REQUESTS("stun_binding_requests", "STUN Binding requests understood"),
  STUN_BINDING_SUCCESSES("stun_binding_successes", "STUN Binding success responses sent"),
  STUN_ERRORS("stun_errors", "STUN error responses sent"),
  TURN_ALLOCATIONS_MADE("turn_allocations_made", "TURN allocations made"),
  TURN_ALLOCATIONS_ENDED("turn_allocations_ended", "TURN allocations ended for any reason"),
  TURN_REFUSED_401("turn_refused_401", "TURN requests answered 401, first requests included"),
  TURN_REFUSED_403("turn_refused_403", "TURN requests answered 403: a peer that is not allowed"),
  TURN_REFUSED_437("turn_refused_437", "TURN requests answered 437: allocation mismatch"),
  TURN_REFUSED_438("turn_refused_438", "TURN requests answered 438: stale nonce"),
  TURN_REFUSED_441("turn_refused_441", "TURN requests answered 441: another user's allocation"),
  TURN_REFUSED_486("turn_refused_486", "TURN requests answered 486: a quota of the user"),
  TURN_REFUSED_508("turn_refused_508", "TURN requests answered 508: no capacity"),
  TURN_REFUSED_OTHER("turn_refused_other", "TURN requests refused for another reason"),
  TURN_UNANSWERED(
      "turn_unanswered", "Unauthenticated TURN requests dropped: too many from one source"),
  TURN_PACKETS_OUT("turn_packets_out", "Datagrams relayed from clients to peers"),
  TURN_PACKETS_IN("turn_packets_in", "Datagrams relayed from peers to clients"),
  TURN_OCTETS_OUT("turn_octets_out", "Octets of payload relayed from clients to peers"),
  TURN_OCTETS_IN("turn_octets_in", "Octets of payload relayed from peers to clients"),
  TURN_PERMISSION_DENIALS(
      "turn_permission_denials", "Datagrams dropped because no permission lets them pass"),
  TURN_BANDWIDTH_DROPS(
      "turn_bandwidth_drops", "Datagrams dropped because the allocation is over its bandwidth"),
  TURN_DROPPED(
      "turn_dropped", "Datagrams dropped for want of an allocation or channel, or too large"),
  TURN_HANDED_OVER(
      "turn_handed_over",
      "Packets between allocations, or an allocation and media, of this node: kept from the"
          + " kernel"),
  SRTP_REFUSED(
      "srtp_refused", "SRTP and SRTCP packets dropped: forged, replayed, damaged or without a key"),
  RTP_DROPPED(
      "rtp_dropped", "Authentic RTP packets dropped: malformed, of no track, or not wanted"),
  LOOP_PASSED("loop_passed", "Messages passed to another event loop"),
  LOOP_PASS_FAILURES(
      "loop_pass_failures", "Messages lost because another event loop could take no more"),
  MAILBOX_COMMANDS("mailbox_commands", "Commands taken from the loop's mailbox"),
  ENGINE_FAILURES(
      "engine_failures", "Inputs on which an engine threw: a bug of ours, the input is dropped"),
  SFU_PEERS_OPENED("sfu_peers_opened", "Server ends of PeerConnections made"),
  SFU_PEERS_CLOSED("sfu_peers_closed", "Server ends of PeerConnections ended for any reason"),
  SFU_TRACKS_UP("sfu_tracks_up", "Tracks published"),
  SFU_TRACKS_DOWN("sfu_tracks_down", "Tracks that ended for any reason"),
  SFU_OVERLOAD_SMALLER(
      "sfu_overload_smaller",
      "Times the loop had so much to do that it left the largest layers out"),
  SFU_OVERLOAD_FEWER(
      "sfu_overload_fewer",
      "Times it then forwarded fewer videos of large rooms and half the frames"),
  SFU_OVERLOAD_FULL("sfu_overload_full", "Times it then refused newcomers"),
  SFU_OVERLOAD_LOWERED("sfu_overload_lowered", "Steps back from these"),
  SFU_OVERLOAD_REFUSED("sfu_overload_refused", "Newcomers refused because of it"),
  SFU_ROOMS_OPENED("sfu_rooms_opened", "Rooms, or branches of rooms, that got a first peer here"),
  SFU_ROOMS_CLOSED(
      "sfu_rooms_closed", "Rooms, or branches of rooms, whose last peer here has gone"),
  SFU_SUBSCRIPTIONS_BEGUN("sfu_subscriptions_begun", "Tracks given to a peer"),
  SFU_SUBSCRIPTIONS_ENDED("sfu_subscriptions_ended", "Tracks taken from a peer for any reason"),
  SFU_HELD_BACK("sfu_held_back", "Times a subscription was held back for want of bandwidth"),
  SFU_RELEASED("sfu_released", "Times a subscription that was held back flowed again or ended"),
  SFU_QUALITY_EXCELLENT(
      "sfu_quality_excellent", "Looks, one a peer every 5 s, that found an excellent connection"),
  SFU_QUALITY_GOOD("sfu_quality_good", "Looks that found a good connection"),
  SFU_QUALITY_POOR("sfu_quality_poor", "Looks that found a poor connection"),
  SFU_QUALITY_LOST("sfu_quality_lost", "Times nothing was heard of a peer for some seconds"),
  SFU_REFUSED("sfu_refused", "Peers, tracks and subscriptions refused because of a limit"),
  SFU_PACKETS_IN("sfu_packets_in", "RTP packets taken from publishers, retransmissions included"),
  SFU_OCTETS_IN("sfu_octets_in", "Octets of those packets, in the clear"),
  SFU_PACKETS_OUT("sfu_packets_out", "RTP packets forwarded to subscribers"),
  SFU_OCTETS_OUT("sfu_octets_out", "Octets of payload forwarded to subscribers"),
  SFU_CARRIED_OUT(
      "sfu_carried_out", "RTP packets passed on to branches of their room on other loops"),
  SFU_CARRIED_IN("sfu_carried_in", "RTP packets taken from such branches"),
  SFU_VIDEO_SET_ASIDE(
      "sfu_video_set_aside", "Times a receiver was not sent a camera because others are shown"),
  SFU_VIDEO_SHOWN_AGAIN("sfu_video_shown_again", "Times such a camera was sent again, or ended"),
  SFU_AUDIO_LEFT_OUT(
      "sfu_audio_left_out", "RTP packets passed over because others of the room are louder"),
  SFU_REPAIRS_IN("sfu_repairs_in", "Lost packets that publishers sent once more"),
  SFU_REPAIRS_OUT("sfu_repairs_out", "Lost packets sent once more to subscribers"),
  SFU_PACED("sfu_paced", "Packets to subscribers that waited because their path is narrow"),
  SFU_PACED_OUT("sfu_paced_out", "Packets to subscribers that had to wait for too long, dropped"),
  SFU_KEY_FRAMES_ASKED("sfu_key_frames_asked", "Key frames asked of publishers"),
  SFU_FAST_STARTS("sfu_fast_starts", "Subscriptions that began with a key frame at hand"),
  SCTP_ESTABLISHED("sctp_established", "SCTP associations with clients that came up"),
  SCTP_ENDED("sctp_ended", "SCTP associations that ended for any reason"),
  DATA_CHANNELS_OPENED("data_channels_opened", "Data channels made, by whichever end"),
  DATA_CHANNELS_CLOSED("data_channels_closed", "Data channels that ended for any reason"),
  DATA_MESSAGES_IN("data_messages_in", "Messages taken from data channels"),
  DATA_OCTETS_IN("data_octets_in", "Octets of those messages"),
  DATA_MESSAGES_OUT("data_messages_out", "Messages given to data channels, one a receiver"),
  DATA_OCTETS_OUT("data_octets_out", "Octets of those messages"),
  DATA_UNDELIVERED(
      "data_undelivered", "Messages for a receiver that had no such channel open, dropped"),
  DATA_DROPPED(
      "data_dropped", "Messages dropped because a lossy channel was full, or too long for it"),
  DATA_HELD(
      "data_held", "Times a client was not read from: it sent too fast, or others were too slow"),
  DATA_TOO_SLOW(
      "data_too_slow", "Reliable data channels closed because the client took too little"),
  SFU_DROPPED("sfu_dropped", "Datagrams from paths of no peer, malformed, or late, dropped");

  private final String label;
  private final String meaning;

  Counter(String label, String meaning) {
    this.label = label;
    this.meaning = meaning;
  }

  /// The name as metrics show it, in snake case without prefix.
  public String label() {
    return label;
  }

  /// One sentence for the metrics page and the reference.
  public String meaning() {
    return meaning;
  }
}
