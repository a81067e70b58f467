package dev.parley.door.whip;

import java.util.List;
import java.util.regex.Pattern;

/// The few words of descriptions this door has to read; to all others they are opaque.
final class SdpText {
  private static final Pattern LINE = Pattern.compile("[a-z]=.+");

  /// RFC 8839, section 5.4.
  private static final Pattern UFRAG = Pattern.compile("[A-Za-z0-9+/]{4,256}");

  private static final Pattern PASSWORD = Pattern.compile("[A-Za-z0-9+/]{22,256}");

  private static final List<String> SENDING = List.of("a=sendrecv", "a=sendonly");
  private static final List<String> DIRECTIONS =
      List.of("a=sendrecv", "a=sendonly", "a=recvonly", "a=inactive");

  private SdpText() {}

  /// The client's ICE credentials in a fragment (RFC 8840, section 9); null for what is not there.
  record Credentials(String ufrag, String password) {
    @Override
    public String toString() {
      return "Credentials[" + ufrag + "]";
    }
  }

  /// Reads a fragment.
  ///
  /// @throws Refusal where it is none
  static Credentials fragment(String text) throws Refusal {
    if (text.isBlank() || !text.lines().allMatch(l -> l.isEmpty() || LINE.matcher(l).matches())) {
      throw malformed("the body is not an SDP fragment");
    }
    String ufrag = first(text, "ice-ufrag");
    String password = first(text, "ice-pwd");
    if (ufrag != null && !UFRAG.matcher(ufrag).matches()) {
      throw malformed("ice-ufrag is not 4 to 256 of its characters");
    }
    if (password != null && !PASSWORD.matcher(password).matches()) {
      throw malformed("ice-pwd is not 22 to 256 of its characters");
    }
    return new Credentials(ufrag, password);
  }

  /// The value of the first attribute of a name, or null.
  static String first(String text, String attribute) {
    String begin = "a=" + attribute + ":";
    return text.lines()
        .filter(line -> line.startsWith(begin))
        .findFirst()
        .map(line -> line.substring(begin.length()).strip())
        .orElse(null);
  }

  /// Whether whoever wrote this description sends in any of its sections (RFC 8866, section 6.7).
  static boolean sends(String text) {
    String all = "a=sendrecv";
    String here = null;
    boolean any = false;
    for (String line : text.lines().toList()) {
      if (line.startsWith("m=")) {
        any |= sending(here);
        here = media(line) ? all : "";
      } else if (DIRECTIONS.contains(line)) {
        all = here == null ? line : all;
        here = here == null || here.isEmpty() ? here : line;
      }
    }
    return any || sending(here);
  }

  private static boolean sending(String direction) {
    return direction != null && SENDING.contains(direction);
  }

  private static boolean media(String line) {
    return !line.startsWith("m=application") && !line.matches("m=\\S+ 0 .*");
  }

  static Refusal malformed(String message) {
    return new Refusal(400, "sdp-malformed", message);
  }
}
