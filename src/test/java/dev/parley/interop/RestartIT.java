package dev.parley.interop;

import dev.parley.incontainer.ParleyServer;
import dev.parley.interop.browser.Browser;
import dev.parley.interop.browser.Page;
import dev.parley.lab.Ports;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server is stopped and started again, as for an update: unmodified SDKs are told to come back,
/// and do.
final class RestartIT {
  private static final String ROOM = "restart";

  @TempDir Path directory;

  private final int port = Ports.free();

  @Test
  void sdksComeBackByThemselvesWithTheirPictures() {
    try (var files = new PageFiles();
        var chromium = Browser.chromium()) {
      Page anna;
      Page bert;
      try (var server = serve()) {
        anna = join(chromium, files, server, "anna", "{singlePeerConnection: false}");
        bert = join(chromium, files, server, "bert", "{singlePeerConnection: true}");
        anna.evaluate("room.localParticipant.setCameraEnabled(true).then(() => 1)");
        bert.await("plays('anna', 'camera')");
      }
      anna.await("room.state === 'reconnecting'");
      bert.await("room.state === 'reconnecting'");
      try (var _ = serve()) {
        anna.await("room.state === 'connected' && happened('reconnected') === 1");
        bert.await("room.state === 'connected' && happened('reconnected') === 1");
        bert.await("goesOn('anna', 'camera')");
        bert.evaluate("room.disconnect().then(() => 1)");
        anna.await("room.remoteParticipants.size === 0");
      }
    }
  }

  private ParleyServer serve() {
    return ParleyServer.startIn(directory, port, "parley.dev=true", "parley.bind=");
  }

  private static Page join(
      Browser chromium, PageFiles files, ParleyServer server, String name, String options) {
    Page page = chromium.open(files.http().resolve(SdkPage.FILE));
    SdkPage.enter(page, server, ROOM, name, options);
    return page;
  }
}
