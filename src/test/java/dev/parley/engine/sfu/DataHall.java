package dev.parley.engine.sfu;

import dev.parley.engine.Engine;
import dev.parley.lab.DataClient;
import dev.parley.media.ChannelForm;
import dev.parley.media.DataMessage;
import dev.parley.media.SfuCommand;
import dev.parley.media.SfuEvent;
import dev.parley.protocol.sctp.ChannelParameters;
import dev.parley.protocol.sctp.SctpAssociation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/// A [Hall] whose guests have data channels, and somebody who passes on what one says to all
/// others, as signaling does.
final class DataHall {
  /// From the loop to signaling, and back.
  private static final Duration WAY = Duration.ofMillis(1);

  final Hall hall;
  final Map<String, DataClient> clients = new LinkedHashMap<>();
  final Map<String, Integer> channels = new LinkedHashMap<>();
  final ChannelParameters form;

  /// Who takes orders: the hall's engine, or what stands before it.
  Engine orders;

  DataHall(int loops, ChannelParameters form) {
    this.form = form;
    hall = new Hall(loops);
    orders = hall.engine;
    hall.onJoin = guest -> guest.client.sdp().addData();
    hall.onEvent = this::told;
  }

  private void told(SfuEvent event) {
    if (event instanceof SfuEvent.DataReceived(String room, String from, DataMessage message)) {
      hall.network.later(
          WAY, () -> order(new SfuCommand.SendData(room, from, others(from), message)));
    } else if (event
        instanceof SfuEvent.DataHeld(String room, String peer, String by, boolean held)) {
      hall.network.later(WAY, () -> order(new SfuCommand.HoldData(room, peer, by, held)));
    }
  }

  private void order(SfuCommand command) {
    orders.command(command, hall.network.now());
    orders.drained(hall.network.now());
  }

  private List<String> others(String but) {
    List<String> others = new ArrayList<>(clients.keySet());
    others.remove(but);
    return others;
  }

  /// Somebody whose channel is open.
  DataClient join(String name) {
    Hall.Guest guest = hall.join(name);
    DataClient client = new DataClient(hall.network, guest.client, 100 + clients.size());
    await(() -> client.sctp().state() == SctpAssociation.State.ESTABLISHED);
    channels.put(name, client.open(form));
    await(() -> hall.told.contains(opened(name)));
    clients.put(name, client);
    return client;
  }

  private SfuEvent opened(String name) {
    return new SfuEvent.ChannelOpened(
        "room",
        name,
        new ChannelForm(
            form.label(), form.protocol(), form.ordered(), form.retransmits(), form.lifetime()));
  }

  void send(String from, byte[] octets) {
    clients.get(from).send(channels.get(from), true, octets);
  }

  /// Lets time pass until something is so.
  ///
  /// @return how long it took, seconds
  double await(BooleanSupplier is) {
    long begun = hall.network.now();
    while (!is.getAsBoolean()) {
      hall.network.pass(Duration.ofMillis(5));
      if (hall.network.now() - begun > Duration.ofMinutes(3).toNanos()) {
        throw new AssertionError("never");
      }
    }
    return (hall.network.now() - begun) / 1e9;
  }
}
