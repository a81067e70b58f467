package dev.parley.interop;

import dev.parley.incontainer.ParleyServer;
import java.util.List;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/// Hands a server to each class of browser tests: those that want the same settings get the same
/// one, which runs until the last test of all is over. A start takes ten seconds of both cores, and
/// a server that has seen other people before is what there is in earnest.
final class StandingServers implements BeforeAllCallback {
  private static final Namespace HERE = Namespace.create(StandingServers.class);

  private record Standing(ParleyServer server, Housekeeper housekeeper) implements AutoCloseable {
    static Standing start(List<String> settings) {
      var server = ParleyServer.start(settings.toArray(String[]::new));
      var housekeeper = new Housekeeper(server);
      housekeeper.awaitOpening();
      return new Standing(server, housekeeper);
    }

    @Override
    public void close() {
      server.close();
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    var test = (BrowserTest) context.getRequiredTestInstance();
    var standing =
        context
            .getRoot()
            .getStore(HERE)
            .getOrComputeIfAbsent(test.settings(), Standing::start, Standing.class);
    test.serve(standing.server(), standing.housekeeper());
  }
}
