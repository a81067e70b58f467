package dev.parley.config;

import dev.parley.config.TurnSettings.Certificate;
import dev.parley.config.TurnSettings.OAuthKey;
import dev.parley.config.TurnSettings.Ports;
import dev.parley.config.TurnSettings.Quota;
import dev.parley.config.TurnSettings.Tenant;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;

/// The texts of the TURN settings, each taken apart and checked; a refusal names the key and
/// repeats no secret.
final class TurnText {
  private static final Pattern RANGE = Pattern.compile("([0-9]{1,5})\\s*-\\s*([0-9]{1,5})");
  private static final Pattern PLACE = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[0-9.]+):([0-9]{1,5})");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");
  private static final Pattern KID = Pattern.compile("[A-Za-z0-9._~-]{1,64}");
  private static final Map<String, Integer> OAUTH_OCTETS = Map.of("A256GCM", 32, "A128GCM", 16);

  private TurnText() {}

  /// RFC 8489, section 14.9: fewer than 128 characters; what would end a quoted string, a pair of a
  /// setting or a path is not taken.
  static void realm(Key key, String realm) {
    if (realm.isBlank() || realm.length() > 127 || realm.matches(".*[\\p{Cntrl}\"\\\\:,=|/].*")) {
      throw key.refused("has a realm that is not 1 to 127 characters without \" \\ : , = | /");
    }
  }

  static Optional<Certificate> certificate(Config config) {
    Optional<String> chain = Key.TURN_TLS_CERT.in(config);
    Optional<String> key = Key.TURN_TLS_KEY.in(config);
    if (chain.isPresent() != key.isPresent()) {
      throw Key.TURN_TLS_KEY.refused("and " + Key.TURN_TLS_CERT.key() + " go together");
    }
    return chain.map(
        file ->
            new Certificate(
                Path.of(file).toAbsolutePath().normalize(),
                Path.of(key.get()).toAbsolutePath().normalize()));
  }

  static Ports ports(Key key, Config config) {
    Matcher range = RANGE.matcher(key.text(config));
    if (!range.matches()) {
      throw key.refused("is not of the form first-last");
    }
    return new Ports(Integer.parseInt(range.group(1)), Integer.parseInt(range.group(2)));
  }

  /// CIDR blocks (RFC 4632, RFC 4291); a plain address is a block of one.
  static List<String> blocks(Key key, Config config) {
    return key.list(config).stream().map(text -> block(key, text)).toList();
  }

  private static String block(Key key, String text) {
    int slash = text.indexOf('/');
    try {
      InetAddress address = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
      int bits = 8 * address.getAddress().length;
      int prefix = slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1));
      if (prefix >= 0 && prefix <= bits) {
        return address.getHostAddress() + "/" + prefix;
      }
    } catch (IllegalArgumentException e) {
      // Neither an address nor a number.
    }
    throw key.refused("has something that is not a block like 192.0.2.0/24: " + text);
  }

  /// `allocations[/ports[/octets per second]]`.
  static Quota quota(Key key, Config config) {
    String[] parts = key.text(config).split("/", -1);
    if (parts.length > 3) {
      throw key.refused("is not of the form allocations/ports/octets per second");
    }
    long[] amounts = new long[3];
    for (int i = 0; i < parts.length; i++) {
      amounts[i] = amount(key, parts[i].strip());
    }
    if (amounts[0] > Integer.MAX_VALUE || amounts[1] > Integer.MAX_VALUE) {
      throw key.refused("is larger than any machine");
    }
    return new Quota((int) amounts[0], (int) amounts[1], amounts[2]);
  }

  static long amount(Key key, String text) {
    if (!text.matches("[0-9]{1,15}")) {
      throw key.refused("has something that is not a whole number: " + text);
    }
    return Long.parseLong(text);
  }

  /// `realm=place|place,realm=place`.
  static List<Tenant> tenants(Config config) {
    return Key.TURN_TENANTS.list(config).stream().map(TurnText::tenant).toList();
  }

  private static Tenant tenant(String text) {
    int equals = text.indexOf('=');
    if (equals < 1) {
      throw Key.TURN_TENANTS.refused("is not of the form realm=place|place,realm=place: " + text);
    }
    List<String> places =
        Pattern.compile("\\|")
            .splitAsStream(text.substring(equals + 1))
            .map(String::strip)
            .filter(place -> !place.isEmpty())
            .map(TurnText::place)
            .toList();
    return new Tenant(text.substring(0, equals).strip(), places);
  }

  private static String place(String text) {
    try {
      return InetAddress.ofLiteral(text).getHostAddress();
    } catch (IllegalArgumentException e) {
      if (!NAME.matcher(text).matches()) {
        throw Key.TURN_TENANTS.refused("has a place that is neither address nor name: " + text);
      }
      return text.toLowerCase(Locale.ROOT);
    }
  }

  /// `kid:algorithm:base64key,…`.
  static List<OAuthKey> oauthKeys(Config config) {
    Map<String, OAuthKey> keys = new LinkedHashMap<>();
    for (String text : Key.TURN_OAUTH_KEYS.list(config)) {
      String[] parts = text.split(":", 3);
      if (parts.length < 3 || !KID.matcher(parts[0]).matches()) {
        // Not the text itself: a third of it is a secret.
        throw Key.TURN_OAUTH_KEYS.refused("is not of the form kid:algorithm:base64");
      }
      Integer octets = OAUTH_OCTETS.get(parts[1]);
      if (octets == null) {
        throw Key.TURN_OAUTH_KEYS.refused("has an algorithm that is not A256GCM or A128GCM");
      }
      if (length(parts[2]) != octets) {
        throw Key.TURN_OAUTH_KEYS.refused(
            parts[1] + " needs a key of " + octets + " octets in base64: " + parts[0]);
      }
      if (keys.put(parts[0], new OAuthKey(parts[0], parts[1], parts[2])) != null) {
        throw Key.TURN_OAUTH_KEYS.refused("names " + parts[0] + " twice");
      }
    }
    return List.copyOf(keys.values());
  }

  private static int length(String base64) {
    try {
      return Base64.getDecoder().decode(base64.getBytes(StandardCharsets.US_ASCII)).length;
    } catch (IllegalArgumentException e) {
      return -1;
    }
  }

  /// `192.0.2.1:3478` or `[2001:db8::1]:3478`.
  static List<String> transportAddresses(Key key, Config config) {
    List<String> addresses = key.list(config);
    addresses.forEach(text -> transportAddress(key, text));
    return addresses;
  }

  private static void transportAddress(Key key, String text) {
    Matcher place = PLACE.matcher(text);
    try {
      if (place.matches()) {
        InetAddress.ofLiteral(place.group(1).replaceAll("[\\[\\]]", ""));
        int port = Integer.parseInt(place.group(2));
        if (port > 0 && port <= 65535) {
          return;
        }
      }
    } catch (IllegalArgumentException e) {
      // Not an address.
    }
    throw key.refused("has something that is not like 192.0.2.1:3478: " + text);
  }
}
