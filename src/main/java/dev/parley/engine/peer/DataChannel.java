package dev.parley.engine.peer;

import dev.parley.media.ChannelForm;
import dev.parley.media.DataLimits;
import dev.parley.protocol.sctp.ChannelParameters;
import dev.parley.protocol.sctp.SctpLimits;

/// One data channel of a peer (RFC 8831). Confined to the peer's loop.
final class DataChannel {
  final int number;
  final ChannelForm form;

  /// Whether the client has heard of it: it opened it itself, or has said so.
  boolean open;

  /// Whether no more should be sent on it for now, and since when.
  boolean crowded;

  long crowdedAt;

  DataChannel(int number, ChannelForm form, boolean open) {
    this.number = number;
    this.form = form;
    this.open = open;
  }

  static ChannelForm form(ChannelParameters said) {
    return new ChannelForm(
        said.label(), said.protocol(), said.ordered(), said.retransmits(), said.lifetime());
  }

  static ChannelParameters parameters(ChannelForm form) {
    return new ChannelParameters(
        form.label(),
        form.protocol(),
        form.ordered(),
        form.retransmits(),
        form.lifetime(),
        ChannelParameters.NORMAL);
  }

  /// What an association may cost that has so many channels.
  static SctpLimits limits(int channels) {
    SctpLimits usual = SctpLimits.DEFAULT;
    return new SctpLimits(
        usual.packet(),
        DataLimits.LONGEST,
        usual.receiveWindow(),
        usual.sendBuffer(),
        usual.flight(),
        usual.burst(),
        channels,
        ChannelForm.LONGEST_NAME,
        usual.rtoInitial(),
        usual.rtoMin(),
        usual.rtoMax(),
        usual.sackDelay(),
        usual.heartbeat(),
        usual.patience());
  }
}
