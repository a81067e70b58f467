package dev.parley.engine.cascade;

/// The way from one loop's [Cascade] to those of the others. Confined to the loop it starts from.
public interface Crossing {
  /// Rare: hands a note over; all of them arrive, in order.
  void tell(int loop, Note note);

  /// Hot: hands a packet over, before any note that is told later. The octets are copied before
  /// this returns.
  ///
  /// @param label whose packet it is, as that loop is to know it
  /// @return false if it is lost
  boolean carry(int loop, Label label, byte[] octets, int at, int length);

  /// Hot: whoever was handed something is to go on with it now, not when this loop waits.
  default void flush() {}
}
