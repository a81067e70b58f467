package dev.parley.door.livekit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.media.DataMessage;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import livekit.LivekitRtc.WrappedJoinRequest;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/// Whatever comes is understood or is not; nothing else happens.
class DoorProperties {
  @Property
  void hostileTextIsNoMessage(@ForAll String text) {
    JoinWish.read(text);
  }

  @Property
  void hostileOctetsAreNoMessage(@ForAll byte[] octets) {
    JoinWish.read(Base64.getEncoder().encodeToString(octets));
    JoinWish.read(
        Base64.getEncoder()
            .encodeToString(JoinWishTest.wrapped(octets, WrappedJoinRequest.Compression.GZIP)));
  }

  @Property
  void hostileOctetsAreNoMessageOrOneThatGoesOn(@ForAll byte[] octets) {
    var data = PacketForm.INSTANCE.read(new DataMessage("_reliable", true, octets));
    if (data != null) {
      assertEquals(
          "ann", PacketFormTest.write(data.content(), PacketFormTest.ANN).getParticipantIdentity());
    }
  }

  @Property
  void hostileDescriptionsHaveSectionsOrNone(@ForAll List<String> lines) {
    Offered.read(
        lines.stream().map(line -> "a=" + line).collect(Collectors.joining("\n", "m=", "")));
    Offered.read(String.join("\r\nm=", lines));
  }
}
