package dev.parley.engine.sfu;

import dev.parley.engine.Deadline;
import dev.parley.engine.Engine;
import dev.parley.engine.Timers;
import dev.parley.engine.peer.Publication;
import dev.parley.engine.peer.Sender;
import dev.parley.media.Counter;
import dev.parley.media.SfuEvent;
import dev.parley.media.TrackKind;
import dev.parley.media.TrackView;
import dev.parley.protocol.rtp.MediaCodec;
import dev.parley.protocol.rtp.RtpExtension;
import dev.parley.protocol.sdp.Codec;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/// A track of a room: what one section of a publisher brings, its [Layer]s and those who get it.
/// Confined to the loop of the room.
public final class PublishedTrack {
  private static final long TICK = Duration.ofMillis(500).toNanos();

  /// Nothing came for so long: nothing changes until something comes.
  private static final long IDLE = Duration.ofSeconds(10).toNanos();

  private static final int PAYLOAD_TYPES = 128;

  private final SfuKit kit;
  private final Router router;
  private final Origin publisher;
  private final String id;
  private final Codec[] codecs = new Codec[PAYLOAD_TYPES];
  private MediaCodec[] mediaCodecs;
  private final Timers.Alarm alarm = new Timers.Alarm(this::wake);
  private final Gathered gathered = new Gathered();
  private Publication publication;
  private final Ladder ladder = new Ladder();
  private final LayersInUse inUse;
  private final Legs legs;
  private Subscription[] subscriptions = new Subscription[4];
  private int subscribed;
  private boolean muted;
  private Microphone microphone;
  private int descriptorId;
  private String codec;
  private TrackView told;
  private long tickedAt;
  private boolean ticking;

  PublishedTrack(SfuKit kit, Router router, Origin publisher, String id, Publication publication) {
    this.kit = kit;
    this.router = router;
    this.publisher = publisher;
    this.id = id;
    muted = publication.muted();
    publication(publication);
    codec = offered().getFirst().name();
    if (kind() == TrackKind.AUDIO && !publication.source().equals("screen-audio")) {
      microphone = new Microphone(router, publisher.participant(), this::rest);
      microphone.published(publication);
    }
    told = view();
    inUse = new LayersInUse(router.name(), this);
    legs = new Legs(kit, this);
  }

  /// The client goes on with other codecs or layers.
  public void republished(Publication anew) {
    publication(anew);
    ladder.layers().forEach(Layer::republished);
    inUse.republished();
    if (carried()) {
      use(kit.now());
    }
    for (int i = 0; i < subscribed; i++) {
      subscriptions[i].republished();
    }
    tell();
    router.changed(this);
  }

  private void publication(Publication anew) {
    publication = anew;
    Arrays.fill(codecs, null);
    mediaCodecs = anew.formats();
    for (Codec each : anew.section().codecs()) {
      codecs[each.payloadType()] = each;
    }
    if (microphone != null) {
      microphone.published(anew);
    }
    descriptorId = anew.section().extension(RtpExtension.DEPENDENCY_DESCRIPTOR.uri(), false);
  }

  /// A stream of its section was heard for the first time.
  public Layer stream(String rid, int ssrc, Codec of, long now) {
    Layer layer = new Layer(kit, this, rid, ssrc, kit.nextLayer(), of.clock());
    Layer before = ladder.add(layer);
    if (before != null) {
      // The client goes on with another SSRC and need not have said so.
      before.ended();
    }
    for (int i = 0; i < subscribed; i++) {
      subscriptions[i].choose(now);
    }
    if (!ticking) {
      tickAgain(now);
    }
    return layer;
  }

  /// Hot: a packet stands in a slot of a layer's ring. It is forwarded with those that came with
  /// it.
  void forward(Layer layer, int slot, boolean begins, long now) {
    if (!ticking && kind() == TrackKind.VIDEO) {
      tickAgain(now);
    }
    if (microphone != null && !microphone.hear(layer.ring(), slot, now) && legs.isEmpty()) {
      kit.count(Counter.SFU_AUDIO_LEFT_OUT);
      return;
    }
    gathered.add(layer, slot, begins);
    if (gathered.full()) {
      forward(now);
    } else if (gathered.size() == 1) {
      kit.gathered(this, !legs.isEmpty());
    }
  }

  /// Hands what was gathered to other branches, which need not wait until this one's receivers have
  /// been served: that takes milliseconds where there are hundreds of them.
  void carry(long now) {
    if (gathered.carry(legs, now)) {
      kit.branches().flush();
    }
  }

  /// Forwards what was gathered, receiver by receiver: the parts of a frame reach the socket as one
  /// run for each, and what a receiver needs is touched once for all of them.
  void forward(long now) {
    if (!legs.isEmpty()) {
      carry(now);
    }
    gathered.even();
    Subscription[] all = subscriptions;
    int count = audible() ? subscribed : 0;
    for (int i = 0; i < count; i++) {
      try {
        gathered.forward(all[i], now);
      } catch (RuntimeException bug) {
        all[i].member().fail(bug);
      }
    }
    gathered.clear();
  }

  /// Whether it is no microphone, or one of those that are heard.
  boolean audible() {
    return microphone == null || microphone.audible();
  }

  /// Others are louder: its packets are passed over.
  private void rest() {
    for (int i = 0; i < subscribed; i++) {
      subscriptions[i].rest();
    }
  }

  /// A layer has ended.
  void ended(Layer layer, long now) {
    ladder.remove(layer);
    legs.ended(layer);
    for (int i = 0; i < subscribed; i++) {
      subscriptions[i].ended(layer, now);
    }
  }

  /// The client publishes it no longer.
  void end(long now) {
    List.copyOf(ladder.layers()).forEach(Layer::ended);
    if (microphone != null) {
      microphone.silence(now);
    }
    while (subscribed > 0) {
      subscriptions[subscribed - 1].member().lose(this);
    }
    kit.timers().cancel(alarm);
  }

  /// Nothing of it is sent, or all again.
  public void mute(boolean wanted, long now) {
    if (muted == wanted) {
      return;
    }
    muted = wanted;
    tell();
    router.changed(this);
    for (int i = 0; i < subscribed; i++) {
      subscriptions[i].reconsider(now);
    }
  }

  /// The codec that packets are of by now; of video, where it may change.
  void carries(MediaCodec now, long at) {
    if (now != null && kind() == TrackKind.VIDEO && !now.encodingName().equals(codec)) {
      codec = now.encodingName();
      kit.timers().noLaterThan(alarm, at + TICK);
    }
  }

  private long wake(long now) {
    boolean recast = !codec.equals(told.codec());
    tell();
    if (recast) {
      router.changed(this);
      router.recast(this, now);
    }
    boolean video = kind() == TrackKind.VIDEO;
    ticking = inUse.pending() || video && ladder.heardSince(now - IDLE);
    if (!ticking) {
      return Engine.NEVER;
    }
    if (video) {
      ladder.tick(Math.max(1, now - tickedAt) / 1e9);
      relayer(now);
    }
    tickedAt = now;
    use(now);
    return Deadline.at(now + TICK);
  }

  private void tickAgain(long now) {
    ticking = true;
    tickedAt = now;
    kit.timers().noLaterThan(alarm, now + TICK);
  }

  /// What layers there are has changed, or may have: all look again which they are to get.
  void relayer(long now) {
    ladder.rebuild(now);
    for (int i = 0; i < subscribed; i++) {
      subscriptions[i].choose(now);
    }
  }

  /// Who has use for which layers may have changed: the publisher is told where that matters to it.
  void use(long now) {
    boolean known = kind() == TrackKind.VIDEO && !ladder.layers().isEmpty();
    if (!carried() && (muted || !known)) {
      return;
    }
    int wanted = legs.wanted(inUse);
    if (kind() == TrackKind.AUDIO && router.leads()) {
      wanted = inUse.all();
    }
    for (int i = 0; i < subscribed; i++) {
      if (subscriptions[i].wants()) {
        int needed = known ? ladder.needed(subscriptions[i].demand().preference()) : 0;
        wanted |= known ? inUse.ofLayers(needed, ladder.layers()) : inUse.all();
      }
    }
    SfuEvent.LayersWanted news = inUse.wanted(wanted, now);
    if (news != null) {
      publisher.wanted(news);
    }
    if (inUse.pending() && !ticking) {
      tickAgain(now);
    }
  }

  private void tell() {
    TrackView view = view();
    if (!view.equals(told)) {
      told = view;
      if (!carried()) {
        kit.tell(new SfuEvent.TrackChanged(router.name(), view));
      }
    }
  }

  /// What others may know of it.
  public TrackView view() {
    return new TrackView(
        id,
        publisher.participant(),
        kind(),
        publication.source(),
        codec,
        muted,
        publication.section().rids(),
        publication.encrypted());
  }

  /// What a receiver is offered it with: all the codecs it may come in.
  List<Codec> offered() {
    return publication.section().codecs().stream().filter(each -> !each.retransmission()).toList();
  }

  /// Whether a client takes what it comes in by now; of RED, it may get what is within.
  boolean suits(Sender sender) {
    boolean audio = kind() == TrackKind.AUDIO;
    return offered().stream()
        .filter(each -> audio || each.name().equalsIgnoreCase(codec))
        .anyMatch(each -> sender.payloadType(each) >= 0);
  }

  void add(Subscription subscription) {
    if (subscribed == subscriptions.length) {
      subscriptions = Arrays.copyOf(subscriptions, 2 * subscribed);
    }
    subscriptions[subscribed++] = subscription;
    if (carried()) {
      use(kit.now());
    }
  }

  void remove(Subscription subscription) {
    for (int i = 0; i < subscribed; i++) {
      if (subscriptions[i] == subscription) {
        subscriptions[i] = subscriptions[--subscribed];
        subscriptions[subscribed] = null;
        if (carried()) {
          use(kit.now());
        }
        return;
      }
    }
  }

  /// Whether its participant speaks, or did a moment ago.
  boolean speaks() {
    return router.speaks(publisher.participant(), kit.now());
  }

  /// Whether anybody is to be sent something of it.
  boolean watched() {
    return !legs.isEmpty()
        || Arrays.stream(subscriptions, 0, subscribed).anyMatch(Subscription::open);
  }

  /// The ring of a layer by its number, or null if it has ended.
  PacketRing ring(int number) {
    Layer layer = layer(number);
    return layer == null ? null : layer.ring();
  }

  public Layer layer(int number) {
    return ladder.layer(number);
  }

  /// What comes of it by now.
  public List<Layer> layers() {
    return ladder.layers();
  }

  /// Its ways to other branches of the room.
  public Legs legs() {
    return legs;
  }

  /// Whether it is another branch's.
  public boolean carried() {
    return !(publisher instanceof Member);
  }

  /// The codec of its packets on the branch it comes from.
  public void codec(String name, long now) {
    if (!codec.equals(name)) {
      codec = name;
      kit.timers().noLaterThan(alarm, now + TICK);
    }
  }

  Ladder ladder() {
    return ladder;
  }

  /// The id of dependency descriptors in the publisher's packets, or 0.
  int descriptorId() {
    return descriptorId;
  }

  /// The codec of a payload type of the publisher, or null.
  public Codec codec(int payloadType) {
    return codecs[payloadType];
  }

  MediaCodec mediaCodec(int payloadType) {
    return mediaCodecs[payloadType];
  }

  public Publication publication() {
    return publication;
  }

  public String id() {
    return id;
  }

  public Origin publisher() {
    return publisher;
  }

  TrackKind kind() {
    return publication.kind();
  }

  public boolean muted() {
    return muted;
  }
}
