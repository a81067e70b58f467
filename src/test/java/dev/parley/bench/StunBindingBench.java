package dev.parley.bench;

import com.sun.management.ThreadMXBean;
import dev.parley.engine.Effects;
import dev.parley.engine.turn.StunServer;
import dev.parley.media.Counter;
import dev.parley.protocol.stun.StunMethod;
import dev.parley.protocol.stun.StunWriter;
import dev.parley.wire.FiveTuple;
import dev.parley.wire.Transport;
import dev.parley.wire.TransportAddress;
import java.lang.management.ManagementFactory;

/// CPU nanoseconds and allocated octets per STUN Binding request, parser and server without
/// sockets.
///
/// `StunBindingBench [requests]`; the first rounds warm up, read the last.
public final class StunBindingBench {
  private static final int ROUNDS = 6;

  private StunBindingBench() {}

  public static void main(String[] arguments) {
    int requests = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 3_000_000;
    TransportAddress server = TransportAddress.ipv4(0xc6336401, 3478);
    TransportAddress client4 = TransportAddress.ipv4(0xc0000201, 40000);
    TransportAddress client6 = new TransportAddress(0x2001_0db8L << 32, 1, 40000);
    StunWriter writer = new StunWriter();
    byte[] bare = new byte[20];
    writer.request(bare, 0, StunMethod.BINDING, new byte[12]);
    byte[] printed = new byte[28];
    writer.request(printed, 0, StunMethod.BINDING, new byte[12]).fingerprint();
    for (int round = 0; round < ROUNDS; round++) {
      measure("IPv4 bare", requests, bare, new FiveTuple(Transport.UDP, server, client4));
      measure("IPv6 bare", requests, bare, new FiveTuple(Transport.UDP, server, client6));
      measure("fingerprint", requests, printed, new FiveTuple(Transport.UDP, server, client4));
    }
  }

  private static void measure(String name, int requests, byte[] request, FiveTuple path) {
    Sink sink = new Sink();
    long[] counts = new long[Counter.values().length];
    StunServer server = new StunServer(sink, counter -> counts[counter.ordinal()]++);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long allocated = threads.getCurrentThreadAllocatedBytes();
    long cpu = threads.getCurrentThreadCpuTime();
    for (int i = 0; i < requests; i++) {
      server.receive(request, 0, request.length, path, i);
    }
    double ns = (double) (threads.getCurrentThreadCpuTime() - cpu) / requests;
    double octets = (double) (threads.getCurrentThreadAllocatedBytes() - allocated) / requests;
    if (counts[Counter.STUN_BINDING_SUCCESSES.ordinal()] != requests) {
      throw new AssertionError("not every request was answered");
    }
    System.out.printf("%-12s %7.1f ns %6.1f B a request (%d)%n", name, ns, octets, sink.sum);
  }

  /// Looks at each answer, so that the compiler cannot leave it out.
  private static final class Sink implements Effects<Void> {
    private long sum;

    @Override
    public void transmit(byte[] octets, int at, int length, FiveTuple path) {
      sum += octets[at + length - 1];
    }

    @Override
    public void tell(dev.parley.media.MediaEvent event) {}

    @Override
    public void effect(Void effect) {}
  }
}
