package dev.parley.protocol.dtls;

import java.io.IOException;
import java.security.SecureRandom;
import org.bouncycastle.jcajce.util.DefaultJcaJceHelper;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.DTLSRequest;
import org.bouncycastle.tls.DTLSVerifier;
import org.bouncycastle.tls.DatagramSender;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.crypto.TlsHMAC;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;

/// Makes BouncyCastle's [DTLSRequest] of a hello whose cookie was verified already.
///
/// Its own verifier makes one only for a cookie of its own over the whole hello, which a fragmented
/// hello could not have without state. So it is given a MAC whose result is the cookie at hand.
final class VerifiedRequest {
  private VerifiedRequest() {}

  static DTLSRequest of(HelloAssembly hello, SecureRandom random) throws IOException {
    var verifier = new DTLSVerifier(new Crypto(random, hello.cookie()));
    byte[] record = hello.record();
    DTLSRequest request =
        verifier.verifyRequest(new byte[0], record, 0, record.length, new Nobody());
    if (request == null) {
      throw new TlsFatalAlert(AlertDescription.decode_error);
    }
    return request;
  }

  private static final class Crypto extends JcaTlsCrypto {
    private final byte[] cookie;

    Crypto(SecureRandom random, byte[] cookie) {
      super(new DefaultJcaJceHelper(), random, random);
      this.cookie = cookie;
    }

    @Override
    public TlsHMAC createHMAC(int algorithm) {
      return new Known(cookie);
    }
  }

  private record Known(byte[] cookie) implements TlsHMAC {
    @Override
    public int getInternalBlockSize() {
      return 64;
    }

    @Override
    public void setKey(byte[] key, int at, int length) {}

    @Override
    public void update(byte[] octets, int at, int length) {}

    @Override
    public byte[] calculateMAC() {
      return cookie.clone();
    }

    @Override
    public void calculateMAC(byte[] into, int at) {
      System.arraycopy(cookie, 0, into, at, cookie.length);
    }

    @Override
    public int getMacLength() {
      return cookie.length;
    }

    @Override
    public void reset() {}
  }

  private static final class Nobody implements DatagramSender {
    @Override
    public int getSendLimit() {
      return 0;
    }

    @Override
    public void send(byte[] octets, int at, int length) {}
  }
}
