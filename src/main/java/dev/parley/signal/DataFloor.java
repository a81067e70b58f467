package dev.parley.signal;

import dev.parley.media.DataMessage;
import dev.parley.media.SfuCommand;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What participants' applications say to each other in a meeting: who may, who hears it, and which
/// way it takes.
///
/// A message goes the way it came: by line, kept for who comes back on another line; by data
/// channel, to those who have the same open, and by line to the others. Confined to its meeting's
/// monitor.
final class DataFloor {
  private final Meeting meeting;
  private final Forwarding forwarding;
  private final List<Effect> effects;

  DataFloor(Meeting meeting, Forwarding forwarding, List<Effect> effects) {
    this.meeting = meeting;
    this.forwarding = forwarding;
    this.effects = effects;
  }

  /// A participant says something by its line.
  void receive(Session by, Request.Data data) {
    if (!by.mayPublishData()) {
      refuse(by, data.ref(), ErrorCode.DATA_NOT_ALLOWED, "the token does not allow to send data");
      return;
    }
    var receivers = data.to() == null ? others(by) : named(by, data.to());
    if (data.to() != null && receivers.size() < data.to().size()) {
      refuse(by, data.ref(), ErrorCode.PARTICIPANT_NOT_FOUND, "no such other participant");
      return;
    }
    deliver(by, data, receivers, null);
    if (data.ref() != null) {
      by.tell(new Notice.Ok(data.ref()), effects);
    }
  }

  /// A participant says something by a data channel: nobody waits for an answer there.
  void receive(PeerEnd end, DataMessage message) {
    var by = end.owner();
    var form = by.dataForm();
    if (!by.joined() || form == null || !ofForm(form, message.label())) {
      return;
    }
    var data = form.read(message);
    if (data == null) {
      return;
    }
    if (!by.mayPublishData()) {
      if (by.firstDataRefused()) {
        refuse(by, null, ErrorCode.DATA_NOT_ALLOWED, "the token does not allow to send data");
      }
      return;
    }
    var foreign = data.content().foreign();
    if (foreign != null && !by.newData(foreign.number())) {
      return;
    }
    deliver(by, data, data.to() == null ? others(by) : named(by, data.to()), end);
  }

  private static boolean ofForm(DataForm form, String label) {
    return label.equals(form.label(false)) || label.equals(form.label(true));
  }

  /// The server itself says something.
  ///
  /// @param to ids or identities, or null for all
  void say(List<String> to, DataContent content) {
    var data = new Request.Data(null, to, content);
    deliver(null, data, to == null ? others(null) : named(null, to), null);
  }

  private List<Session> others(Session by) {
    return meeting.joined(by);
  }

  /// Whom these ids or identities mean; who is not here is left out, and so is the sender.
  private List<Session> named(Session by, List<String> to) {
    var found = new ArrayList<Session>(to.size());
    for (var who : to) {
      var session = meeting.find(who);
      if (session != null && session != by && session.joined()) {
        found.add(session);
      }
    }
    return found;
  }

  /// @param end where it came from by data channel, or null
  private void deliver(Session by, Request.Data data, List<Session> receivers, PeerEnd end) {
    var sender = by == null ? null : by.view();
    var notice = new Notice.Data(by == null ? null : by.id(), data.to() != null, data.content());
    Map<DataForm, List<String>> byChannel = new LinkedHashMap<>(2);
    for (var receiver : receivers) {
      var form = receiver.dataForm();
      var carrier = form == null ? null : receiver.carrier(form.label(data.content().lossy()));
      if (carrier != null && (end != null || !form.lines())) {
        byChannel.computeIfAbsent(form, _ -> new ArrayList<>(receivers.size())).add(carrier.id());
      } else if (form != null && form.lines()) {
        receiver.tell(notice, effects);
      }
    }
    byChannel.forEach((form, peers) -> send(form, notice, sender, peers, end));
  }

  private void send(
      DataForm form, Notice.Data notice, ParticipantView sender, List<String> peers, PeerEnd from) {
    var message = form.write(notice, sender);
    if (message != null) {
      String source = from == null ? null : from.id();
      forwarding.order(new SfuCommand.SendData(forwarding.room(), source, peers, message));
    }
  }

  private void refuse(Session by, String ref, ErrorCode code, String message) {
    by.tell(new Notice.Error(ref, code, message), effects);
  }
}
