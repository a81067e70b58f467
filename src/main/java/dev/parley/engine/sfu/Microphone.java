package dev.parley.engine.sfu;

import dev.parley.engine.peer.Publication;
import dev.parley.protocol.rtp.ExtensionValues;
import dev.parley.protocol.rtp.HeaderExtensions;
import dev.parley.protocol.rtp.RtpExtension;

/// What the packets of one track say of how loud somebody speaks (RFC 6464), told to the room's
/// speakers. Confined to the loop of the room.
final class Microphone {
  private final Router router;
  private final Voice voice;
  private int levelId;

  Microphone(Router router, String participant) {
    this.router = router;
    voice = router.voice(participant);
  }

  /// The publisher's header extensions.
  void published(Publication publication) {
    levelId = publication.section().extension(RtpExtension.SSRC_AUDIO_LEVEL.uri(), false);
  }

  /// Hot: a packet stands in a slot.
  void hear(PacketRing ring, int slot, long now) {
    if (levelId == 0) {
      return;
    }
    byte[] octets = ring.octets(slot);
    int at = ring.at(slot);
    int value = HeaderExtensions.find(octets, at, ring.headerLength(slot), levelId);
    if (value == HeaderExtensions.NONE) {
      return;
    }
    int length = HeaderExtensions.length(octets, at, value);
    int level = ExtensionValues.audioLevel(octets, value, length);
    if (level != ExtensionValues.NONE) {
      voice.level(level, ExtensionValues.voiceActivity(octets, value, length), now);
      router.listen();
    }
  }

  /// It is gone.
  void silence(long now) {
    router.silence(voice, now);
  }
}
