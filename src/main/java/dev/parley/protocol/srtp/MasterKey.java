package dev.parley.protocol.srtp;

/// The master key and master salt of one direction (RFC 3711, section 3.2.1).
///
/// @param profile tells how long both are
/// @param key not copied, never changed
/// @param salt not copied, never changed
record MasterKey(SrtpProfile profile, byte[] key, byte[] salt) {
  MasterKey {
    if (key.length != profile.keyLength() || salt.length != profile.saltLength()) {
      throw new IllegalArgumentException("not a key and a salt of " + profile);
    }
  }

  @Override
  public String toString() {
    return "MasterKey[" + profile + ", secret]";
  }
}
