package dev.parley.engine.sfu;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Whose microphones are forwarded in a room that has more than [SfuSettings#audioN]: those that
/// sounded last, and where too many sound at once, the loudest. Confined to the loop of the room.
///
/// Who begins to speak is let in by that very packet, in the place of the one who has been silent
/// longest. Who spoke a moment ago keeps the place ([#HOLD]), unless another has clearly more to
/// say ([Voice#outdoes]). While there is a place for each, nobody is looked at.
final class Loudest {
  /// Nobody is cut between two words or sentences.
  static final long HOLD = Duration.ofSeconds(2).toNanos();

  private final int places;
  private final List<Microphone> all = new ArrayList<>();
  private final List<Microphone> heard = new ArrayList<>();

  /// @param places 0 for as many as there are
  Loudest(int places) {
    this.places = places == 0 ? Integer.MAX_VALUE : places;
  }

  /// One that tells how loud it is.
  void add(Microphone microphone) {
    all.add(microphone);
    if (heard.size() < places) {
      letIn(microphone);
    } else {
      microphone.hush();
    }
  }

  void remove(Microphone microphone) {
    if (all.remove(microphone)) {
      heard.remove(microphone);
      if (all.size() <= places) {
        all.stream().filter(each -> !each.audible()).forEach(this::letIn);
      }
    }
  }

  private void letIn(Microphone microphone) {
    heard.add(microphone);
    microphone.letIn();
  }

  /// One that is not forwarded makes a sound.
  void sounds(Microphone microphone, long now) {
    if (heard.size() < places) {
      letIn(microphone);
      return;
    }
    Microphone out = silent();
    if (out.sounded(HOLD, now)) {
      out = faintest();
      if (out.heldFor(HOLD, now) || !microphone.voice().outdoes(out.voice())) {
        return;
      }
    }
    heard.remove(out);
    out.hush();
    letIn(microphone);
    microphone.takes(now);
  }

  /// The one that has been silent longest; of those that never sounded, the last that came.
  private Microphone silent() {
    Microphone found = heard.getLast();
    for (int i = heard.size() - 2; i >= 0; i--) {
      Microphone each = heard.get(i);
      if (each.soundedBefore(found)) {
        found = each;
      }
    }
    return found;
  }

  private Microphone faintest() {
    Microphone found = heard.getFirst();
    for (int i = 1; i < heard.size(); i++) {
      Microphone each = heard.get(i);
      if (each.voice().utterance() < found.voice().utterance()) {
        found = each;
      }
    }
    return found;
  }
}
