package dev.parley.protocol.sctp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// One end of a [SctpPair], with all it was told.
final class TestEnd implements SctpEffects {
  /// One message as it came.
  record Message(int channel, boolean binary, byte[] octets) {
    String text() {
      return new String(octets, StandardCharsets.UTF_8);
    }
  }

  final SctpPair pair;
  final SctpAssociation association;
  final List<SctpEvent> events = new ArrayList<>();
  final List<Message> messages = new ArrayList<>();
  TestEnd other;
  int allowance = Integer.MAX_VALUE;
  // What it does with a message, after noting it.
  java.util.function.Consumer<Message> reaction = message -> {};

  TestEnd(SctpPair pair, SctpKit kit, boolean dtlsClient, SctpLimits limits) {
    this.pair = pair;
    this.association = new SctpAssociation(kit, SctpSetup.of(dtlsClient, 0), limits, this);
  }

  @Override
  public void transmit(byte[] octets, int at, int length) {
    pair.transmit(other, octets, at, length);
  }

  @Override
  public void message(int channel, boolean binary, byte[] octets, int at, int length) {
    Message message = new Message(channel, binary, Arrays.copyOfRange(octets, at, at + length));
    messages.add(message);
    reaction.accept(message);
  }

  @Override
  public void happened(SctpEvent event) {
    events.add(event);
  }

  @Override
  public int allowance(long now) {
    return allowance;
  }

  boolean up() {
    return association.state() == SctpAssociation.State.ESTABLISHED;
  }

  boolean told(SctpEvent event) {
    return events.contains(event);
  }

  int open(ChannelParameters parameters) {
    try {
      return association.open(parameters, pair.now);
    } catch (ChannelRefused refused) {
      throw new AssertionError(refused);
    }
  }

  SendVerdict text(int channel, String text) {
    byte[] octets = text.getBytes(StandardCharsets.UTF_8);
    return association.send(channel, false, octets, 0, octets.length, pair.now);
  }

  SendVerdict send(int channel, byte[] octets) {
    return association.send(channel, true, octets, 0, octets.length, pair.now);
  }

  List<String> texts() {
    return messages.stream().map(Message::text).toList();
  }
}
