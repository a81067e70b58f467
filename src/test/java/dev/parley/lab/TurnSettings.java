package dev.parley.lab;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The settings of the README's table that make Parley the server a test asks for.
final class TurnSettings {
  private TurnSettings() {}

  static List<String> of(TurnHost.Setup setup, Path data) {
    var settings = new ArrayList<String>();
    settings.add("parley.data.dir=" + data);
    settings.add("parley.bind=" + String.join(",", setup.addresses()));
    settings.add("parley.turn.port=" + setup.port());
    settings.add("parley.media.port=0");
    settings.add("parley.turn.secret=" + TurnHost.SECRET);
    settings.add("parley.turn.realm=" + TurnHost.REALM);
    settings.add("parley.turn.quota.user=0");
    settings.add("parley.turn.peers.allow=127.0.0.0/8,::1/128,203.0.113.0/24");
    settings.add("parley.turn.alternate.port=" + setup.alternatePort());
    setup
        .pem()
        .ifPresent(
            pem -> {
              settings.add("parley.turn.tls.port=" + setup.tlsPort());
              settings.add("parley.turn.tls.cert=" + pem.certificate());
              settings.add("parley.turn.tls.key=" + pem.key());
            });
    return settings;
  }
}
