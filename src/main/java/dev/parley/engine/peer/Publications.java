package dev.parley.engine.peer;

import dev.parley.media.PeerPolicy;
import dev.parley.media.SourceView;
import dev.parley.media.TrackKind;
import dev.parley.protocol.sdp.Kind;
import dev.parley.protocol.sdp.Section;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What the client publishes: the sections it sends in, less those whose publication was ended, and
/// those that are not encrypted as the room has it. Confined to the peer's loop.
final class Publications {
  private final PeerSide side;
  private final IncomingStreams streams;
  private final Map<String, Published> published = new LinkedHashMap<>();
  private final Map<String, SourceView> sources = new HashMap<>();

  /// Sections whose publication was ended here, until the client stops sending in them.
  private final Set<String> ended = new HashSet<>();

  private List<Section> sections = List.of();
  private PeerPolicy policy;

  Publications(PeerSide side, IncomingStreams streams, PeerPolicy policy) {
    this.side = side;
    this.streams = streams;
    this.policy = policy;
  }

  /// Both ends agreed on these sections.
  ///
  /// @param views what the client says some of them are
  void agreed(List<Section> agreed, List<SourceView> views) {
    views.forEach(view -> sources.put(view.mid(), view));
    sections = agreed;
    apply();
  }

  void policy(PeerPolicy other) {
    policy = other;
    apply();
  }

  /// What the client says a section is, by these views or before; null where it says nothing.
  SourceView declared(String mid, List<SourceView> views) {
    for (SourceView view : views) {
      if (view.mid().equals(mid)) {
        return view;
      }
    }
    return sources.get(mid);
  }

  /// The last word, whatever let a description through: what is declared otherwise than the room
  /// has it, or is of a source that its publisher may not send, goes up by no door.
  private boolean permitted(Section section) {
    SourceView view = sources.get(section.mid());
    return policy.publish()
        && policy.encryption().permits(view != null && view.encrypted())
        && policy.permits(source(view, section.kind() == Kind.AUDIO));
  }

  /// What the client says a section is of, or what its kind usually is.
  static String source(SourceView view, boolean audio) {
    String usual = audio ? "microphone" : "camera";
    return view == null ? usual : view.source();
  }

  void end(String mid) {
    if (published.containsKey(mid)) {
      ended.add(mid);
      apply();
    }
  }

  private void apply() {
    Map<String, Section> wanted = new LinkedHashMap<>();
    for (Section section : sections) {
      if (!section.receiving()) {
        ended.remove(section.mid());
        // What is published in it later is another track, of which nothing is declared yet.
        sources.remove(section.mid());
      } else if (permitted(section) && !ended.contains(section.mid())) {
        wanted.put(section.mid(), section);
      }
    }
    List<Published> gone = new ArrayList<>(published.values());
    gone.removeIf(one -> wanted.containsKey(one.mid()));
    gone.forEach(one -> published.remove(one.mid()));
    List<Publication> changed = new ArrayList<>();
    for (Section section : wanted.values()) {
      Publication publication = publication(section);
      Published before = published.get(section.mid());
      if (before == null) {
        published.put(section.mid(), new Published(publication));
        changed.add(publication);
      } else if (!before.publication().equals(publication)) {
        before.become(publication);
        changed.add(publication);
      }
    }
    streams.agreed(sections, published);
    gone.forEach(this::tellGone);
    for (Publication publication : changed) {
      if (published.containsKey(publication.mid())) {
        side.published(publication);
      }
    }
  }

  private void tellGone(Published one) {
    streams.end(one);
    side.unpublished(one.mid());
  }

  private Publication publication(Section section) {
    TrackKind kind = section.kind() == Kind.AUDIO ? TrackKind.AUDIO : TrackKind.VIDEO;
    SourceView view = sources.get(section.mid());
    return new Publication(
        section.mid(),
        kind,
        source(view, kind == TrackKind.AUDIO),
        view != null && view.muted(),
        view != null && view.encrypted(),
        section,
        view == null ? null : view.track());
  }

  /// The peer has closed.
  void release() {
    sections = List.of();
    apply();
  }
}
