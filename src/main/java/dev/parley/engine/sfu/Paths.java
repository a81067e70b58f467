package dev.parley.engine.sfu;

import dev.parley.wire.FiveTuple;
import java.util.HashMap;
import java.util.Map;

/// Which member a message is for: by its path, or, of a path nobody knows, by the user name of an
/// ICE check (RFC 8445, section 7.3). Confined to the loop.
///
/// A path is known only once its peer has authenticated a check that came on it, so strangers leave
/// nothing here.
final class Paths {
  /// Whom a STUN message is for by its user name fragment.
  interface Directory {
    /// The member, or null; octets that are no check are for nobody.
    Member find(byte[] octets, int at, int length);
  }

  private final Directory directory;
  private final Map<FiveTuple, Member> members = new HashMap<>();
  private FiveTuple lastPath;
  private Member last;

  Paths(Directory directory) {
    this.directory = directory;
  }

  /// Hot: whom a message is for, or null. The packets of a frame come together, and the adapter
  /// interns paths: most are for whom the last one was.
  Member find(byte[] octets, int at, int length, FiveTuple path) {
    if (path == lastPath) {
      return last;
    }
    Member member = members.get(path);
    if (member == null) {
      return directory.find(octets, at, length);
    }
    lastPath = path;
    last = member;
    return member;
  }

  /// A check on a path was authenticated: what comes there is this member's. One that was another's
  /// changes hands; the other's consent will run out there.
  void routed(FiveTuple path, Member member) {
    members.put(path, member);
    forgetLast();
  }

  /// The path is not this member's any more.
  ///
  /// @return whether it was
  boolean unrouted(FiveTuple path, Member member) {
    forgetLast();
    return members.remove(path, member);
  }

  /// A stream has ended.
  ///
  /// @return whose it was, or null
  Member closed(FiveTuple path) {
    forgetLast();
    return members.get(path);
  }

  boolean isEmpty() {
    return members.isEmpty();
  }

  private void forgetLast() {
    lastPath = null;
    last = null;
  }
}
