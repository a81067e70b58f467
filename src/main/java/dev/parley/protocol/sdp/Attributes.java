package dev.parley.protocol.sdp;

import java.util.ArrayList;
import java.util.List;

/// Lists of attributes: those of a type, and their text.
final class Attributes {
  private Attributes() {}

  static <A extends Attribute> A first(List<Attribute> attributes, Class<A> type) {
    for (Attribute attribute : attributes) {
      if (type.isInstance(attribute)) {
        return type.cast(attribute);
      }
    }
    return null;
  }

  static <A extends Attribute> List<A> all(List<Attribute> attributes, Class<A> type) {
    List<A> all = new ArrayList<>();
    for (Attribute attribute : attributes) {
      if (type.isInstance(attribute)) {
        all.add(type.cast(attribute));
      }
    }
    return all;
  }

  static void write(StringBuilder out, List<SdpLine> lines, List<Attribute> attributes) {
    for (SdpLine line : lines) {
      out.append(line.type()).append('=').append(line.value()).append("\r\n");
    }
    for (Attribute attribute : attributes) {
      out.append(attribute.line()).append("\r\n");
    }
  }
}
