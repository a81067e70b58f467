package dev.parley.signal;

import dev.parley.media.HoldReason;
import dev.parley.media.OverloadStep;
import dev.parley.media.PeerState;
import dev.parley.media.SdpType;
import dev.parley.media.SfuEvent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The server's end of one participant's PeerConnection, as signaling knows it: what was asked of
/// it and not answered yet.
///
/// Descriptions of the client are numbered anew for the media half: its offers and the server's are
/// counted separately, and a refusal names only a number. So the client's have numbers above
/// [#OFFERS], the server's below. Confined to its meeting's monitor.
final class PeerEnd {
  static final long OFFERS = 1L << 32;

  private static final int MOST_PENDING = 8;

  /// The media half allows no more than 64; this only keeps a mistake there from the memory here.
  private static final int MOST_CHANNELS = 256;

  /// The media half is told of so many messages and octets at once; well below what it waits for.
  private static final int TOLD_MESSAGES = 64;

  private static final long TOLD_OCTETS = 1 << 18;

  /// Messages of data channels that were dealt with.
  record Taken(int messages, long octets) {}

  /// @param said the number the client gave, or the server for it
  record Pending(String ref, long said) {}

  private final String id;
  private final Session owner;
  private final End which;
  private final Map<Long, Pending> offers = new LinkedHashMap<>();
  private final Map<String, Notice> flows = new LinkedHashMap<>();
  private final Map<String, Notice> qualities = new LinkedHashMap<>();
  private final Set<String> channels = new HashSet<>(2);
  private int messages;
  private long octets;
  private Notice load;
  private PeerState state = PeerState.CONNECTING;
  private boolean answered;
  private long made;
  private long said;
  private long answerNumber = -1;
  private String answerRef;
  private Notice.Described offer;
  private SfuEvent.QualityChanged rated;

  PeerEnd(String id, Session owner, End which) {
    this.which = which;
    this.id = id;
    this.owner = owner;
  }

  String id() {
    return id;
  }

  Session owner() {
    return owner;
  }

  End which() {
    return which;
  }

  /// Notes an offer of the server that goes out.
  Notice offers(long number, String sdp) {
    offer = new Notice.Described(null, SdpType.OFFER, number, sdp, which);
    return offer;
  }

  /// Notes how good it is.
  void rate(SfuEvent.QualityChanged now) {
    rated = now;
  }

  /// How good it was found last, or null.
  SfuEvent.QualityChanged rated() {
    return rated;
  }

  /// The server's offer that was not answered yet, or null.
  Notice.Described offer() {
    return offer;
  }

  PeerState state() {
    return state;
  }

  void state(PeerState now) {
    state = now;
  }

  /// Whether any offer was ever answered.
  boolean answered() {
    return answered;
  }

  /// Notes an offer of the client.
  ///
  /// @param number the client's, or 0
  /// @return its number for the media half, or 0 where too many are not answered yet
  long offered(String ref, long number) {
    if (offers.size() == MOST_PENDING) {
      return 0;
    }
    said = number == 0 ? said + 1 : number;
    long ours = OFFERS + ++made;
    offers.put(ours, new Pending(ref, said));
    return ours;
  }

  /// Notes the client's answer to an offer of the server; only the latest can still be refused.
  void answers(String ref, long number) {
    answerNumber = number;
    offer = offer == null || offer.number() == number ? null : offer;
    answerRef = ref;
  }

  /// The offer that the media half has answered, or null.
  Pending answered(long ours) {
    answered = true;
    return offers.remove(ours);
  }

  /// The request behind a number that was refused, or null.
  Pending refused(long ours) {
    if (ours == answerNumber) {
      answerNumber = -1;
      return new Pending(answerRef, ours);
    }
    return offers.remove(ours);
  }

  /// Notes how a track that it receives flows.
  ///
  /// @param held why not, or null: it does
  Notice flows(String track, HoldReason held) {
    return note(flows, track, new Notice.StreamState(track, held));
  }

  /// Notes what the server does without on its side.
  Notice load(OverloadStep step) {
    load = new Notice.Load(step);
    return load;
  }

  /// Notes what of a track that it publishes is wanted.
  Notice quality(String track, String mid, List<String> rids, boolean any) {
    return note(qualities, track, new Notice.SubscribedQuality(track, mid, rids, any));
  }

  private static Notice note(Map<String, Notice> among, String track, Notice notice) {
    among.put(track, notice);
    return notice;
  }

  /// It does not receive a track any more.
  void unsubscribed(String track) {
    flows.remove(track);
  }

  /// A track has ended.
  void ended(String track) {
    flows.remove(track);
    qualities.remove(track);
  }

  /// The latest of what is kept for nobody, for an owner who comes back.
  List<Notice> standing() {
    var all = new ArrayList<>(flows.values());
    if (load != null) {
      all.addFirst(load);
    }
    all.addAll(qualities.values());
    return all;
  }

  /// A data channel with this label is open.
  void opened(String label) {
    if (channels.size() < MOST_CHANNELS) {
      channels.add(label);
    }
  }

  /// None is, any more.
  void closed(String label) {
    channels.remove(label);
  }

  boolean carries(String label) {
    return channels.contains(label);
  }

  /// Notes that a message of a data channel was dealt with.
  ///
  /// @return what the media half is to be told of by now, or null
  Taken took(int length) {
    messages++;
    octets += length;
    if (messages < TOLD_MESSAGES && octets < TOLD_OCTETS) {
      return null;
    }
    var taken = new Taken(messages, octets);
    messages = 0;
    octets = 0;
    return taken;
  }

  /// Everything that will not be answered any more.
  List<Pending> abandon() {
    var all = new ArrayList<>(offers.values());
    offers.clear();
    return all;
  }
}
