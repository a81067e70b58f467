package dev.parley.engine.cascade;

import dev.parley.engine.peer.Publication;
import java.util.List;

/// What branches of a room tell each other, in order and none lost: values of plain data, so that
/// they can go to another node as well as to another loop.
///
/// ```
/// publisher's branch                     another
///   <------------- Meet ------------->     both, when they learn of each other
///   ----------- Announce ------------>
///   <------------- Want --------------     somebody there has use for it
///   ======= labelled packets ========>
///   <-------- KeyFrameWanted ---------
///   -- Reported, LayerEnded, Changed ->
///   ----------- Withdraw ------------>
/// ```
public sealed interface Note {
  /// The room's name.
  String room();

  /// We have the room too, and these tracks: tell all that you have told before.
  record Meet(String room, List<String> tracks) implements Note {
    public Meet {
      tracks = List.copyOf(tracks);
    }
  }

  /// A track of ours, or how it is by now.
  ///
  /// @param peer who publishes it
  /// @param cname what synchronises the publisher's tracks
  /// @param codec the name of what it comes in by now
  record Announce(
      String room,
      String track,
      String peer,
      String participant,
      String cname,
      Publication publication,
      String codec,
      boolean muted)
      implements Note {
    /// Without what the client described.
    @Override
    public String toString() {
      return "Announce[" + room + ", " + track + ", " + participant + ", " + codec + "]";
    }
  }

  /// The track has ended.
  record Withdraw(String room, String track) implements Note {}

  /// What we have use for of a track of yours.
  ///
  /// @param place to be put on its packets, as is the stamp
  /// @param rids encodings; empty for all there are
  /// @param any whether we have use for anything of it
  record Want(String room, String track, int place, int stamp, List<String> rids, boolean any)
      implements Note {
    public Want {
      rids = List.copyOf(rids);
    }
  }

  /// Have the publisher send a key frame.
  ///
  /// @param layer your number
  /// @param newcomer whether somebody sees nothing yet and cannot wait
  record KeyFrameWanted(String room, String track, int layer, boolean newcomer) implements Note {}

  /// What timestamps of a layer mean (RFC 3550, section 6.4.1), by our clock.
  record Reported(String room, String track, int layer, long ntp, int timestamp) implements Note {}

  /// A layer comes no more.
  record LayerEnded(String room, String track, int layer) implements Note {}
}
