package dev.parley.lab;

import java.time.Duration;

/// The paths that a sender has to get along with, from beginning to end; a second is a second of
/// virtual time.
public enum Paths {
  /// 3 Mbit/s, 400 kbit/s from second 10, 3 Mbit/s from second 25.
  STEPS {
    @Override
    public PathScenario run(PathSource source) {
      PathScenario scenario = new PathScenario(source, FAST).pass(10);
      scenario.path().rate(SLOW);
      scenario.pass(15).path().rate(FAST);
      return scenario.pass(15);
    }
  },
  /// 400 kbit/s from the beginning.
  SLOW_START {
    @Override
    public PathScenario run(PathSource source) {
      return new PathScenario(source, SLOW).pass(20);
    }
  },
  LOSS_OF_5_PERCENT {
    @Override
    public PathScenario run(PathSource source) {
      PathScenario scenario = new PathScenario(source, FAST);
      scenario.path().loss(LossModel.random(0.05, 11));
      return scenario.pass(30);
    }
  },
  /// From second 10 to second 25.
  LOSS_OF_20_PERCENT {
    @Override
    public PathScenario run(PathSource source) {
      PathScenario scenario = new PathScenario(source, FAST).pass(10);
      scenario.path().loss(LossModel.random(0.2, 12));
      scenario.pass(15).path().loss(LossModel.none());
      return scenario.pass(15);
    }
  },
  /// 5 % in bursts of 5 packets.
  BURSTS_OF_LOSS {
    @Override
    public PathScenario run(PathSource source) {
      PathScenario scenario = new PathScenario(source, FAST);
      scenario.path().loss(LossModel.bursts(0.05, 5, 13));
      return scenario.pass(30);
    }
  },
  ROUND_TRIP_OF_20_MS {
    @Override
    public PathScenario run(PathSource source) {
      return new PathScenario(source, FAST).roundTrip(Duration.ofMillis(20)).pass(20);
    }
  },
  ROUND_TRIP_OF_300_MS {
    @Override
    public PathScenario run(PathSource source) {
      return new PathScenario(source, FAST).roundTrip(Duration.ofMillis(300)).pass(30);
    }
  },
  /// 20 ms, 300 ms from second 10.
  LONGER_ROUTE {
    @Override
    public PathScenario run(PathSource source) {
      PathScenario scenario =
          new PathScenario(source, FAST).roundTrip(Duration.ofMillis(20)).pass(10);
      return scenario.roundTrip(Duration.ofMillis(300)).pass(20);
    }
  },
  /// The steps with 300 ms of round trip.
  STEPS_FAR_AWAY {
    @Override
    public PathScenario run(PathSource source) {
      PathScenario scenario =
          new PathScenario(source, FAST).roundTrip(Duration.ofMillis(300)).pass(10);
      scenario.path().rate(SLOW);
      scenario.pass(15).path().rate(FAST);
      return scenario.pass(15);
    }
  },
  /// Another flow takes 1.5 Mbit/s from second 10 to second 25.
  A_STEADY_FLOW_BESIDE {
    @Override
    public PathScenario run(PathSource source) {
      PathScenario scenario = new PathScenario(source, FAST).pass(10);
      scenario.beside(1_500_000, Duration.ofSeconds(15));
      return scenario.pass(30);
    }
  },
  /// A greedy flow from second 10 to second 40, with 150 ms of room in the queue.
  A_GREEDY_FLOW_BESIDE {
    @Override
    public PathScenario run(PathSource source) {
      PathScenario scenario = new PathScenario(source, FAST);
      scenario.path().limit(56_000);
      scenario.pass(10);
      var greedy = new RenoFlow(scenario.timeline(), scenario.path(), Duration.ofMillis(25));
      scenario.taken(FAST / 2);
      scenario.pass(30);
      greedy.stop();
      scenario.taken(0);
      return scenario.pass(15);
    }
  },
  /// Up to 30 ms of jitter.
  JITTER {
    @Override
    public PathScenario run(PathSource source) {
      PathScenario scenario = new PathScenario(source, FAST);
      scenario.path().delay(Duration.ofMillis(25), Duration.ofMillis(30));
      return scenario.pass(30);
    }
  },
  /// A queue of 60 ms.
  SHALLOW_QUEUE {
    @Override
    public PathScenario run(PathSource source) {
      PathScenario scenario = new PathScenario(source, FAST);
      scenario.path().limit(22_500);
      return scenario.pass(30);
    }
  },
  /// 600 kbit/s by a token bucket of 30,000 octets.
  TOKEN_BUCKET {
    @Override
    public PathScenario run(PathSource source) {
      PathScenario scenario = new PathScenario(source, 600_000);
      scenario.path().burst(30_000);
      return scenario.pass(40);
    }
  },
  /// No padding can be sent.
  STEPS_WITHOUT_PADDING {
    @Override
    public PathScenario run(PathSource source) {
      PathScenario scenario = new PathScenario(source, FAST).pads(false).pass(10);
      scenario.path().rate(SLOW);
      scenario.pass(15).path().rate(FAST);
      return scenario.pass(30);
    }
  },
  /// No feedback from second 10 to second 15.
  SILENCE {
    @Override
    public PathScenario run(PathSource source) {
      PathScenario scenario = new PathScenario(source, FAST).pass(10);
      scenario.answers(false);
      scenario.pass(5).answers(true);
      return scenario.pass(15);
    }
  };

  public static final double FAST = 3_000_000;
  public static final double SLOW = 400_000;

  /// Has it happen.
  public abstract PathScenario run(PathSource source);
}
