package dev.parley.door.livekit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.google.protobuf.ByteString;
import dev.parley.socket.Handshake;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import livekit.LivekitRtc.ConnectionSettings;
import livekit.LivekitRtc.JoinRequest;
import livekit.LivekitRtc.WrappedJoinRequest;
import org.junit.jupiter.api.Test;

class JoinWishTest {
  private static final JoinRequest JOIN =
      JoinRequest.newBuilder()
          .setConnectionSettings(ConnectionSettings.newBuilder().setAutoSubscribe(true))
          .setReconnect(true)
          .setParticipantSid("PA_1")
          .setMetadata("??>>??>>")
          .build();

  static byte[] wrapped(byte[] octets, WrappedJoinRequest.Compression compression) {
    return WrappedJoinRequest.newBuilder()
        .setJoinRequest(ByteString.copyFrom(octets))
        .setCompression(compression)
        .build()
        .toByteArray();
  }

  private static byte[] gzip(byte[] octets) {
    var out = new ByteArrayOutputStream();
    try (var zip = new GZIPOutputStream(out)) {
      zip.write(octets);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return out.toByteArray();
  }

  private static byte[] compressed(byte[] octets) {
    return wrapped(gzip(octets), WrappedJoinRequest.Compression.GZIP);
  }

  @Test
  void eitherAlphabetIsRead() {
    byte[] plain = wrapped(JOIN.toByteArray(), WrappedJoinRequest.Compression.NONE);
    byte[] zipped = compressed(JOIN.toByteArray());
    for (byte[] octets : List.of(plain, zipped)) {
      for (var alphabet :
          List.of(
              Base64.getEncoder(),
              Base64.getUrlEncoder(),
              Base64.getUrlEncoder().withoutPadding())) {
        String text = alphabet.encodeToString(octets);
        assertEquals(JOIN, JoinWish.read(text));
        assertEquals(JOIN, JoinWish.read(text.replace('+', ' ')));
      }
    }
  }

  @Test
  void aTrapIsNotInflated() {
    assertNull(JoinWish.read(Base64.getEncoder().encodeToString(compressed(new byte[64 << 20]))));
  }

  @Test
  void anAddressSaysWhoComesBack() {
    String text =
        Base64.getUrlEncoder()
            .encodeToString(wrapped(JOIN.toByteArray(), WrappedJoinRequest.Compression.NONE));
    var seen = new Handshake.Seen(null, "[::1]:80", "token");
    var one = Arrival.of(Map.of("join_request", List.of(text)), seen);
    assertEquals(new Arrival("token", "[::1]", true, "PA_1", JOIN), one);
    var two =
        Arrival.of(
            Map.of(
                "access_token", List.of("better"),
                "auto_subscribe", List.of("0"),
                "reconnect", List.of("1"),
                "sid", List.of("PA_2")),
            seen);
    assertEquals(new Arrival("better", "[::1]", false, "PA_2", null), two);
    assertNull(Arrival.of(Map.of("join_request", List.of("*")), seen));
  }
}
