package dev.parley.protocol.ice;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.random.RandomGenerator;

/// The user name fragment and password of one agent for one ICE generation (RFC 8839, section 5.4).
///
/// @param ufrag 4 to 256 ice-chars, public
/// @param pwd 22 to 256 ice-chars, known to the two agents and who carries their descriptions
public record IceCredentials(String ufrag, String pwd) {
  /// Characters of the fragments made here: eight octets are one word of an [IceDirectory], and 48
  /// bits cannot be found by asking.
  public static final int UFRAG = 8;

  /// Characters of the passwords made here: 144 bits, where 128 are demanded.
  public static final int PWD = 24;

  private static final int MAX = 256;

  /// @throws IllegalArgumentException for what RFC 8839 does not allow; what a stranger wrote goes
  ///   through [#of]
  public IceCredentials {
    if (!valid(ufrag, pwd)) {
      throw new IllegalArgumentException("no ICE credentials");
    }
  }

  /// What a session description says.
  ///
  /// @throws IceRefused for other characters or lengths
  public static IceCredentials of(String ufrag, String pwd) throws IceRefused {
    if (ufrag == null || pwd == null || !valid(ufrag, pwd)) {
      throw IceRefused.Reason.ICE_CHARS.refused();
    }
    return new IceCredentials(ufrag, pwd);
  }

  /// New credentials.
  ///
  /// @param random unpredictable to others
  public static IceCredentials generate(RandomGenerator random) {
    return new IceCredentials(text(random, UFRAG), text(random, PWD));
  }

  /// The key of message integrity (RFC 8489, section 9.1.1).
  byte[] key() {
    return pwd.getBytes(US_ASCII);
  }

  private static boolean valid(String ufrag, String pwd) {
    return IceChars.are(ufrag, 4, MAX) && IceChars.are(pwd, 22, MAX);
  }

  private static String text(RandomGenerator random, int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(IceChars.of(random.nextInt()));
    }
    return text.toString();
  }

  /// Nothing secret.
  @Override
  public String toString() {
    return "IceCredentials[" + ufrag + "]";
  }
}
