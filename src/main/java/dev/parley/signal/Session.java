package dev.parley.signal;

import dev.parley.identity.Grant;
import dev.parley.media.Encryption;
import dev.parley.media.PeerPolicy;
import dev.parley.room.Topology;
import java.util.List;

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
  private final Retained retained;
  private volatile Stage stage = Stage.WAITING;
  private ParticipantView view;
  private Attachment attachment;
  private long resumeBy = Meeting.NEVER;
  private long probed;
  private boolean serverOnly;
  private PeerEnd peer;
  private boolean leaving;
  private boolean told;

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
    this.host = knock.host();
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

  /// Whether it may be sent anything.
  boolean maySubscribe() {
    return grant.canSubscribe();
  }

  /// What it may do at the server.
  PeerPolicy policy(Limits limits, Encryption encryption) {
    var kind = view.kind();
    return new PeerPolicy(
        grant.canPublish() && !grant.hidden() && kind != ParticipantKind.VIEWER,
        grant.canSubscribe() && kind != ParticipantKind.ENCODER,
        kind != ParticipantKind.ENCODER,
        kind == ParticipantKind.PERSON,
        limits.peer(),
        encryption);
  }

  /// Its end at the server, or null.
  PeerEnd peer() {
    return peer;
  }

  void peer(PeerEnd end) {
    peer = end;
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
    long seq = notice.kept() && !classic ? retained.keep(notice) : 0;
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
