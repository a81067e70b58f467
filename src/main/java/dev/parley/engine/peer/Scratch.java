package dev.parley.engine.peer;

import dev.parley.protocol.rtcp.RtcpWriter;
import dev.parley.protocol.rtp.DependencyDescriptorWriter;
import dev.parley.protocol.rtp.HeaderExtensionWriter;

/// The buffers that all peers of a loop share, each for the length of one step. Confined to that
/// loop.
public final class Scratch {
  /// Room before a message for its length on a stream.
  static final int AT = PacketOut.LENGTH;

  /// More than any datagram a loop receives, and the headers and tags that come on top.
  static final int SIZE = 4096;

  /// What goes out, protected, from [#AT] on.
  final byte[] out = new byte[AT + SIZE];

  /// What came in, in the clear, where it has no sink.
  final byte[] plain = new byte[SIZE];

  /// A payload that differs from the one in the ring.
  final byte[] payload = new byte[SIZE];

  /// A control packet before it is protected.
  final byte[] control = new byte[SIZE];

  /// Where packets wait that may not leave yet.
  final HoldingPool holding = new HoldingPool();

  final RtcpWriter writer = new RtcpWriter();
  final HeaderExtensionWriter extensions = new HeaderExtensionWriter();
  final DependencyDescriptorWriter descriptors = new DependencyDescriptorWriter();
  final int[] lost = new int[NackGenerator.WINDOW];
}
