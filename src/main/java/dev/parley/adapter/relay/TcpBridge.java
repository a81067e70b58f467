package dev.parley.adapter.relay;

import dev.parley.adapter.io.StreamSocket;
import java.io.IOException;

/// A client's data connection and a peer's, joined (RFC 6062, section 5.4): octets pass both ways,
/// neither end is read faster than the other takes, the end of one side is passed on.
///
/// Confined to the loop that has both sockets.
final class TcpBridge {
  private final StreamSocket client;
  private final StreamSocket peer;
  private final Runnable whenEnded;
  private final TcpFlow outward;
  private final TcpFlow inward;
  private final Side clientSide;
  private final Side peerSide;
  private boolean over;

  /// One socket: where a flow begins and the other ends.
  private final class Side implements StreamSocket.Handler {
    private final StreamSocket socket;
    private final TcpFlow begins;
    private final TcpFlow ends;
    // As it is after `handler`.
    private boolean reads = true;
    private boolean writes;

    Side(StreamSocket socket, TcpFlow begins, TcpFlow ends) {
      this.socket = socket;
      this.begins = begins;
      this.ends = ends;
    }

    @Override
    public void readable() {
      run(begins::read);
    }

    @Override
    public void writable() {
      run(ends::write);
    }

    void interest(boolean always) throws IOException {
      if (always || reads != begins.reading() || writes != ends.blocked()) {
        reads = begins.reading();
        writes = ends.blocked();
        socket.interest(reads, writes);
      }
    }
  }

  /// What a flow does when a socket is ready.
  @FunctionalInterface
  private interface Step {
    boolean go() throws IOException;
  }

  /// @param scratch the loop's
  /// @param whenEnded told once, when both sockets are closed
  TcpBridge(StreamSocket client, StreamSocket peer, byte[] scratch, Runnable whenEnded) {
    this.client = client;
    this.peer = peer;
    this.whenEnded = whenEnded;
    this.outward = new TcpFlow(client, peer, scratch);
    this.inward = new TcpFlow(peer, client, scratch);
    this.clientSide = new Side(client, outward, inward);
    this.peerSide = new Side(peer, inward, outward);
  }

  /// Begins with what the client has sent already.
  void start(byte[] octets, int at, int length) {
    run(
        () -> {
          peer.handler(peerSide);
          client.handler(clientSide);
          outward.pass(octets, at, length);
          boolean goesOn = outward.read();
          clientSide.interest(true);
          return goesOn;
        });
  }

  private void run(Step step) {
    if (over) {
      return;
    }
    try {
      boolean goesOn = step.go() && !(outward.finished() && inward.finished());
      if (goesOn) {
        clientSide.interest(false);
        peerSide.interest(false);
      } else {
        end();
      }
    } catch (IOException e) {
      end();
    }
  }

  /// Closes both sockets.
  void end() {
    if (!over) {
      over = true;
      client.close();
      peer.close();
      whenEnded.run();
    }
  }
}
