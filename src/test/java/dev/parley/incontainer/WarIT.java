package dev.parley.incontainer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.lab.SignedToken;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// `target/parley.war`, octet for octet what is handed out, on a plain Payara Micro.
@ExtendWith(ArquillianExtension.class)
class WarIT {
  // As in arquillian.xml.
  private static final Path DATA = Path.of("target", "arquillian", "data");
  private static final String KEY = "arquillian";
  private static final String SECRET = "a-secret-of-the-tests-0123456789abcdef";

  @ArquillianResource private URL deployed;

  @Deployment(testable = false)
  static WebArchive war() throws IOException {
    if (Files.exists(DATA)) {
      try (var files = Files.walk(DATA)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    return ShrinkWrap.createFromZipFile(WebArchive.class, new File("target/parley.war"));
  }

  @Test
  void whoeverComesWithoutATokenIsToldThatThereIsNoSuchRoom() {
    try (var stranger = SignalSocket.open(signal("stranger"))) {
      assertEquals("parley.v1", stranger.subprotocol());
      stranger.join(null);
      var error = stranger.next("error");
      assertEquals("room-not-found", error.getString("code"));
      assertEquals("j", error.getString("re"));
      assertEquals(4004, stranger.closeCode());
    }
  }

  @Test
  void aRoomThatATokenOpenedAsksTheNextOneForOne() {
    try (var ada = SignalSocket.open(signal("members"));
        var stranger = SignalSocket.open(signal("members"))) {
      ada.join(token("members", "ada"));
      ada.next("joined");
      stranger.join(null);
      assertEquals("token-missing", stranger.next("error").getString("code"));
      assertEquals(4001, stranger.closeCode());
    }
  }

  @Test
  void twoWithTokensSeeEachOtherAndTheOfferArrivesAsItWasSent() {
    try (var ada = SignalSocket.open(signal("pair"));
        var bob = SignalSocket.open(signal("pair"))) {
      ada.join(token("pair", "ada"));
      String first = ada.next("joined").getJsonObject("self").getString("id");
      bob.join(token("pair", "bob"));
      var joined = bob.next("joined");
      String second = joined.getJsonObject("self").getString("id");
      assertEquals(first, joined.getJsonArray("participants").getJsonObject(0).getString("id"));
      var seen = ada.next("participant-joined").getJsonObject("participant");
      assertEquals(second, seen.getString("id"));
      assertEquals("bob", seen.getString("identity"));
      bob.send("{\"type\":\"offer\",\"to\":\"" + first + "\",\"sdp\":\"v=0\\r\\n\"}");
      var offer = ada.next("offer");
      assertEquals(second, offer.getString("from"));
      assertEquals("v=0\r\n", offer.getString("sdp"));
    }
  }

  private URI signal(String room) {
    return URI.create(deployed.toString().replaceFirst("^http:", "ws:")).resolve("signal/" + room);
  }

  private static String token(String room, String name) {
    return SignedToken.join(KEY, SECRET, room, name, Instant.now().plusSeconds(600));
  }
}
