package dev.parley.adapter;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.Vector;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.NameType;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.ServerName;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.UDPTransport;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/// BouncyCastle as a blocking DTLS 1.2 client that trusts everybody, with cryptography of its own.
final class DtlsClient implements AutoCloseable {
  final DatagramSocket socket;
  private final DTLSTransport transport;
  private byte[] certificate;

  /// @param sendLimit the largest datagram of its handshake; small ones fragment the hello
  /// @param name asked for by SNI, or null
  DtlsClient(InetSocketAddress to, int sendLimit, String name) throws IOException {
    this(new DatagramSocket(), to, sendLimit, name);
  }

  DtlsClient(DatagramSocket socket, InetSocketAddress to, int sendLimit, String name)
      throws IOException {
    this.socket = socket;
    socket.connect(to);
    this.transport =
        new DTLSClientProtocol().connect(new Peer(name), new Limited(socket, sendLimit));
  }

  byte[] certificate() {
    return certificate;
  }

  byte[] exchange(byte[] message) throws IOException {
    send(message);
    return receive();
  }

  void send(byte[] message) throws IOException {
    transport.send(message, 0, message.length);
  }

  /// The next message; null where none comes for long.
  byte[] receive() throws IOException {
    byte[] into = new byte[4096];
    int taken = transport.receive(into, 0, into.length, (int) Running.PATIENCE_MILLIS);
    return taken < 0 ? null : java.util.Arrays.copyOf(into, taken);
  }

  @Override
  public void close() throws IOException {
    transport.close();
    socket.close();
  }

  private static final class Limited extends UDPTransport {
    private final int sendLimit;

    Limited(DatagramSocket socket, int sendLimit) throws IOException {
      super(socket, 1500);
      this.sendLimit = sendLimit;
    }

    @Override
    public int getSendLimit() {
      return sendLimit;
    }

    @Override
    public void send(byte[] octets, int at, int length) throws IOException {
      socket.send(new DatagramPacket(octets, at, length));
    }
  }

  private final class Peer extends DefaultTlsClient {
    private final String name;

    Peer(String name) {
      super(new BcTlsCrypto(new SecureRandom()));
      this.name = name;
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
      return ProtocolVersion.DTLSv12.only();
    }

    @Override
    protected Vector<ServerName> getSNIServerNames() {
      Vector<ServerName> names = new Vector<>();
      if (name != null) {
        names.add(
            new ServerName(
                NameType.host_name, name.getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
      }
      return names.isEmpty() ? null : names;
    }

    @Override
    public int getHandshakeTimeoutMillis() {
      return (int) Running.PATIENCE_MILLIS;
    }

    @Override
    public TlsAuthentication getAuthentication() {
      return new TlsAuthentication() {
        @Override
        public void notifyServerCertificate(TlsServerCertificate server) throws IOException {
          certificate = server.getCertificate().getCertificateAt(0).getEncoded();
        }

        @Override
        public TlsCredentials getClientCredentials(CertificateRequest request) {
          return null;
        }
      };
    }
  }
}
