package dev.parley.adapter.io;

import dev.parley.wire.FiveTuple;
import dev.parley.wire.TransportAddress;
import java.io.IOException;

/// What one event loop asks of the operating system: its sockets, its waiting, its alarm clock.
///
/// Owned by one thread once the loop runs; only [#wake()] may be called from others. Two twins
/// implement it, over Linux system calls and over `java.nio`, and pass the same tests.
public interface LoopIo extends AutoCloseable {
  /// The largest datagram that is received; a larger one is counted and dropped. An Ethernet frame
  /// fits, and so does everything WebRTC sends.
  int DATAGRAM_OCTETS = 2048;

  /// Octets before each datagram that its handler may overwrite, and behind it: a relay puts its
  /// own header and padding around what it forwards.
  int ROOM = 64;

  /// Datagrams taken from one socket before the others have their turn.
  int BATCH = 64;

  /// Binds a UDP socket whose datagrams go to the handler.
  UdpSocket udp(Bind bind, DatagramHandler handler) throws IOException;

  /// Binds a UDP socket for the many peers of one relay: sources are not interned, ICMP errors are
  /// told where the system tells them.
  UdpSocket relay(Bind bind, RelayHandler handler) throws IOException;

  /// Binds a TCP listener whose connections go to the handler.
  StreamAcceptor tcp(Bind bind, AcceptHandler handler) throws IOException;

  /// Begins a TCP connection from a bound address; it may share its port with listeners and other
  /// connections that share it too. Nothing is read before [StreamSocket#handler].
  ///
  /// @param local where it comes from; the port is shared as [Bind.Sharing#FURTHER] says
  /// @throws IOException where it fails at once; the handler is told nothing then
  StreamConnector connect(Bind local, TransportAddress remote, ConnectHandler handler)
      throws IOException;

  /// Waits until a socket is ready, the loop is woken or time is up; serves nothing yet.
  ///
  /// @param nanos the longest wait; 0 does not wait, [Long#MAX_VALUE] has no end; rounded up to a
  ///   millisecond, since that is what the system calls can tell apart
  void await(long nanos) throws IOException;

  /// Serves the sockets that the last [#await(long)] found ready.
  void dispatch();

  /// Gives the queued datagrams to the kernel.
  void flush();

  /// Ends a wait at once; from any thread, also after [#close()].
  void wake();

  /// Closes every socket that is still open and frees the memory.
  @Override
  void close();

  /// Makes the [LoopIo] of each loop.
  interface Factory {
    LoopIo open(Counters counters) throws IOException;
  }

  /// Takes the datagrams of a UDP socket.
  interface DatagramHandler {
    /// Hot: one datagram; the buffer is the receiver's during the call only.
    void datagram(byte[] octets, int at, int length, FiveTuple path);
  }

  /// Takes what comes to a relay's socket.
  interface RelayHandler {
    /// Hot: one datagram; the buffer is the receiver's during the call only, with [#ROOM] octets
    /// before and behind it. The source's words are as in [dev.parley.wire.TransportAddress].
    void datagram(byte[] octets, int at, int length, long high, long low, int port);

    /// Rare: a datagram sent to this peer was answered by an ICMP error.
    ///
    /// @param type ICMP or ICMPv6 type by the family of the peer
    /// @param data the field behind the checksum, as the next hop's MTU of Packet Too Big
    default void unreachable(TransportAddress peer, int type, int code, int data) {}
  }

  /// Is told what became of a connection that was begun, once, and never while it is begun.
  interface ConnectHandler {
    /// It stands; whoever takes it closes it.
    void connected(StreamSocket socket);

    /// It does not and will not.
    void failed();
  }

  /// Takes the connections of a TCP listener.
  interface AcceptHandler {
    /// A connection was made; whoever takes it closes it.
    void accepted(StreamSocket socket);

    /// A connection could not be taken; after an error of the whole process the acceptor pauses.
    void failed();
  }
}
