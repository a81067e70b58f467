package dev.parley.bench;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Pictures of VP8 that a decoder can show, for cameras of a load client: for each actor as many
/// takes as a camera has encodings, the smallest first. A take begins with a key frame and begins
/// anew after its end.
///
/// @param actors whose takes they are
record RoomsFilm(List<List<List<Frame>>> actors) {
  /// One picture.
  ///
  /// @param temporal the layer it is of (RFC 7741, section 4.2)
  /// @param octets as a decoder takes it; one reads no further than it has to, so a mark may follow
  record Frame(int temporal, byte[] octets) {}

  /// The takes of a camera.
  List<List<Frame>> actor(int number) {
    return actors.get(number % actors.size());
  }

  void write(Path file) throws IOException {
    try (var out = new DataOutputStream(Files.newOutputStream(file))) {
      out.writeInt(actors.size());
      for (List<List<Frame>> takes : actors) {
        out.writeInt(takes.size());
        for (List<Frame> take : takes) {
          out.writeInt(take.size());
          for (Frame frame : take) {
            out.writeInt(frame.temporal);
            out.writeInt(frame.octets.length);
            out.write(frame.octets);
          }
        }
      }
    }
  }

  static RoomsFilm read(Path file) throws IOException {
    try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      List<List<List<Frame>>> actors = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) {
        List<List<Frame>> takes = new ArrayList<>();
        for (int more = in.readInt(); more > 0; more--) {
          List<Frame> take = new ArrayList<>();
          for (int frames = in.readInt(); frames > 0; frames--) {
            int temporal = in.readInt();
            take.add(new Frame(temporal, in.readNBytes(in.readInt())));
          }
          takes.add(take);
        }
        actors.add(takes);
      }
      return new RoomsFilm(actors);
    }
  }
}
