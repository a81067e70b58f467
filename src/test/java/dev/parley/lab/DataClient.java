package dev.parley.lab;

import dev.parley.engine.Engine;
import dev.parley.protocol.sctp.ChannelParameters;
import dev.parley.protocol.sctp.ChannelRefused;
import dev.parley.protocol.sctp.SctpAssociation;
import dev.parley.protocol.sctp.SctpEffects;
import dev.parley.protocol.sctp.SctpEvent;
import dev.parley.protocol.sctp.SctpKit;
import dev.parley.protocol.sctp.SctpLimits;
import dev.parley.protocol.sctp.SctpSetup;
import dev.parley.protocol.sctp.SendVerdict;
import dev.parley.wire.FiveTuple;
import dev.parley.wire.Transport;
import dev.parley.wire.TransportAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// The data channels of a [PeerClient], in virtual time. What comes is kept.
public final class DataClient implements SfuNetwork.Client, SctpEffects {
  /// A message that came.
  ///
  /// @param at when, nanoseconds
  public record Came(String label, boolean binary, byte[] octets, long at) {
    public String text() {
      return new String(octets, java.nio.charset.StandardCharsets.UTF_8);
    }
  }

  private final SfuNetwork network;
  private final PeerClient client;
  private final SctpAssociation sctp;
  private final Map<Integer, String> labels = new HashMap<>();
  private final List<Came> came = new ArrayList<>();
  private final List<SctpEvent> events = new ArrayList<>();

  /// @param client whose DTLS is up
  public DataClient(SfuNetwork network, PeerClient client, int seed) {
    this.network = network;
    this.client = client;
    this.sctp =
        new SctpAssociation(
            new SctpKit(new Random(seed), new byte[32]),
            SctpSetup.of(true, 262_144),
            SctpLimits.DEFAULT,
            this);
    client.within(
        packet -> {
          sctp.receive(packet, 0, packet.length, network.now());
        });
    // A path of its own, since this has nothing to do but to be woken.
    TransportAddress nowhere = TransportAddress.ipv4(seed, 9);
    network.attach(new FiveTuple(Transport.UDP, nowhere, nowhere), this);
    sctp.connect(network.now());
  }

  /// Opens a channel.
  ///
  /// @return its number
  public int open(ChannelParameters parameters) {
    try {
      int number = sctp.open(parameters, network.now());
      labels.put(number, parameters.label());
      sctp.flush(network.now());
      return number;
    } catch (ChannelRefused refused) {
      throw new AssertionError(refused);
    }
  }

  /// The number of the channel with a label, or -1.
  public int channel(String label) {
    for (Map.Entry<Integer, String> each : labels.entrySet()) {
      if (each.getValue().equals(label)) {
        return each.getKey();
      }
    }
    return -1;
  }

  public SendVerdict send(int channel, boolean binary, byte[] octets) {
    SendVerdict verdict = sctp.send(channel, binary, octets, 0, octets.length, network.now());
    sctp.flush(network.now());
    return verdict;
  }

  public SctpAssociation sctp() {
    return sctp;
  }

  public List<Came> came() {
    return came;
  }

  public List<SctpEvent> events() {
    return events;
  }

  @Override
  public void transmit(byte[] octets, int at, int length) {
    client.within(octets, at, length);
  }

  @Override
  public void message(int channel, boolean binary, byte[] octets, int at, int length) {
    byte[] kept = Arrays.copyOfRange(octets, at, at + length);
    came.add(new Came(labels.get(channel), binary, kept, network.now()));
  }

  @Override
  public void happened(SctpEvent event) {
    events.add(event);
    if (event instanceof SctpEvent.Opened(int number, var parameters)) {
      labels.put(number, parameters.label());
    } else if (event instanceof SctpEvent.Closed(int number, var _)) {
      labels.remove(number);
    }
  }

  @Override
  public void receive(byte[] datagram, FiveTuple path, long now) {
    throw new AssertionError("nobody sends here");
  }

  @Override
  public void tick(long now) {
    sctp.tick(now);
  }

  @Override
  public long deadline() {
    return sctp.deadline() == SctpAssociation.NEVER ? Engine.NEVER : sctp.deadline();
  }
}
