package dev.parley.adapter.io;

/// Hands the datagrams of a listener on with the interned 5-tuple they came on.
public final class FlowReceiver implements LoopIo.RelayHandler {
  /// Clients whose 5-tuples are kept; a miss costs one allocation.
  private static final int FLOWS = 8192;

  private final FlowCache flows;
  private final LoopIo.DatagramHandler handler;

  public FlowReceiver(dev.parley.wire.TransportAddress local, LoopIo.DatagramHandler handler) {
    this.flows = new FlowCache(local, FLOWS);
    this.handler = handler;
  }

  @Override
  public void datagram(byte[] octets, int at, int length, long high, long low, int port) {
    handler.datagram(octets, at, length, flows.find(high, low, port));
  }
}
