package dev.parley.engine.sfu;

import dev.parley.engine.peer.Publication;
import dev.parley.protocol.rtp.ExtensionValues;
import dev.parley.protocol.rtp.HeaderExtensions;
import dev.parley.protocol.rtp.RtpExtension;

/// What the packets of one track say of how loud somebody speaks (RFC 6464), told to the room's
/// speakers, and whether they are among the [Loudest]. Confined to the loop of the room.
///
/// One whose packets say nothing of it is always heard, or, where the publisher had promised that
/// they would, counts as sounding all the time.
final class Microphone {
  private final Router router;
  private final Voice voice;
  private final Runnable hushed;
  private int levelId;
  private boolean tells;
  private boolean audible = true;
  private boolean sounded;
  private long soundedAt;
  private boolean taken;
  private long takenAt;

  /// @param hushed done when its packets are passed over from now on
  Microphone(Router router, String participant, Runnable hushed) {
    this.router = router;
    this.hushed = hushed;
    voice = router.voice(participant);
  }

  /// The publisher's header extensions.
  void published(Publication publication) {
    boolean could = levelId != 0;
    levelId = publication.section().extension(RtpExtension.SSRC_AUDIO_LEVEL.uri(), false);
    if (could && levelId == 0) {
      router.loudest().remove(this);
      audible = true;
    } else if (!could && levelId != 0) {
      router.loudest().add(this);
    }
  }

  /// Hot: a packet stands in a slot.
  ///
  /// @return whether it is to be forwarded
  boolean hear(PacketRing ring, int slot, long now) {
    if (levelId != 0 && sounds(ring, slot, now)) {
      sounded = true;
      soundedAt = now;
      if (!audible) {
        router.loudest().sounds(this, now);
      }
    }
    return audible;
  }

  private boolean sounds(PacketRing ring, int slot, long now) {
    byte[] octets = ring.octets(slot);
    int at = ring.at(slot);
    int value = HeaderExtensions.find(octets, at, ring.headerLength(slot), levelId);
    if (value == HeaderExtensions.NONE) {
      return !tells;
    }
    int length = HeaderExtensions.length(octets, at, value);
    int level = ExtensionValues.audioLevel(octets, value, length);
    if (level == ExtensionValues.NONE) {
      return !tells;
    }
    tells = true;
    boolean sounds = voice.level(level, ExtensionValues.voiceActivity(octets, value, length), now);
    router.listen();
    return sounds;
  }

  /// Whether its packets are forwarded.
  boolean audible() {
    return audible;
  }

  void letIn() {
    audible = true;
    taken = false;
  }

  /// It has another's place.
  void takes(long now) {
    taken = true;
    takenAt = now;
  }

  /// Whether it took another's place so lately.
  boolean heldFor(long time, long now) {
    return taken && now - takenAt < time;
  }

  void hush() {
    audible = false;
    hushed.run();
  }

  /// Whether it sounded so lately.
  boolean sounded(long time, long now) {
    return sounded && now - soundedAt < time;
  }

  boolean soundedBefore(Microphone other) {
    return other.sounded && (!sounded || soundedAt - other.soundedAt < 0);
  }

  Voice voice() {
    return voice;
  }

  /// It is gone.
  void silence(long now) {
    if (levelId != 0) {
      router.loudest().remove(this);
    }
    router.silence(voice, now);
  }
}
