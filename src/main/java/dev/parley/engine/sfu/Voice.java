package dev.parley.engine.sfu;

/// One participant's microphone as [Speakers] hears it, by the levels in its packets (RFC 6464).
/// Confined to the loop of the room.
///
/// Loudness is 127 less the level in -dBov. What lies 10 dB above the noise of the place counts as
/// activity, by its loudness: 0 at -60 dBov, 1 at -30. The noise floor falls at once with the
/// quietest packet and rises slowly, so a fan becomes noise in seconds and speech, which pauses,
/// does not; it is not believed above -50 dBov. Three averages of the activity over about 0.3, 1
/// and 3 seconds tell a sound, an utterance and a turn.
public final class Voice {
  private static final double LOWEST_FLOOR = 57;
  private static final double HIGHEST_FLOOR = 77;
  private static final double ABOVE_FLOOR = 10;
  private static final double FLOOR_RISE = 2;
  private static final double RANGE = 30;
  private static final double QUIET = 0.01;
  private static final double BEGIN = 0.2;
  private static final double END = 0.05;

  private final Speakers speakers;
  private final String participant;
  private double floor = LOWEST_FLOOR;
  private double sum;
  private int packets;
  private int quietest;
  private boolean marksVoice;
  private double sound;
  private double utterance;
  private double turn;
  private boolean speaking;

  Voice(Speakers speakers, String participant) {
    this.speakers = speakers;
    this.participant = participant;
  }

  /// A packet's level; hot.
  ///
  /// @param level 0, the loudest, to 127, silence
  /// @param voice the V bit; heeded once it was ever set, since some never set it
  /// @return whether it makes a sound
  public boolean level(int level, boolean voice, long now) {
    int loudness = 127 - (level & 0x7f);
    marksVoice |= voice;
    quietest = packets == 0 ? loudness : Math.min(quietest, loudness);
    packets++;
    boolean sounds = (voice || !marksVoice) && loudness > floor + ABOVE_FLOOR;
    if (sounds) {
      sum += Math.min(1, (loudness - LOWEST_FLOOR - ABOVE_FLOOR) / RANGE);
      speakers.heard(now);
    }
    return sounds;
  }

  public String participant() {
    return participant;
  }

  /// Takes what came since the last tick, nothing being silence (DTX, mute), into the averages.
  void tick(double seconds) {
    double activity = packets == 0 ? 0 : sum / packets;
    if (packets > 0) {
      double risen = Math.min(quietest, floor + FLOOR_RISE * seconds);
      floor = Math.clamp(risen, LOWEST_FLOOR, HIGHEST_FLOOR);
    }
    sound = toward(sound, activity, seconds / 0.3);
    utterance = toward(utterance, activity, seconds);
    turn = toward(turn, activity, seconds / 3);
    speaking = speaking ? utterance >= END || sound >= BEGIN : sound >= BEGIN;
    sum = 0;
    packets = 0;
  }

  /// Whether nothing is left of what was said but what the longest average remembers.
  boolean quiet() {
    return utterance < QUIET && !speaking;
  }

  boolean speaking() {
    return speaking;
  }

  /// Loudness in tenths, from 0 to 10.
  int tenths() {
    return (int) Math.round(10 * sound);
  }

  /// How much of the last utterance this is; what dominance is decided by.
  double utterance() {
    return utterance;
  }

  /// Whether this voice takes the word from another: louder now and over the last second by a
  /// fifth, and no mere interjection beside the other's turn.
  boolean outdoes(Voice other) {
    return sound > 1.2 * other.sound
        && utterance > 1.2 * other.utterance
        && turn > 0.3 * other.turn;
  }

  private static double toward(double average, double value, double share) {
    return average + (value - average) * share / (1 + share);
  }
}
