package dev.parley.engine.sfu;

import dev.parley.media.Quality;

/// How good a connection is, 1.0 to 5.0, by the E-model (ITU-T G.107) with all of it but loss and
/// delay at its defaults.
///
/// ```
/// R   = 93.2 - Id - Ie - Iv                               93.2: all defaults of G.107, nothing impaired
/// Id  = 0.024 d + 0.11 max(0, d - 177.3)                  d = round trip / 2 + 2 jitter, milliseconds
/// Ie  = 95 p / (p + 25.1)                                 p = packets lost of 100; 25.1: random loss that
///                                                         the receiver conceals (G.113, appendix I)
/// Iv  = min(50, 12 log2(1 / share))                       share of the video rate that is of use
/// MOS = 1 + 0.035 R + 7e-6 R (R - 60) (100 - R)           1 to 4.41 (G.107, annex B)
/// score = 1 + 4 (MOS - 1) / 3.41                          so that an untroubled path has 5.0
/// ```
///
/// Id is the approximation of Cole and Rosenbluth ("Voice over IP performance monitoring", 2001); a
/// receiver's buffer is taken to hold twice the jitter. Iv is ours: half the useful rate costs as
/// much as 3.6 % loss. The path is that between one client and the server, the other client's way
/// comes on top; loss is that of the path, before repair.
final class ConnectionScore {
  /// The worst.
  static final double WORST = 1;

  /// The best.
  static final double BEST = 5;

  private static final double UNIMPAIRED = 93.2;
  private static final double CONCEALED = 25.1;
  private static final double TOP = mos(UNIMPAIRED);
  private static final double EXCELLENT = 4.5;
  private static final double GOOD = 3.6;

  /// By so much a score has to be beyond the bound of a better class than the one before, so that
  /// what stands at a bound does not flicker.
  private static final double MARGIN = 0.1;

  private ConnectionScore() {}

  /// Of one direction.
  ///
  /// @param loss share of the packets, 0 to 1
  /// @param roundTrip nanoseconds; negative where it is not known
  /// @param jitter nanoseconds
  /// @param share of the video rate that would be of use, 0 to 1; 1 where there is no video
  static double of(double loss, long roundTrip, long jitter, double share) {
    double delay = (Math.max(0, roundTrip) / 2.0 + 2.0 * Math.max(0, jitter)) / 1e6;
    double rating = UNIMPAIRED - delay(delay) - loss(100 * loss) - video(share);
    double score = WORST + (BEST - WORST) * (mos(rating) - 1) / (TOP - 1);
    return Math.round(100 * Math.clamp(score, WORST, BEST)) / 100.0;
  }

  private static double delay(double milliseconds) {
    return 0.024 * milliseconds + 0.11 * Math.max(0, milliseconds - 177.3);
  }

  private static double loss(double percent) {
    return 95 * percent / (percent + CONCEALED);
  }

  private static double video(double share) {
    return share <= 0 ? 50 : Math.clamp(12 * Math.log(1 / share) / Math.log(2), 0, 50);
  }

  /// Ratings below 6.5 would come out under 1, where there is nothing.
  private static double mos(double rating) {
    double r = Math.clamp(rating, 0, 100);
    return Math.max(1, 1 + 0.035 * r + 7e-6 * r * (r - 60) * (100 - r));
  }

  /// The class of a score of somebody who is heard: of loss alone, up to 4.4 % are excellent and up
  /// to 12 % good; half of the useful video rate is excellent, a sixth good.
  static Quality quality(double score) {
    if (score >= EXCELLENT) {
      return Quality.EXCELLENT;
    }
    return score >= GOOD ? Quality.GOOD : Quality.POOR;
  }

  /// The class of a score that follows another: worse at once, better only where it clearly is.
  ///
  /// @param before null for the first; of LOST nothing follows
  static Quality quality(double score, Quality before) {
    Quality found = quality(score);
    boolean better = before != null && before != Quality.LOST && found.compareTo(before) < 0;
    return better ? quality(score - MARGIN) : found;
  }
}
