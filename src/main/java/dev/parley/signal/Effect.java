package dev.parley.signal;

import dev.parley.media.SfuCommand;
import dev.parley.media.SfuEvent;
import dev.parley.room.RoomChange;

/// What a conversation or a meeting orders; performed in order. The slow ones ([Admit], [Resume],
/// [SaveRoom], [RoomEmpty]) are performed without a lock, and their answers come back as inputs.
sealed interface Effect {
  /// @param seq the notice's number, or 0
  record Send(Attachment to, Notice notice, long seq) implements Effect {}

  record Close(Attachment at, CloseReason reason) implements Effect {}

  /// Ask a line for a sign of life.
  record Probe(Attachment at) implements Effect {}

  /// Ask the rooms whether the newcomer may enter.
  record Admit(Attachment at, Request.Join join) implements Effect {}

  /// Find the session that a new socket wants to go on with.
  record Resume(Attachment at, Request.Resume request) implements Effect {}

  /// Find the participant that a new socket wants to go on as, who shows its token.
  record Return(Attachment at, Request.Return request) implements Effect {}

  /// Ask the rooms to change a setting; one at a time in a meeting.
  record SaveRoom(Session by, String ref, RoomChange change) implements Effect {}

  /// To the chronicle; handed over in order.
  ///
  /// @param waiting what waits until it is written, or null
  record Write(Fact fact, Minutes.Entry waiting) implements Effect {}

  /// A session can be resumed from now on.
  record Opened(Session session) implements Effect {}

  /// A session's secret means nothing any more.
  record Gone(Session session) implements Effect {}

  /// To the selective forwarding unit; handed over in order with what the clients are told.
  record Order(SfuCommand command) implements Effect {}

  record Report(Agent to, SfuEvent event) implements Effect {}

  /// An agent is out of the room.
  record Ended(Agent agent, Departure why) implements Effect {}

  /// The meeting is over and its room has outlived its last participant: delete it.
  record RoomEmpty() implements Effect {}
}
