package dev.parley.hook;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/// How each URL does. Any thread may look.
final class Standing {
  /// A receiver that is installed anew is back by then.
  static final Duration LONG = Duration.ofMinutes(5);

  /// @param failingSince when the first of the failures was that no success has followed; or null
  /// @param cause of the last one, or null
  record Of(Instant failingSince, String cause) {
    static final Of GOOD = new Of(null, null);
  }

  private final Map<String, Of> byUrl = new LinkedHashMap<>();
  private final LongAdder delivered = new LongAdder();
  private final LongAdder failed = new LongAdder();

  Standing(List<String> urls) {
    urls.forEach(url -> byUrl.put(url, Of.GOOD));
  }

  /// @param failure null where a letter arrived
  synchronized void told(String url, String failure, Instant now) {
    if (failure == null) {
      delivered.increment();
      byUrl.put(url, Of.GOOD);
    } else {
      failed.increment();
      var since = byUrl.getOrDefault(url, Of.GOOD).failingSince();
      byUrl.put(url, new Of(since == null ? now : since, failure));
    }
  }

  synchronized Of of(String url) {
    return byUrl.getOrDefault(url, Of.GOOD);
  }

  /// URLs that nothing reached for [#LONG], by number.
  synchronized List<String> troubles(Instant now) {
    var troubles = new ArrayList<String>();
    int number = 0;
    for (var of : byUrl.values()) {
      number++;
      if (of.failingSince() != null && !now.isBefore(of.failingSince().plus(LONG))) {
        troubles.add("webhook " + number + " fails since " + of.failingSince() + ": " + of.cause());
      }
    }
    return troubles;
  }

  long delivered() {
    return delivered.sum();
  }

  long failed() {
    return failed.sum();
  }
}
