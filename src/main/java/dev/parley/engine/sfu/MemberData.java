package dev.parley.engine.sfu;

import dev.parley.engine.peer.DataSide;
import dev.parley.media.ChannelForm;
import dev.parley.media.Counter;
import dev.parley.media.DataMessage;
import dev.parley.media.SfuEvent;
import java.util.HashSet;
import java.util.Set;

/// The data channels of one member: what of the others' messages it cannot follow, and who cannot
/// follow its own. Confined to the loop of the room.
///
/// A reliable channel loses nothing, so the messages of whoever sends more than a receiver takes
/// have to wait somewhere: at their sender's, whose association's window closes meanwhile.
final class MemberData implements DataSide {
  private final SfuKit kit;
  private final Member member;
  private final Router router;
  private final Set<String> holds = new HashSet<>();
  private final Set<String> heldBy = new HashSet<>();

  MemberData(SfuKit kit, Member member, Router router) {
    this.kit = kit;
    this.member = member;
    this.router = router;
  }

  void open(ChannelForm form, long now) {
    member.end().data().open(form, now);
  }

  void close(String label, long now) {
    member.end().data().close(label, now);
  }

  /// A message for this member; it leaves at the end of the turn.
  ///
  /// @param from the peer whose it is, or null
  void send(DataMessage message, String from, long now) {
    member.touch();
    switch (member.end().data().send(message, now)) {
      case CROWDED -> hold(from, now);
      case SENT, DROPPED, CLOSED, NO_CHANNEL -> {}
    }
  }

  private void hold(String from, long now) {
    if (from != null && !from.equals(member.id()) && holds.add(from)) {
      kit.count(Counter.DATA_HELD);
      tellHeld(from, true, now);
    }
  }

  /// All that was sent to this member has left, or nearly all.
  @Override
  public void relieved() {
    holds.forEach(from -> tellHeld(from, false, kit.now()));
    holds.clear();
  }

  private void tellHeld(String from, boolean held, long now) {
    Member sender = router.member(from);
    if (sender == null) {
      kit.tell(new SfuEvent.DataHeld(router.name(), from, member.id(), held));
    } else {
      sender.data().hold(member.id(), held, now);
      sender.touch();
    }
  }

  /// Somebody cannot follow what this member sends, or can again.
  void hold(String by, boolean held, long now) {
    boolean before = heldBy.isEmpty();
    if (held) {
      heldBy.add(by);
    } else {
      heldBy.remove(by);
    }
    if (heldBy.isEmpty() != before) {
      member.end().data().hold(before, now);
    }
  }

  @Override
  public void opened(ChannelForm form) {
    kit.tell(new SfuEvent.ChannelOpened(router.name(), member.id(), form));
  }

  @Override
  public void closed(String label, String reason) {
    kit.tell(new SfuEvent.ChannelClosed(router.name(), member.id(), label, reason));
  }

  @Override
  public void received(DataMessage message) {
    kit.tell(new SfuEvent.DataReceived(router.name(), member.id(), message));
  }
}
