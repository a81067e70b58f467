package dev.parley.signal;

import dev.parley.identity.Grant;
import dev.parley.media.Encryption;
import dev.parley.media.PeerPolicy;
import dev.parley.room.Topology;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// One participant's conversation, which may outlive a socket: WAITING in the lobby → JOINED →
/// GONE, each of the first two with a line or, for a while, without one (detached).
///
/// Confined to its meeting's monitor.
final class Session {
  enum Stage {
    WAITING,
    /// Its place is its own; it is told when that is written.
    ENTERING,
    JOINED,
    GONE
  }

  private final Meeting meeting;
  private final String secret;
  private final Grant grant;
  private final Agent agent;
  private final boolean classic;
  private final String host;
  private final DataForm dataForm;
  private final Retained retained;
  private volatile Stage stage = Stage.WAITING;
  private ParticipantView view;
  private Attachment attachment;
  private long resumeBy = Meeting.NEVER;
  private long probed;
  private boolean serverOnly;
  private boolean leaving;
  private boolean told;
  private boolean dataRefused;
  private long lastData;
  private final Map<End, PeerEnd> ends = new EnumMap<>(End.class);
  private Audience audience = Audience.ALL;
  private final Map<String, Notice.Announced> announced = new LinkedHashMap<>();
  private final boolean anew;
  private boolean divided;
  private boolean alone;
  private boolean automatic = true;

  Session(
      Meeting meeting,
      ParticipantView view,
      String secret,
      Grant grant,
      Attachment.Knock knock,
      Agent agent,
      Limits limits) {
    this.meeting = meeting;
    this.view = view;
    this.secret = secret;
    this.grant = grant;
    this.agent = agent;
    this.serverOnly = agent != null;
    this.classic = knock.classic();
    this.anew = knock.anew();
    this.host = knock.host();
    this.dataForm = knock.data();
    this.retained = new Retained(limits.retainedNotices(), limits.retainedBytes());
  }

  Meeting meeting() {
    return meeting;
  }

  String id() {
    return view.id();
  }

  /// What a client proves itself with when it resumes.
  String secret() {
    return secret;
  }

  ParticipantView view() {
    return view;
  }

  boolean hidden() {
    return grant.hidden();
  }

  /// Whom a door speaks for instead of a line; or null.
  Agent agent() {
    return agent;
  }

  /// Whether media reaches it through the server only.
  boolean serverOnly() {
    return serverOnly;
  }

  /// @param topology SFU where only the server reaches it; null says nothing new
  void wishes(Topology topology) {
    serverOnly = topology == null ? serverOnly : topology == Topology.SFU;
  }

  /// To whom its tracks may be sent.
  Audience audience() {
    return audience;
  }

  void audience(Audience now) {
    audience = now;
  }

  /// Whether it may be sent anything.
  boolean maySubscribe() {
    return view.permissions().subscribe();
  }

  /// Whether its application may say anything to others. Who is hidden says nothing: others would
  /// hear of somebody who is not there.
  boolean mayPublishData() {
    return view.permissions().publishData() && !hidden();
  }

  /// Whether this is the first message of its data channels that is refused.
  boolean firstDataRefused() {
    boolean first = !dataRefused;
    dataRefused = true;
    return first;
  }

  /// Notes what it sent by a data channel, where it counts that.
  ///
  /// @return false where it was there before
  boolean newData(long number) {
    if (number == 0) {
      return true;
    }
    boolean anew = number > lastData;
    lastData = anew ? number : lastData;
    return anew;
  }

  /// The number of the last of its data messages that are counted, or 0.
  long lastData() {
    return lastData;
  }

  /// How data messages are spelled on its data channels; null where it is told none.
  DataForm dataForm() {
    return dataForm;
  }

  /// The end at the server that has a data channel with this label open, or null.
  PeerEnd carrier(String label) {
    var end = receiver();
    return end != null && end.carries(label) ? end : null;
  }

  /// What it may do at one of its ends at the server.
  ///
  /// @param only of whom it gets some tracks only
  PeerPolicy policy(End end, Limits limits, Encryption encryption, Map<String, Set<String>> only) {
    var kind = view.kind();
    var may = view.permissions();
    boolean publishes = may.publish() && !hidden() && kind != ParticipantKind.VIEWER;
    boolean subscribes = may.subscribe() && kind != ParticipantKind.ENCODER;
    return new PeerPolicy(
        publishes && end == End.MAIN,
        subscribes && end == receivingEnd(),
        kind != ParticipantKind.ENCODER && automatic,
        kind == ParticipantKind.PERSON && end == receivingEnd() && !alone,
        limits.peer(),
        encryption,
        may.sources(),
        end == End.RECEIVING,
        alone,
        end == End.RECEIVING,
        end == receivingEnd() ? only : Map.of());
  }

  /// Its client alone offers.
  ///
  /// @param all whether it gets every track, without asking
  void offersAlone(boolean all) {
    alone = true;
    automatic = all;
  }

  boolean alone() {
    return alone;
  }

  /// It receives on an end of its own from now on.
  ///
  /// @param all whether every track, without asking
  void divide(boolean all) {
    divided = true;
    automatic = all;
  }

  private End receivingEnd() {
    return divided ? End.RECEIVING : End.MAIN;
  }

  /// The end that its client offers on, or null.
  PeerEnd peer() {
    return ends.get(End.MAIN);
  }

  /// The end that it receives on, or null.
  PeerEnd receiver() {
    return ends.get(receivingEnd());
  }

  /// One of its ends at the server, or null.
  PeerEnd peer(End which) {
    return ends.get(which);
  }

  /// All it has.
  List<PeerEnd> ends() {
    return List.copyOf(ends.values());
  }

  void opened(PeerEnd end) {
    ends.put(end.which(), end);
  }

  void closed(PeerEnd end) {
    ends.remove(end.which(), end);
  }

  /// What it said of tracks that are not up yet, by their ids.
  Map<String, Notice.Announced> announced() {
    return announced;
  }

  /// Whether it is told everything anew when it comes back.
  boolean anew() {
    return anew;
  }

  boolean classic() {
    return classic;
  }

  String host() {
    return host;
  }

  /// Whether it is in; readable from any thread.
  boolean joined() {
    return stage == Stage.JOINED;
  }

  boolean waiting() {
    return stage == Stage.WAITING;
  }

  boolean entering() {
    return stage == Stage.ENTERING;
  }

  /// Whether it has a place.
  boolean seated() {
    return joined() || entering();
  }

  /// Whether it is on its way out: as soon as that is written.
  boolean leaving() {
    return leaving;
  }

  void leaves() {
    leaving = true;
  }

  /// Whether it could be told that it is in, or waits.
  boolean told() {
    return told;
  }

  boolean gone() {
    return stage == Stage.GONE;
  }

  Attachment attachment() {
    return attachment;
  }

  long resumeBy() {
    return resumeBy;
  }

  long probed() {
    return probed;
  }

  void probedAt(long now) {
    probed = now;
  }

  void view(ParticipantView changed) {
    view = changed;
  }

  void stage(Stage next) {
    stage = next;
  }

  void attach(Attachment at, long now) {
    attachment = at;
    resumeBy = Meeting.NEVER;
    probed = now;
    view = view.connected(true);
  }

  void detach(long until) {
    attachment = null;
    resumeBy = until;
    view = view.connected(false);
  }

  /// Forgets what the client has seen.
  void seen(long seq) {
    retained.seen(seq);
  }

  boolean covers(long seq) {
    return retained.covers(seq);
  }

  /// Numbers and keeps a notice, and sends it where there is a line.
  void tell(Notice notice, List<Effect> effects) {
    told |= attachment != null || agent != null;
    if (agent != null) {
      return;
    }
    long seq = notice.kept() && !classic && !anew ? retained.keep(notice) : 0;
    if (attachment != null) {
      effects.add(new Effect.Send(attachment, notice, seq));
    }
  }

  /// Answers a resume and repeats what was missed, in order.
  void repeat(String ref, long seen, List<Effect> effects) {
    retained.seen(seen);
    effects.add(new Effect.Send(attachment, new Notice.Resumed(ref, retained.last()), 0));
    for (var missed : retained.missed()) {
      effects.add(new Effect.Send(attachment, missed.notice(), missed.seq()));
    }
  }
}
