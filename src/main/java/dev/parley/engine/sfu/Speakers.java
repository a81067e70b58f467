package dev.parley.engine.sfu;

import dev.parley.engine.Deadline;
import dev.parley.engine.Engine;
import dev.parley.media.SpeakerView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Who speaks in a room, and who of them has the word. Confined to the loop of the room.
///
/// Packets tell their levels to a [Voice]; every tenth of a second the voices are averaged:
///
/// 1. Who sounded for long enough that the shortest average passes a fifth *speaks*, and goes on
///    doing so through the pauses between words.
/// 2. Who has the word, the *dominant* one, keeps it for a second at least and through silence.
/// 3. Then the one with the most utterance in the last second takes it, if there was enough of it
///    to be no cough, and if it outdoes the dominant one's ([Voice#outdoes]): two who speak at once
///    do not take it from each other all the time.
///
/// While all are silent there is no deadline, and silence costs nothing.
public final class Speakers {
  private static final long TICK = Duration.ofMillis(100).toNanos();
  private static final long TELL = Duration.ofMillis(300).toNanos();
  private static final long HOLD = Duration.ofSeconds(1).toNanos();
  private static final double ENOUGH = 0.25;

  private final List<Voice> voices = new ArrayList<>();
  private boolean awake;
  private long tickedAt;
  private long toldAt;
  private boolean toldOnce;
  private Voice dominant;
  private Voice toldDominant;
  private long dominantSince;
  private List<SpeakerView> told = List.of();

  /// A participant's microphone has been published.
  public Voice join(String participant) {
    Voice voice = new Voice(this, participant);
    voices.add(voice);
    return voice;
  }

  /// A microphone is gone; one that had the word leaves it to nobody.
  public void leave(Voice voice, long now) {
    voices.remove(voice);
    if (dominant == voice) {
      dominant = null;
    }
    heard(now);
  }

  /// Does what is due.
  ///
  /// @return whether [#speaking] or [#dominant] is not what it was when this last said so
  public boolean tick(long now) {
    if (!awake || now - tickedAt < TICK) {
      return false;
    }
    average((now - tickedAt) / 1e9);
    tickedAt = now;
    elect(now);
    boolean changed = (!toldOnce || now - toldAt >= TELL) && changed();
    if (changed) {
      toldOnce = true;
      toldAt = now;
    } else {
      awake = !quiet();
    }
    return changed;
  }

  /// When it next wants to be ticked, or [Engine#NEVER].
  public long deadline() {
    return awake ? Deadline.at(tickedAt + TICK) : Engine.NEVER;
  }

  /// Who speaks, the loudest first, as of the last tick that said there is a change.
  public List<SpeakerView> speaking() {
    return told;
  }

  /// Who says more than a cough or a "yes", as of the last tick.
  Set<String> talking() {
    Set<String> names = new HashSet<>();
    for (Voice voice : voices) {
      if (voice.utterance() >= ENOUGH) {
        names.add(voice.participant());
      }
    }
    return names;
  }

  /// Who has the word, also while nobody speaks, or null before anybody spoke or when that one is
  /// gone.
  public String dominant() {
    return dominant == null ? null : dominant.participant();
  }

  /// Somebody makes a sound: there is something to average.
  void heard(long now) {
    if (!awake) {
      awake = true;
      tickedAt = now;
    }
  }

  private void average(double seconds) {
    for (int i = 0; i < voices.size(); i++) {
      voices.get(i).tick(seconds);
    }
  }

  private void elect(long now) {
    Voice first = null;
    for (int i = 0; i < voices.size(); i++) {
      Voice voice = voices.get(i);
      if (voice != dominant && (first == null || voice.utterance() > first.utterance())) {
        first = voice;
      }
    }
    if (first == null || first.utterance() < ENOUGH) {
      return;
    }
    if (dominant == null || now - dominantSince >= HOLD && first.outdoes(dominant)) {
      dominant = first;
      dominantSince = now;
    }
  }

  private boolean changed() {
    List<SpeakerView> now =
        voices.stream()
            .filter(Voice::speaking)
            .sorted(Comparator.comparingInt(Voice::tenths).reversed())
            .map(voice -> new SpeakerView(voice.participant(), voice.tenths() / 10.0))
            .toList();
    if (now.equals(told) && dominant == toldDominant) {
      return false;
    }
    told = now;
    toldDominant = dominant;
    return true;
  }

  /// Whether there is nothing to average and nothing that was not told.
  private boolean quiet() {
    for (int i = 0; i < voices.size(); i++) {
      if (!voices.get(i).quiet()) {
        return false;
      }
    }
    return told.isEmpty() && dominant == toldDominant;
  }
}
