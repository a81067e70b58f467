package dev.parley.bench;

import dev.parley.engine.Effects;
import dev.parley.engine.turn.Quotas;
import dev.parley.engine.turn.TurnEffect;
import dev.parley.media.MediaEvent;
import dev.parley.media.TurnPolicy;
import dev.parley.protocol.stun.StunAttribute;
import dev.parley.protocol.stun.StunClass;
import dev.parley.protocol.stun.StunMessage;
import dev.parley.protocol.stun.StunRefused;
import dev.parley.protocol.stun.StunValues;
import dev.parley.wire.FiveTuple;
import dev.parley.wire.Octets;
import dev.parley.wire.TransportAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/// The adapter as [TurnFuzz] has it: carries nothing out, but knows what would stand and finds
/// every order that makes no sense; remembers of the answers what clients need.
final class TurnFuzzAdapter implements Effects<TurnEffect>, Quotas {
  private record Row(long relay, FiveTuple client, int channel) {}

  private final Map<Long, TurnEffect.OpenRelay> relays = new HashMap<>();
  private final Set<TransportAddress> bound = new HashSet<>();
  private final Set<Row> routes = new HashSet<>();
  private final List<TurnEffect.OpenRelay> pending = new ArrayList<>();
  private final Map<FiveTuple, byte[]> nonces = new HashMap<>();
  private final List<byte[]> tickets = new ArrayList<>(List.of(new byte[0]));
  private final List<Long> tokens = new ArrayList<>(List.of(1L));
  private String listed = "";
  private long lastRelay = -1;
  private long successes;
  private long refusals;
  private long relayed;
  private int requestLength;
  private boolean proved;
  private int reserved;
  private int ports;

  long successes() {
    return successes;
  }

  long refusals() {
    return refusals;
  }

  long relayed() {
    return relayed;
  }

  int pending() {
    return pending.size();
  }

  String listed() {
    return listed;
  }

  byte[] nonce(FiveTuple path) {
    return nonces.get(path);
  }

  byte[] ticket(SplittableRandom random) {
    return tickets.get(random.nextInt(tickets.size()));
  }

  long token(SplittableRandom random) {
    return tokens.get(random.nextInt(tokens.size()));
  }

  long someRelay(SplittableRandom random) {
    return lastRelay - random.nextInt(30);
  }

  /// The next input.
  void begins(byte[] octets) {
    requestLength = octets.length;
  }

  /// One of the relays that wait for an answer, or null for now.
  TurnEffect.OpenRelay next(SplittableRandom random) {
    boolean later = pending.isEmpty() || random.nextInt(3) == 0;
    return later ? null : pending.remove(random.nextInt(pending.size()));
  }

  void failed(TurnEffect.OpenRelay open) {
    if (relays.remove(open.relay()) != null) {
      bound.remove(open.local());
    }
  }

  void checkEmpty() {
    check(relays.isEmpty() && bound.isEmpty(), "relays are left: " + relays.size());
    check(routes.isEmpty(), "routes are left: " + routes.size());
    check(reserved == 0 && ports == 0, "quotas are left: " + reserved + " with " + ports);
  }

  @Override
  public void effect(TurnEffect effect) {
    switch (effect) {
      case TurnEffect.OpenRelay open -> {
        check(open.relay() > lastRelay, "a relay's number is used again");
        lastRelay = open.relay();
        check((open.local().port() >>> 1) % 2 == 0, "the port is another loop's");
        check(bound.add(open.local()), "the port is taken by ourselves");
        relays.put(open.relay(), open);
        pending.add(open);
      }
      case TurnEffect.CloseRelay close -> {
        TurnEffect.OpenRelay open = relays.remove(close.relay());
        check(open != null, "closes what is not open");
        bound.remove(open.local());
        routes.removeIf(row -> row.relay == close.relay());
      }
      case TurnEffect.RouteUp up -> {
        check(relays.containsKey(up.relay()), "a route of no relay");
        check(up.peer().ipv4() == relays.get(up.relay()).local().ipv4(), "families differ");
        check(routes.add(new Row(up.relay(), up.client(), up.channel())), "is up already");
      }
      case TurnEffect.RouteDown down ->
          check(
              routes.remove(new Row(down.relay(), down.client(), down.channel())),
              "is down already");
      case TurnEffect.SendWhole whole -> check(relays.containsKey(whole.relay()), "no relay");
      default -> {}
    }
  }

  @Override
  public void transmit(byte[] octets, int at, int length, FiveTuple path) {
    if (bound.contains(path.local())) {
      relayed++;
      check(path.local().ipv4() == path.remote().ipv4(), "families differ");
      return;
    }
    if (octets[at] >> 6 == 1) {
      relayed++;
      check(Octets.u16(octets, at + 2) <= length - 4, "ChannelData says more than it has");
      return;
    }
    try {
      answered(StunMessage.parse(octets, at, length), path);
    } catch (StunRefused refused) {
      throw new AssertionError("the answer is no message", refused);
    }
  }

  private void answered(StunMessage message, FiveTuple path) throws StunRefused {
    if (message.messageClass() == StunClass.INDICATION) {
      relayed++;
      return;
    }
    proved = message.has(StunAttribute.MESSAGE_INTEGRITY);
    if (!proved && !path.transport().stream() && message.messageClass() != null) {
      int weight = 5 * (message.length() + 28);
      boolean dtls = path.transport() == dev.parley.wire.Transport.DTLS;
      check(dtls || weight <= 8 * (requestLength + 28), "amplified to " + message.length());
    }
    if (message.messageClass() == StunClass.SUCCESS_RESPONSE) {
      successes++;
    } else {
      refusals++;
    }
    for (int value = message.first(); value != StunMessage.NONE; value = message.next(value)) {
      StunAttribute attribute = StunAttribute.of(message.type(value));
      byte[] octets = message.octets();
      if (attribute == StunAttribute.NONCE) {
        nonces.put(path, Arrays.copyOfRange(octets, value, value + message.length(value)));
      } else if (attribute == StunAttribute.MOBILITY_TICKET) {
        keep(tickets, Arrays.copyOfRange(octets, value, value + message.length(value)));
      } else if (attribute == StunAttribute.RESERVATION_TOKEN) {
        keep(tokens, StunValues.u64(message, value));
      }
    }
  }

  private static <T> void keep(List<T> list, T item) {
    if (list.size() > 16) {
      list.remove(1);
    }
    list.add(item);
  }

  @Override
  public void tell(MediaEvent event) {
    if (event instanceof MediaEvent.Allocations told && !told.allocations().isEmpty()) {
      listed = told.allocations().getFirst().id();
    }
  }

  @Override
  public void follow(TurnPolicy policy) {}

  @Override
  public Answer reserve(String realm, String user, int wanted, long bandwidth) {
    if (reserved >= 20) {
      return ports % 2 == 0 ? Short.USER : Short.CAPACITY;
    }
    reserved++;
    ports += wanted;
    return new Reservation() {
      private int held = wanted;

      @Override
      public void confirm() {
        check(held > 0, "confirms nothing");
      }

      @Override
      public void release() {
        if (held > 0) {
          reserved--;
          ports -= held;
          held = 0;
        }
      }

      @Override
      public void releasePorts(int count) {
        check(held == 0 || held > count, "gives more ports back than it has");
        if (held > 0) {
          held -= count;
          ports -= count;
        }
      }
    };
  }

  private static void check(boolean sound, String otherwise) {
    if (!sound) {
      throw new AssertionError(otherwise);
    }
  }
}
