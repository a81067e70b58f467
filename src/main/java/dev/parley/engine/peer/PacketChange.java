package dev.parley.engine.peer;

/// What of a packet's own headers is other on its way out than on its way in; see [Sender].
/// Confined to the loop, one for all its subscriptions: filled for each packet, read by the sender
/// at once.
public final class PacketChange {
  /// Goes on as it came.
  public static final int NONE = -1;

  private int pictureId = NONE;
  private int tl0PicIdx = NONE;
  private int frameNumber = NONE;
  private boolean last;
  private int targets;
  private int mask;
  private boolean any;

  /// Nothing changes.
  public void nothing() {
    if (any) {
      numbers(NONE, NONE, NONE);
      picture(false, 0, 0);
      any = false;
    }
  }

  /// Numbers of the picture, each or [#NONE].
  ///
  /// @param picture id of VP8 and VP9
  /// @param tl0 TL0PICIDX, likewise
  /// @param frame number in the dependency descriptor
  public void numbers(int picture, int tl0, int frame) {
    any = true;
    pictureId = picture;
    tl0PicIdx = tl0;
    frameNumber = frame;
  }

  /// Which part of the picture goes out.
  ///
  /// @param end whether the packet is the picture's last, though others came behind it
  /// @param count decode targets of the stream, if the receiver is to be told which are active,
  ///   else 0
  /// @param active those that are, as a bit each
  public void picture(boolean end, int count, int active) {
    any = true;
    last = end;
    targets = count;
    mask = active;
  }

  /// Whether the payload's numbers change.
  boolean payload() {
    return pictureId != NONE || tl0PicIdx != NONE;
  }

  /// Whether the dependency descriptor changes.
  boolean descriptor() {
    return frameNumber != NONE || targets != 0;
  }

  public int pictureId() {
    return pictureId;
  }

  public int tl0PicIdx() {
    return tl0PicIdx;
  }

  public int frameNumber() {
    return frameNumber;
  }

  /// Whether the marker bit is set whatever the packet has.
  public boolean last() {
    return last;
  }

  public int targets() {
    return targets;
  }

  public int mask() {
    return mask;
  }
}
